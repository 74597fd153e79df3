import { EXTENSION_ID } from './id';
import { getHangingProtocolModule } from './hangingProtocol';
import { panelModule } from './panelModule';
import { registerSeriesRole } from './host/seriesRoleAttribute';
import type { ExtensionContext } from './host';
import { createPlugin, type Plugin } from './plugin';

let plugin: Plugin | null = null;

/** Loaded by the viewer at run time as the default export of an ES module. */
export default {
  id: EXTENSION_ID,
  preRegistration(context: ExtensionContext): void {
    registerSeriesRole(context.servicesManager.services.hangingProtocolService);
    plugin = createPlugin(context);
  },
  getPanelModule(context: ExtensionContext) {
    plugin ??= createPlugin(context);
    return panelModule(plugin);
  },
  getHangingProtocolModule,
  onModeEnter(): void {
    plugin?.enterMode();
  },
  onModeExit(): void {
    plugin?.exitMode();
  },
};
