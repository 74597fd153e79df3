import { text, number, sequence } from '../../../src/dicom/attributes';
import { parseInstance } from '../../../src/dicom/instance';
import { readTumour } from '../../../src/dicom/readTumour';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import type { ImageSeries } from '../../../src/dicom/series';
import { readImageSeries } from '../../../src/dicom/readSeries';
import type { Vec3 } from '../../../src/volume/volume';
import {
  AXIAL,
  CORONAL,
  OBLIQUE,
  SAGITTAL,
  arrayBuffer,
  syntheticInstances,
  syntheticSeries,
} from '../../mechanics/dicom/synthetic';
import { labelsFor, segmentationInput } from '../../mechanics/dicom/syntheticLabels';

const DIRECTIONS = { AXIAL, SAGITTAL, CORONAL, OBLIQUE };
/** Rows x columns: a multiple of 8, even, odd. */
const SIZES: readonly Vec3[] = [
  [24, 16, 8],
  [21, 18, 7],
  [21, 19, 7],
];
const GRIDS = Object.entries(DIRECTIONS).flatMap(([orientation, direction]) =>
  SIZES.map((size) => ({ orientation, direction, size, grid: size.join(' x ') })),
);

function readBack(series: ImageSeries, segment: number, part10: Uint8Array): Uint8Array {
  const object = parseInstance(arrayBuffer(part10));
  return readTumour(
    {
      kind: 'seg',
      seriesInstanceUid: text(object.dataset, 'SeriesInstanceUID'),
      segmentNumber: segment,
    },
    [object],
    series,
  ).data;
}

describe('a SEG that was written reads back voxel for voxel', () => {
  test.each(GRIDS)('$orientation $grid', ({ direction, size }) => {
    const series = syntheticSeries({ direction, size });
    const labels = labelsFor(series);
    const object = buildSegmentation(segmentationInput(series));

    expect(object.segments.map(({ region }) => region)).toEqual([
      'tumour',
      'habitat1',
      'habitat2',
      'habitat3',
      'peritumour',
    ]);
    const expected = [
      labels.tumour,
      ...[1, 2, 3].map((h) => labels.habitats.map((label) => (label === h ? 1 : 0))),
      labels.ring,
    ];
    for (const [i, mask] of expected.entries()) {
      // Smaller regions than a tumour may be: they are counted, not read as one.
      if (object.segments[i].voxels < 64) continue;
      expect(readBack(series, i + 1, object.part10)).toEqual(mask);
    }
    expect(object.segments.map(({ voxels }) => voxels)).toEqual(
      expected.map((mask) => mask.reduce((sum, value) => sum + value, 0)),
    );
  });

  test('whatever the order of the image files', () => {
    const instances = syntheticInstances({ direction: OBLIQUE });
    const forward = readImageSeries(instances, 'FS-T2WI');
    const reversed = readImageSeries([...instances].reverse(), 'FS-T2WI');
    expect(reversed.volume).toEqual(forward.volume);
    expect(reversed.slices).toEqual(forward.slices);
    const a = buildSegmentation(segmentationInput(forward));
    const b = buildSegmentation(segmentationInput(reversed));
    expect(readBack(reversed, 1, a.part10)).toEqual(readBack(forward, 1, b.part10));
  });

  test('the same input gives the same bytes', () => {
    const series = syntheticSeries();
    expect(buildSegmentation(segmentationInput(series))).toEqual(
      buildSegmentation(segmentationInput(series)),
    );
  });
});

describe('segments', () => {
  test('an empty habitat is left out and the others are numbered on', () => {
    const series = syntheticSeries();
    const { habitats } = labelsFor(series);
    const object = buildSegmentation(
      segmentationInput(series, { habitats: habitats.map((h) => (h === 2 ? 0 : h)), ring: null }),
    );
    expect(object.segments.map(({ region, segmentNumber }) => [region, segmentNumber])).toEqual([
      ['tumour', 1],
      ['habitat1', 2],
      ['habitat3', 3],
    ]);
    const { dataset } = parseInstance(arrayBuffer(object.part10));
    expect(
      sequence(dataset, 'SegmentSequence').map((item) => number(item, 'SegmentNumber')),
    ).toEqual([1, 2, 3]);
  });

  test('a tumour contour alone is a SEG of one segment', () => {
    const series = syntheticSeries();
    const object = buildSegmentation(
      segmentationInput(series, {
        habitats: null,
        ring: null,
        model: null,
        tumourAlgorithmType: 'MANUAL',
        seriesDescription: 'Tumour (SIMULATED)',
      }),
    );
    const { dataset } = parseInstance(arrayBuffer(object.part10));
    expect(text(dataset, 'SegmentsOverlap')).toBe('NO');
    expect(readBack(series, 1, object.part10)).toEqual(labelsFor(series).tumour);
  });
});
