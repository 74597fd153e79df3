import type { Services } from '../../extension/src/host';
import type { ModeContext } from './host';

/**
 * The host's segmentation mode opens its own panel whenever a first segmentation appears. Our overlay
 * and a loaded tumour are segmentations too, and the user must not be taken away from the panel he
 * works in, so the mode is entered with a panel service that ignores such requests.
 */
export function withoutPanelSwitching<Context extends ModeContext>(context: Context): Context {
  const { servicesManager } = context;
  const panelService: Services['panelService'] = Object.create(
    servicesManager.services.panelService,
    { activatePanel: { value: () => undefined } },
  );
  const quietServices: Services = { ...servicesManager.services, panelService };
  const quietManager = Object.create(servicesManager, { services: { value: quietServices } });
  return { ...context, servicesManager: quietManager };
}
