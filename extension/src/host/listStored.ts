import type { DicomObject } from '../../../src/chain/analysis';
import type { DataSource, ExtensionManager, Services } from '../host';
import { activeDataSource } from './dicomweb';

const WAIT_MS = 4000;
const LOOK_EVERY_MS = 100;

/**
 * Brings what was just stored into the viewer's study list, through the viewer's own reading of its
 * archive. False when the viewer offers no way to: the page must then be loaded again to see it.
 * Nothing here can undo or fail a store.
 */
export async function listStored(
  extensionManager: ExtensionManager,
  displaySetService: Services['displaySetService'],
  objects: readonly DicomObject[],
): Promise<boolean> {
  const source = activeDataSource(extensionManager.getActiveDataSource());
  const retrieve = source?.retrieve?.series?.metadata;
  const [first] = objects;
  if (!source || !retrieve || !first) return false;
  const { studyInstanceUid } = first;
  const series = [...new Set(objects.map(({ seriesInstanceUid }) => seriesInstanceUid))];
  const missing = series.filter((uid) => !isListed(displaySetService, uid));
  if (missing.length === 0) return true;
  forgetAnswer(source, studyInstanceUid);
  try {
    await retrieve({
      StudyInstanceUID: studyInstanceUid,
      filters: { seriesInstanceUID: missing },
      returnPromises: false,
    });
    return await untilListed(displaySetService, missing);
  } finally {
    // The viewer would take the answer on two series for that on the study, the next time it opens it.
    forgetAnswer(source, studyInstanceUid);
  }
}

/**
 * The viewer keeps its answer on a study under the name of the data source and the study (OHIF 3.11
 * to 3.14), and would give it again.
 */
function forgetAnswer(source: DataSource, studyInstanceUid: string): void {
  const name = String(source.getConfig?.()?.name);
  source.deleteStudyMetadataPromise?.(`${name}:${studyInstanceUid}`);
  source.deleteStudyMetadataPromise?.(studyInstanceUid);
}

async function untilListed(
  displaySetService: Services['displaySetService'],
  series: readonly string[],
): Promise<boolean> {
  for (let waited = 0; waited < WAIT_MS; waited += LOOK_EVERY_MS) {
    if (series.every((uid) => isListed(displaySetService, uid))) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return false;
}

function isListed(displaySetService: Services['displaySetService'], seriesUid: string): boolean {
  return displaySetService
    .getActiveDisplaySets()
    .some(({ SeriesInstanceUID }) => SeriesInstanceUID === seriesUid);
}
