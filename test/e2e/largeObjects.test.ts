/**
 * How long a stored result on 512 x 512 x 60 voxels takes to open again: its SEG in the viewer, and SEG
 * and SR in our panel. The region is far larger than a tumour: 180 frames in five segments. It runs when
 * asked for: `STS_LARGE_STUDY=1 npm run test:e2e -- largeObjects`.
 */
import type { Page } from 'playwright-core';
import { storeFiles } from '../../server/stow';
import { parseInstance } from '../../src/dicom/instance';
import { buildMeasurementReport } from '../../src/dicom/measurementReport';
import { readImageSeries } from '../../src/dicom/readSeries';
import type { SegmentationInput } from '../../src/dicom/outputTypes';
import { newObjectUids, newUid } from '../../src/dicom/uid';
import { RING, UNLABELLED_TUMOUR } from '../../src/regions/regionsOnSeries';
import { reportInput } from '../mechanics/dicom/syntheticReport';
import { reportFigures } from './harness/figures';
import { gridPhantom, part10Of } from './harness/gridPhantom';
import { hostWindow } from './harness/hostWindow';
import { overlayVoxels } from './harness/overlay';
import { placementIn } from './harness/placement';
import { browserProcesses } from './harness/processes';
import { openSegmentation, placementOf, waitUntilRendered } from './harness/viewer';
import { viewerTests } from './harness/viewerTest';

const SLICES = 60;
const group = process.env['STS_LARGE_STUDY'] ? describe : describe.skip;

/** Both forms that a SEG of ours has: docs/decisions/0002. */
const FORMS = [
  { form: 'BINARY', rows: 512, columns: 512 },
  { form: 'FRACTIONAL with RLE', rows: 511, columns: 511 },
];

/** A study with a large result and a newer small one, so that the large one can be chosen in the panel. */
function storedStudy(rows: number, columns: number) {
  const { study, slices } = gridPhantom(rows, columns, SLICES);
  const enhanced = {
    SeriesInstanceUID: newUid(),
    SeriesNumber: 2,
    SeriesDescription: 'AX T1 FS +C',
  };
  const images = [
    slices,
    slices.map((slice) => ({ ...slice, ...enhanced, SOPInstanceUID: newUid() })),
  ];
  const files = images.map((datasets) => part10Of(datasets));
  const [fsT2, ceT1] = files.map((series) =>
    readImageSeries(
      series.map((part10) => parseInstance(Uint8Array.from(part10).buffer)),
      'MR',
    ),
  );
  const result = (year: number, labels: Partial<SegmentationInput>) => {
    const uids = newObjectUids();
    const when = new Date(year, 0, 2);
    const input = reportInput({ fsT2, ceT1 }, { uids, when }, { uids, ...labels });
    return { segmentation: input.segmentation, report: buildMeasurementReport(input) };
  };
  const dot = new Uint8Array(rows * columns * SLICES).fill(1, 0, 99);
  const small = result(2026, { tumour: dot, habitats: null, ring: null });
  const large = result(2025, {});
  const objects = [large, small].flatMap((of) => [of.segmentation.part10, of.report.part10]);
  return { study, fsT2, ...large, files: [...files.flat(), ...objects] };
}

group('a large result that is opened again', () => {
  const studies = FORMS.map((form) => ({ ...form, ...storedStudy(form.rows, form.columns) }));
  const viewerTest = viewerTests(async ({ dicomweb }) => {
    for (const { files } of studies) await storeFiles(dicomweb, files);
  });

  for (const { form, study, segmentation, report, fsT2 } of studies) {
    viewerTest(`${form}: the SEG in the viewer`, async ({ page, server }) => {
      await page.goto(`${server.url}/viewer?StudyInstanceUIDs=${study}`);
      await waitUntilRendered(page);
      const taken = await timed(() => openSegmentation(page, segmentation.sopInstanceUid));
      expect(await placementOf(page, segmentation.sopInstanceUid)).toEqual(
        placementIn(segmentation.part10),
      );
      const megabytes = (segmentation.part10.length / 1e6).toFixed(1);
      reportFigures(`large SEG in the viewer, ${form}`, [`${megabytes} MB`, taken]);
    });

    viewerTest(`${form}: the result in our panel`, async ({ page, server }) => {
      await page.goto(`${server.url}/sts-habitat?StudyInstanceUIDs=${study}`);
      await page.getByTestId('sts-stored-state').waitFor();
      await waitUntilRendered(page);
      const voxels = (region: string): number =>
        segmentation.segments.find((segment) => segment.region === region)?.voxels ?? 0;
      const habitats = ['habitat1', 'habitat2', 'habitat3'].map(voxels);
      const { sopInstanceUid } = report;
      await untilDrawn(page, fsT2.seriesInstanceUid, 'first', UNLABELLED_TUMOUR);
      const taken = await timed(() => openStored(page, sopInstanceUid, fsT2.seriesInstanceUid));
      expect(await overlayVoxels(page, fsT2.seriesInstanceUid)).toEqual([
        ...habitats,
        0,
        voxels('peritumour'),
      ]);
      reportFigures(`large result in the panel, ${form}`, [taken]);
    });
  }
});

/** Elapsed time depends on what else the machine does, CPU time hardly: both are said. */
async function timed(open: () => Promise<number>): Promise<string> {
  const cpu = (): number => browserProcesses().reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
  const before = cpu();
  const seconds = await open();
  return `${seconds.toFixed(2)} s, ${(cpu() - before).toFixed(2)} s of CPU of the whole browser`;
}

/** Seconds from the choice of a stored result in the panel to its ring being drawn on a series. */
async function openStored(page: Page, report: string, series: string): Promise<number> {
  const start = await page.evaluate(() => performance.now());
  await page.getByTestId('sts-stored').selectOption(report);
  return ((await untilDrawn(page, series, 'middle', RING)) - start) / 1000;
}

/** Waits for a label of our overlay on an image of a series; the page's clock, milliseconds. */
async function untilDrawn(
  page: Page,
  series: string,
  image: 'first' | 'middle',
  label: number,
): Promise<number> {
  const drawn = await page.waitForFunction(
    ({ host, uid, index, wanted }) => {
      const displaySet = host.services?.displaySetService
        .getActiveDisplaySets()
        .find(({ SeriesInstanceUID }) => SeriesInstanceUID === uid);
      const overlay = host.cornerstoneTools?.segmentation.state.getSegmentation(
        `sts-habitat-overlay:${String(displaySet?.displaySetInstanceUID)}`,
      );
      const ofImage = [...(overlay?.representationData.Labelmap?.imageIds ?? [])]
        .map((id) => host.cornerstone?.cache.getImage(id))
        .find((candidate) => {
          const source = host.cornerstone?.metaData.get(
            'instance',
            candidate?.referencedImageId ?? '',
          );
          return String(source?.InstanceNumber) === String(index);
        });
      const labels = Array.from(ofImage?.voxelManager.getScalarData() ?? []);
      return labels.includes(wanted) ? performance.now() : null;
    },
    {
      host: await hostWindow(page),
      uid: series,
      index: image === 'first' ? 1 : SLICES / 2,
      wanted: label,
    },
  );
  return Number(await drawn.jsonValue());
}
