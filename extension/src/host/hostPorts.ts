import type { ExtensionContext } from '../host';
import type { Ports } from '../services/ports';
import { analyseInWorker } from './analyseInWorker';
import { dicomwebAccess, imageSource, type DicomwebAccess } from './dicomweb';
import { download } from './download';
import { startDrawing } from './drawing';
import { readDrawnTumour } from './drawnTumour';
import type { CornerstoneGlobals, HabitatOverlay } from './HabitatOverlay';
import { loadModel } from './modelFile';
import { prepareStoring, storeObjects } from './storeObjects';
import { showSeries } from './viewports';

const NOTIFICATION_MS = 5000;

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
  return {
    analyse: (request, onReport) => {
      prepareStoring();
      const reportClass = window.config?.stsHabitat?.reportClass;
      return analyseInWorker(reportClass ? { ...request, reportClass } : request, onReport);
    },
    store: (objects, onStep) => storeObjects(access, objects, onStep),
    loadModel: (from) => loadModel(from === 'default' ? defaultModelUrl : from),
    imageSource: (study) => imageSource(access(), study),
    readDrawnTumour: (choice) =>
      readDrawnTumour(choice, services.segmentationService, cornerstoneGlobals().core),
    showOverlay: (content, look) => overlay.show(content, look),
    restyleOverlay: (look) => overlay.restyle(look),
    showSeries: (sequence, series) => showSeries(services, sequence, series),
    startDrawing: (series) => startDrawing(services, series),
    download,
    notify: (type, message) =>
      services.uiNotificationService.show({
        title: 'STS habitat',
        message,
        type,
        duration: NOTIFICATION_MS,
      }),
    log: (error) => console.error('STS habitat:', error),
    now: () => Date.now(),
  };
}
