/** Equal to the package name, so that a later plugin descriptor of the host fits. */
export const EXTENSION_ID = '@sts-habitat/extension';
export const PANEL_NAME = 'habitatPanel';
export const PANEL_ID = `${EXTENSION_ID}.panelModule.${PANEL_NAME}`;
export const HANGING_PROTOCOL_ID = '@sts-habitat/side-by-side';
export const COMMANDS_CONTEXT = 'STS_HABITAT';
export const REPORT_HANDLER_NAME = 'habitatReport';
export const REPORT_HANDLER_ID = `${EXTENSION_ID}.sopClassHandlerModule.${REPORT_HANDLER_NAME}`;
