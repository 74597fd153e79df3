/** A tumour that comes as RTSTRUCT: listed, shown by the viewer, analysed and stored as the same region. */
import type { Page } from 'playwright-core';
import { DEMO_STUDIES, demoStudyFiles } from '../../demo/studies';
import { studyIds } from '../../demo/studyIds';
import { storeFiles } from '../../server/stow';
import { parseInstance } from '../../src/dicom/instance';
import { readImageSeries } from '../../src/dicom/readSeries';
import { listTumours, readTumour } from '../../src/dicom/readTumour';
import type { ImageSeries } from '../../src/dicom/series';
import { instancesIn, retrieve } from './harness/archive';
import { hostWindow } from './harness/hostWindow';
import { analyse, openInMode, store } from './harness/panel';
import { structureSetOf, type References } from './harness/structureSet';
import { openSegmentation, waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';

const [, DEMO] = DEMO_STUDIES;
const ROI = 'GTV sarcoma · Planning contours';
const arrayBuffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** The demonstration study with its contour as RTSTRUCT instead of SEG. */
function studyWith(references: References) {
  const files = demoStudyFiles({ ...DEMO, ids: studyIds(references) });
  const images = [...files].flatMap(([name, bytes]) =>
    name.startsWith('FS-T2WI/') ? [parseInstance(arrayBuffer(bytes))] : [],
  );
  const series = readImageSeries(images, 'FS-T2WI');
  const mask = firstTumour(files.get('tumour-seg.dcm') ?? new Uint8Array(), series);
  files.set('tumour-seg.dcm', structureSetOf(mask, series, references));
  return { study: series.studyInstanceUid, files: [...files.values()], mask, series };
}

/** Segment 1 on the grid of a series. */
function firstTumour(part10: Uint8Array, series: ImageSeries): Uint8Array {
  const seg = parseInstance(arrayBuffer(part10));
  const [{ seriesInstanceUid, number }] = listTumours([seg]);
  const source = { kind: 'seg', seriesInstanceUid, segmentNumber: number } as const;
  return readTumour(source, [seg], series).data;
}

describe('a tumour that comes as RTSTRUCT', () => {
  const usual = studyWith('images of the series');
  const foreign = studyWith('images that are nowhere');
  const viewerTest = viewerTests(({ dicomweb }) =>
    storeFiles(dicomweb, [...usual.files, ...foreign.files]),
  );

  viewerTest(
    'is shown by the viewer, chosen by the panel, analysed and stored voxel for voxel',
    async ({ page, server, errors }) => {
      const { study, mask, series } = usual;
      await openInMode(page, server.url, study);
      await waitUntilRendered(page);
      const chosen = page.getByTestId('sts-tumour').locator('option:checked');
      expect(await chosen.textContent()).toBe(ROI);
      expect(await contoursInViewer(page)).toEqual(['BODY', 'GTV sarcoma']);

      await analyse(page);
      await store(page, 'sts-store');
      const [seg] = await instancesIn(server.dicomweb, study, 'SEG');
      expect(firstTumour(await retrieve(seg), series)).toEqual(mask);
      expect(errors).toEqual([]);
    },
  );

  viewerTest(
    'is offered by the panel although the images that it names are nowhere',
    async ({ page, server, errors }) => {
      await openInMode(page, server.url, foreign.study);
      await waitUntilRendered(page);
      const chosen = page.getByTestId('sts-tumour').locator('option:checked');
      expect(await chosen.textContent()).toBe(ROI);
      expect(errors).toEqual([]);
    },
  );
});

/** Opens the structure set in the viewer; the names of the regions that it shows. */
async function contoursInViewer(page: Page): Promise<string[]> {
  const uid = await page.evaluate(
    (host) =>
      host.services?.displaySetService
        .getActiveDisplaySets()
        .find(({ Modality }) => Modality === 'RTSTRUCT')?.SOPInstanceUID ?? '',
    await hostWindow(page),
  );
  await openSegmentation(page, uid);
  return page.evaluate(
    ({ host, sopInstanceUid }) => {
      const displaySet = host.services?.displaySetService
        .getActiveDisplaySets()
        .find(({ SOPInstanceUID }) => SOPInstanceUID === sopInstanceUid);
      const segments = host.cornerstoneTools?.segmentation.state.getSegmentation(
        String(displaySet?.displaySetInstanceUID),
      )?.segments;
      return Object.values(segments ?? {}).map(({ label }) => label);
    },
    { host: await hostWindow(page), sopInstanceUid: uid },
  );
}
