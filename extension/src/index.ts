import { EXTENSION_ID } from './id';
import { getHangingProtocolModule } from './hangingProtocol';
import { commandsModule } from './commandsModule';
import { panelModule } from './panelModule';
import { sopClassHandlerModule } from './sopClassHandlerModule';
import { registerSeriesRole } from './host/seriesRoleAttribute';
import type { ExtensionContext } from './host';
import { createPlugin, type Plugin } from './plugin';

let plugin: Plugin | null = null;

function pluginOf(context: ExtensionContext): Plugin {
  plugin ??= createPlugin(context);
  return plugin;
}

/** Loaded by the viewer at run time as the default export of an ES module. */
export default {
  id: EXTENSION_ID,
  preRegistration(context: ExtensionContext): void {
    registerSeriesRole(context.servicesManager.services.hangingProtocolService);
    pluginOf(context);
  },
  getPanelModule: (context: ExtensionContext) => panelModule(pluginOf(context)),
  getCommandsModule: (context: ExtensionContext) => commandsModule(pluginOf(context)),
  getSopClassHandlerModule: (context: ExtensionContext) => sopClassHandlerModule(context),
  getHangingProtocolModule,
  onModeEnter(): void {
    plugin?.enterMode();
  },
  onModeExit(): void {
    plugin?.exitMode();
  },
};
