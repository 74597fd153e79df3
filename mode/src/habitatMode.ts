import { HANGING_PROTOCOL_ID, PANEL_ID, REPORT_HANDLER_ID } from '../../extension/src/id';
import type { HostLayout, HostMode, HostRoute, ModeContext } from './host';
import { MODE_ID, ROUTE_NAME } from './id';
import { withoutPanelSwitching } from './panelSwitching';
import { modeValidity } from './validity';

const LABELMAP_PANEL = '@ohif/extension-cornerstone.panelModule.panelSegmentationWithToolsLabelMap';

/**
 * Structured reports are listed and opened as in the host's basic viewer. The segmentation mode of
 * OHIF 3.11 does not name their extension, and a mode may only use what it names.
 */
const STRUCTURED_REPORT = {
  extension: '@ohif/extension-cornerstone-dicom-sr',
  handlers: [
    '@ohif/extension-cornerstone-dicom-sr.sopClassHandlerModule.dicom-sr-3d',
    '@ohif/extension-cornerstone-dicom-sr.sopClassHandlerModule.dicom-sr',
  ],
  viewport: '@ohif/extension-cornerstone-dicom-sr.viewportModule.dicom-sr',
};

/** The host's mode with our name, panels, hanging protocol and extension. */
export function habitatMode(base: HostMode, extensionUrl: string) {
  return {
    ...base,
    id: MODE_ID,
    routeName: ROUTE_NAME,
    displayName: 'STS habitat',
    hide: false,
    isValidMode: modeValidity,
    hangingProtocol: HANGING_PROTOCOL_ID,
    extensions: {
      [STRUCTURED_REPORT.extension]: '^3.0.0',
      ...base.extensions,
      [extensionUrl]: '^0.1.0',
    },
    sopClassHandlers: withStructuredReports(base.sopClassHandlers ?? []),
    routes: base.routes.map((route) => ({
      ...route,
      path: ROUTE_NAME,
      layoutTemplate: async (args: unknown) => habitatLayout(await templateOf(route, args)),
    })),
    onModeEnter(this: unknown, context: ModeContext): void {
      base.onModeEnter?.call(this, withoutPanelSwitching(context));
    },
  };
}

function templateOf(route: HostRoute, args: unknown): HostLayout | Promise<HostLayout> {
  return route.layoutTemplate.call(route, args);
}

function withStructuredReports(handlers: readonly string[]): readonly string[] {
  // Ours first: it passes on what is not ours.
  return [
    REPORT_HANDLER_ID,
    ...handlers,
    ...STRUCTURED_REPORT.handlers.filter((id) => !handlers.includes(id)),
  ];
}

/** Our panel first, then the host's panel with the drawing tools. */
export function habitatLayout(layout: HostLayout): HostLayout {
  const hostPanels = (layout.props.rightPanels ?? []).filter((id) => id !== PANEL_ID);
  const segmentation = hostPanels.length > 0 ? hostPanels : [LABELMAP_PANEL];
  return {
    ...layout,
    props: {
      ...layout.props,
      rightPanels: [PANEL_ID, ...segmentation],
      rightPanelClosed: false,
      rightPanelInitialExpandedWidth: 372,
      viewports: [
        ...(layout.props.viewports ?? []),
        {
          namespace: STRUCTURED_REPORT.viewport,
          displaySetsToDisplay: [REPORT_HANDLER_ID, ...STRUCTURED_REPORT.handlers],
        },
      ],
    },
  };
}
