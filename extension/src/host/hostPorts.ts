import type { ExtensionContext } from '../host';
import type { Ports } from '../services/ports';
import { analyseInWorker, openStoredInWorker } from './analyseInWorker';
import { dicomwebAccess, imageSource, type DicomwebAccess } from './dicomweb';
import { download } from './download';
import { startDrawing } from './drawing';
import { readDrawing, readDrawnTumour } from './drawnTumour';
import type { CornerstoneGlobals, HabitatOverlay } from './HabitatOverlay';
import { keptDrawings } from './keptDrawings';
import { keptResults } from './keptResults';
import { listStored } from './listStored';
import { loadModel } from './modelFile';
import { loginRenewal } from './renewLogin';
import { restoreDrawing } from './restoreDrawing';
import { prepareStoring, storeObjects } from './storeObjects';
import { storeRefusal } from './storeRefusal';
import { showSeries } from './viewports';

const NOTIFICATION_MS = 5000;
const NOT_LISTED =
  'The results are stored. The viewer lists them after the page has been loaded again.';

export function cornerstoneGlobals(): CornerstoneGlobals {
  const { cornerstone, cornerstoneTools } = window;
  if (!cornerstone || !cornerstoneTools) throw new Error('The viewer has not started cornerstone.');
  return { core: cornerstone, tools: cornerstoneTools };
}

/** Connects the panel's services to the viewer. */
export function hostPorts(
  { servicesManager, extensionManager }: ExtensionContext,
  overlay: HabitatOverlay,
  defaultModelUrl: string,
): Ports {
  const { services } = servicesManager;
  const access = (): DicomwebAccess =>
    dicomwebAccess(extensionManager, services, window.location.href);
  const renewHeaders = loginRenewal(services.userAuthenticationService);
  const notify: Ports['notify'] = (type, message) =>
    services.uiNotificationService.show({
      title: 'STS habitat',
      message,
      type,
      duration: NOTIFICATION_MS,
    });
  const log: Ports['log'] = (error) => console.error('STS habitat:', error);
  return {
    analyse: (request, onReport, onRegistered) => {
      prepareStoring();
      const reportClass = window.config?.stsHabitat?.reportClass;
      const asked = reportClass ? { ...request, reportClass } : request;
      return analyseInWorker(asked, onReport, onRegistered, renewHeaders);
    },
    store: async (objects, onStep) => {
      await storeObjects(access, renewHeaders, objects, onStep);
      // Not awaited: the objects are stored, whether the viewer lists them or not.
      listStored(extensionManager, services.displaySetService, objects).then(
        (listed) => listed || notify('success', NOT_LISTED),
        (error: unknown) => {
          log(error);
          notify('success', NOT_LISTED);
        },
      );
    },
    openStored: async (report) => {
      const source = imageSource(access(), report.studyInstanceUid);
      return openStoredInWorker({ source, report }, renewHeaders);
    },
    storeRefusal: async () => storeRefusal(access(), renewHeaders),
    kept: keptResults(),
    drawings: keptDrawings(),
    clearOverlay: () => overlay.clear(),
    loadModel: (from) => loadModel(from === 'default' ? defaultModelUrl : from),
    imageSource: (study) => imageSource(access(), study),
    readDrawnTumour: (choice) =>
      readDrawnTumour(choice, services.segmentationService, cornerstoneGlobals().core),
    readDrawing: (choice) => readDrawing(choice, services, cornerstoneGlobals().core),
    restoreDrawing: (drawing) => restoreDrawing(services, cornerstoneGlobals(), drawing),
    showOverlay: (content, look) => overlay.show(content, look),
    restyleOverlay: (look) => overlay.restyle(look),
    showSeries: (sequence, series) => showSeries(services, sequence, series),
    startDrawing: (series) => startDrawing(services, series),
    download,
    notify,
    log,
    now: () => Date.now(),
  };
}
