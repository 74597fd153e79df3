import { EXTENSION_ID } from './id';
import { getHangingProtocolModule } from './hangingProtocol';
import { getPanelModule } from './getPanelModule';
import { registerSeriesRole } from './host/seriesRoleAttribute';
import type { ExtensionContext } from './host';

/** Loaded by the viewer at run time; see docs of the plugin for the two lines of app-config.js. */
export default {
  id: EXTENSION_ID,
  preRegistration({ servicesManager }: ExtensionContext): void {
    registerSeriesRole(servicesManager.services.hangingProtocolService);
  },
  getPanelModule,
  getHangingProtocolModule,
};
