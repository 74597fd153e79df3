import type { ExtensionContext } from './host';
import { HabitatOverlay } from './host/HabitatOverlay';
import { cornerstoneGlobals, hostPorts } from './host/hostPorts';
import { guardLeaving } from './host/leaveGuard';
import { registerLinkedSlices } from './host/linkedSlices';
import { RegistrationViewports } from './host/RegistrationViewports';
import { SeriesLink } from './host/SeriesLink';
import { StudyWatcher } from './host/StudyWatcher';
import { defaultModelUrl } from './pluginFiles';
import { HabitatRunService } from './services/HabitatRunService';

/** The parts that live as long as the viewer; the panel only looks at them. */
export interface Plugin {
  readonly service: HabitatRunService;
  readonly watcher: StudyWatcher;
  enterMode(): void;
  exitMode(): void;
}

export function createPlugin(context: ExtensionContext): Plugin {
  const { services } = context.servicesManager;
  const overlay = new HabitatOverlay(services, cornerstoneGlobals);
  const service = new HabitatRunService(
    hostPorts(context, overlay, window.config?.stsHabitat?.modelUrl ?? defaultModelUrl()),
  );
  const watcher = new StudyWatcher(
    services,
    (facts) => service.studyFound(facts),
    (study) => {
      redraw(overlay, service, study);
      void service.drawings.offer(study);
    },
    (study, segmentationId, at) => void service.drawings.drawn(study, segmentationId, at),
  );
  const link = new SeriesLink(() => service.reviewView.get());
  const registration = new RegistrationViewports(
    services,
    () => cornerstoneGlobals().core,
    service.reviewView,
    link,
  );
  let leave: (() => void)[] = [];
  return {
    service,
    watcher,
    enterMode() {
      registerLinkedSlices(services.syncGroupService, cornerstoneGlobals, link);
      registration.start();
      watcher.start();
      leave = [
        guardLeaving(() => service.hasUnsavedWork()),
        followLayout(services, () => redraw(overlay, service, watcher.get())),
      ];
    },
    exitMode() {
      watcher.stop();
      registration.stop();
      overlay.forget();
      for (const undo of leave) undo();
      leave = [];
    },
  };
}

/** Adds the overlay where it is missing: in a new layout, or after the mode was left and entered. */
function redraw(overlay: HabitatOverlay, service: HabitatRunService, study: string | null): void {
  if (overlay.isShown()) overlay.place();
  else if (study !== null) void service.showOverlay(study);
}

function followLayout(
  {
    cornerstoneViewportService,
    viewportGridService,
  }: ExtensionContext['servicesManager']['services'],
  place: () => void,
): () => void {
  const subscriptions = [
    cornerstoneViewportService.subscribe(
      cornerstoneViewportService.EVENTS.VIEWPORT_DATA_CHANGED,
      place,
    ),
    viewportGridService.subscribe(viewportGridService.EVENTS.VIEWPORTS_READY, place),
  ];
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe();
  };
}
