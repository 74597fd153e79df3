import { overlayPlanes } from '../../../src/chain/overlays';
import { storedOverlays } from '../../../src/chain/storedOverlays';
import { readStoredResult } from '../../../src/chain/storedResult';
import { InputError } from '../../../src/chain/errors';
import type { Archive } from '../../../src/dicom/archive';
import { buildMeasurementReport } from '../../../src/dicom/measurementReport';
import { parseInstance } from '../../../src/dicom/instance';
import type { DicomInstance } from '../../../src/dicom/instance';
import { readImageSeries } from '../../../src/dicom/readSeries';
import type { DicomDataset, ImageSeries } from '../../../src/dicom/series';
import { seriesGeometry } from '../../../src/dicom/seriesGeometry';
import { readReport } from '../../../src/dicom/sr/readReport';
import type { LabelMap } from '../../../src/volume/volume';
import { OBLIQUE, enhancedInstance, syntheticInstances, syntheticSeries } from '../dicom/synthetic';
import type { SyntheticSeries } from '../dicom/synthetic';
import { labelsFor } from '../dicom/syntheticLabels';
import { reportInput } from '../dicom/syntheticReport';
import { scored } from '../../fixtures/scored';

const FS_T2: SyntheticSeries = { name: 'FS-T2WI', direction: OBLIQUE };
const CE_T1: SyntheticSeries = { name: 'CE-T1WI', direction: OBLIQUE };
const series = { fsT2: syntheticSeries(FS_T2), ceT1: syntheticSeries(CE_T1) };
const input = reportInput(series);
const { segmentation } = input;
const sr = buildMeasurementReport(input);

const images = (of: SyntheticSeries): DicomDataset[] =>
  syntheticInstances(of).map(({ dataset }) => dataset);

/** As much of an archive as opening a result needs. */
function archive(changes: {
  readonly without?: readonly string[];
  readonly metadata?: (images: readonly DicomDataset[]) => DicomDataset[];
}): Archive {
  const unused = (): never => {
    throw new Error('not part of this test');
  };
  const files = new Map(
    [segmentation, sr].map(({ sopInstanceUid, part10 }) => [sopInstanceUid, part10]),
  );
  const metadata = new Map(
    [FS_T2, CE_T1]
      .map(images)
      .map((of, i) => [[series.fsT2, series.ceT1][i].seriesInstanceUid, of]),
  );
  const gone = (): never => {
    const cause = Object.assign(new Error('gone'), { status: 404 });
    throw new InputError('ARCHIVE_REFUSED', 'Gone.', { cause });
  };
  return {
    searchStudies: unused,
    searchSeries: unused,
    searchInstances: unused,
    retrieveSeries: unused,
    store: unused,
    retrieveInstance: async (_study, _series, uid) =>
      changes.without?.includes(uid) ? gone() : Uint8Array.from(files.get(uid) ?? gone()).buffer,
    retrieveMetadata: async (_study, uid) =>
      changes.without?.includes(uid)
        ? gone()
        : (changes.metadata ?? ((all) => [...all]))(metadata.get(uid) ?? []),
  };
}

const reread = ({ part10 }: { readonly part10: Uint8Array }): DicomInstance =>
  parseInstance(Uint8Array.from(part10).buffer);

/** Labels as the panel draws them: 4 for tumour without a habitat, 5 for the ring. */
function drawnLabels(on: ImageSeries): LabelMap {
  const { habitats, tumour, ring } = labelsFor(on);
  const data = tumour.map((inside, i) => (inside ? habitats[i] || 4 : ring[i] ? 5 : 0));
  return { grid: on.volume.grid, data };
}

const open = (changes: Parameters<typeof archive>[0] = {}) =>
  readStoredResult(archive(changes), sr);

test('a stored result is what was computed, and its habitats lie where they were', async () => {
  const { result, changes, identity } = await open();
  expect(changes).toEqual([]);
  expect(identity.sopInstanceUid).toBe(sr.sopInstanceUid);
  const { analysis } = input;
  expect(result.tumour).toEqual(analysis.tumour);
  expect(result.ring).toEqual(analysis.ring);
  expect(result.habitats).toEqual(
    analysis.habitats.map((habitat, i) => ({
      ...habitat,
      name: ['H1 (low/low)', 'H2 (high/high)', 'H3 (medium/medium)'][i],
    })),
  );
  expect(scored(result.prognosis).rprs).toBe(scored(analysis.prognosis).rprs);
  expect(result.registration.matrix).toEqual(analysis.registration.matrix);
  expect(result.objects.map(({ kind, part10 }) => [kind, part10])).toEqual([
    ['SEG', segmentation.part10],
    ['SR', sr.part10],
  ]);
});

test('the overlay is the SEG, label for label, on both series', async () => {
  const { result } = await open();
  const { tumour } = labelsFor(series.fsT2);
  const [columns, rows] = series.fsT2.volume.grid.size;
  for (const sequence of ['fsT2', 'ceT1'] as const) {
    const found = new Uint8Array(tumour.length);
    for (const { sopInstanceUid, labels } of result.overlays[sequence]) {
      const z = series[sequence].slices.findIndex(
        (slice) => slice.sopInstanceUid === sopInstanceUid,
      );
      found.set(labels, z * columns * rows);
    }
    expect(found).toEqual(drawnLabels(series.fsT2).data);
  }
});

test('habitats of a multi-frame image are laid frame by frame', () => {
  const multiFrame = enhancedInstance(FS_T2);
  const source = readImageSeries([multiFrame], 'FS-T2WI');
  const onFrames = reportInput({ fsT2: source, ceT1: series.ceT1 });
  const report = readReport(reread(buildMeasurementReport(onFrames)).dataset);
  const { overlays, lostFrames } = storedOverlays(report, reread(onFrames.segmentation), {
    fsT2: seriesGeometry([multiFrame.dataset]),
    ceT1: null,
  });
  expect(lostFrames).toBe(0);
  expect(overlays.fsT2).toEqual(overlayPlanes(source, drawnLabels(source)));
});

test.each([
  [
    'an image that is gone',
    { metadata: (all: readonly DicomDataset[]) => all.slice(1) },
    /1 of \d+ are gone/,
  ],
  [
    'an image that is new',
    {
      metadata: (all: readonly DicomDataset[]) => [...all, { ...all[0], SOPInstanceUID: '1.2.3' }],
    },
    /1 is new/,
  ],
  ['a series that is gone', { without: [series.ceT1.seriesInstanceUid] }, /no longer in the study/],
  ['no segmentation', { without: [segmentation.sopInstanceUid] }, /segmentation .* no longer/],
])('%s is said, and the numbers are shown all the same', async (_, changes, sentence) => {
  const { result, changes: said } = await open(changes);
  expect(said.join('\n')).toMatch(sentence);
  expect(scored(result.prognosis).rprs).toBe(scored(input.analysis.prognosis).rprs);
});

test('a report that is gone is refused', async () => {
  await expect(open({ without: [sr.sopInstanceUid] })).rejects.toMatchObject({
    code: 'ARCHIVE_REFUSED',
  });
});
