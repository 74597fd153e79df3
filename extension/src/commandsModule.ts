import { COMMANDS_CONTEXT } from './id';
import type { Plugin } from './plugin';

/** What the panel's buttons do, for hotkeys and toolbars of a site. Each acts on the study on screen. */
export function commandsModule({ service, watcher }: Plugin) {
  const onStudy = (act: (study: string) => unknown) => (): unknown => {
    const study = watcher.get();
    return study === null ? undefined : act(study);
  };
  return {
    definitions: {
      stsHabitatAnalyse: onStudy((study) => service.analyse(study)),
      stsHabitatCancel: onStudy((study) => service.cancel(study)),
      stsHabitatStore: onStudy((study) => service.storage.store(study)),
      stsHabitatToggleOverlay: onStudy((study) =>
        service.setOverlayVisible(study, !service.session(study).get().overlay.visible),
      ),
    },
    defaultContext: COMMANDS_CONTEXT,
  };
}
