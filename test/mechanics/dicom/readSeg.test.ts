import type { TumourSource } from '../../../src/chain/analysis';
import type { WritableDataset } from '../../../src/dicom/dcmjsFacade';
import { writePart10 } from '../../../src/dicom/dcmjsFacade';
import type { DicomInstance } from '../../../src/dicom/instance';
import { parseInstance } from '../../../src/dicom/instance';
import { readTumour } from '../../../src/dicom/readTumour';
import { encodeRle8 } from '../../../src/dicom/rle';
import { derivedUid } from '../../../src/dicom/uid';
import { applyToPoint, indexToWorld } from '../../../src/volume/geometry';
import { OBLIQUE, arrayBuffer, gridOf, imageDataset, syntheticSeries } from './synthetic';
import { labelsFor } from './syntheticLabels';
import { refusal } from './refusal';
import { SEG_UID, SOURCE, segOn, series } from './tumourObjects';

const only = (...indices: readonly number[]): Uint8Array => {
  const mask = new Uint8Array(series.volume.data.length);
  indices.forEach((index) => (mask[index] = 1));
  return mask;
};

describe('a SEG on another grid', () => {
  test('of half the voxel size is the same region', () => {
    const { size, spacingMm, originMm } = gridOf({});
    const fine = syntheticSeries({
      direction: OBLIQUE,
      size: [size[0] * 2, size[1] * 2, size[2]],
      spacingMm: [spacingMm[0] / 2, spacingMm[1] / 2, spacingMm[2]],
      // So that fine centres lie a quarter voxel beside the coarse ones.
      originMm: applyToPoint(indexToWorld({ ...series.volume.grid, originMm }), [-0.25, -0.25, 0]),
    });
    const mask = readTumour(SOURCE, [segOn(fine)], series);
    const { tumour } = labelsFor(fine);
    const [columns, rows] = size;
    mask.data.forEach((value, index) => {
      const [i, j, k] = [
        index % columns,
        Math.floor(index / columns) % rows,
        Math.floor(index / (columns * rows)),
      ];
      const around = [0, 1].flatMap((dj) =>
        [0, 1].map((di) => tumour[2 * i + di + 2 * columns * (2 * j + dj + 2 * rows * k)]),
      );
      if (new Set(around).size === 1) expect(value).toBe(around[0]);
    });
  });

  test('with frames in any order and slices left out', () => {
    const { tumour } = labelsFor(series);
    const [columns, rows, slices] = series.volume.grid.size;
    for (let k = 1; k < slices; k += 2)
      tumour.fill(0, k * columns * rows, (k + 1) * columns * rows);
    expect(readTumour(SOURCE, [segOn(series, { tumour })], series).data).toEqual(tumour);
  });
});

/** A SEG of another kind with the tumour of `labelsFor` as segment 1. */
function otherSeg(
  kind: WritableDataset,
  frames: (plane: Uint8Array) => Uint8Array,
  rle: boolean,
): DicomInstance {
  const { tumour } = labelsFor(series);
  const [columns, rows, slices] = series.volume.grid.size;
  const planes = Array.from({ length: slices }, (_, k) =>
    frames(tumour.subarray(k * columns * rows, (k + 1) * columns * rows)),
  );
  const { ImageOrientationPatient, PixelSpacing, SliceThickness, ...image } = imageDataset(
    { direction: OBLIQUE },
    0,
  );
  const dataset: WritableDataset = {
    ...image,
    SeriesInstanceUID: SEG_UID,
    SOPInstanceUID: derivedUid('other seg'),
    ImagePositionPatient: undefined,
    SegmentSequence: [{ SegmentNumber: 1, SegmentLabel: 'GTV' }],
    NumberOfFrames: String(slices),
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelData: rle
      ? planes.map((plane) => encodeRle8(plane, columns))
      : Uint8Array.from(planes.flatMap((p) => [...p])),
    SharedFunctionalGroupsSequence: [
      {
        PlaneOrientationSequence: [{ ImageOrientationPatient }],
        PixelMeasuresSequence: [{ PixelSpacing, SliceThickness }],
        SegmentIdentificationSequence: [{ ReferencedSegmentNumber: 1 }],
      },
    ],
    PerFrameFunctionalGroupsSequence: planes.map((_, k) => ({
      PlanePositionSequence: [
        { ImagePositionPatient: imageDataset({ direction: OBLIQUE }, k).ImagePositionPatient },
      ],
    })),
    ...kind,
  };
  return parseInstance(arrayBuffer(writePart10(dataset, rle ? '1.2.840.10008.1.2.5' : undefined)));
}

const LABELMAP = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.66.7', SegmentationType: 'LABELMAP' };
const FRACTIONAL = {
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.66.4',
  SegmentationType: 'FRACTIONAL',
  MaximumFractionalValue: 200,
};

describe('kinds of SEG', () => {
  test.each([
    ['LABELMAP', LABELMAP, (value: number) => (value ? 1 : 7), false],
    ['LABELMAP, RLE', LABELMAP, (value: number) => (value ? 1 : 7), true],
    [
      'FRACTIONAL: half counts, less does not',
      FRACTIONAL,
      (value: number) => (value ? 100 : 99),
      false,
    ],
    ['FRACTIONAL, RLE', FRACTIONAL, (value: number) => (value ? 200 : 0), true],
  ] as const)('%s', (_, kind, value, rle) => {
    const seg = otherSeg(kind, (plane) => plane.map((inside) => value(inside)), rle);
    expect(readTumour(SOURCE, [seg], series).data).toEqual(labelsFor(series).tumour);
  });
});

describe('a SEG is refused with a reason', () => {
  const refused = (object: DicomInstance, source: TumourSource = SOURCE, images = series): string =>
    refusal(() => readTumour(source, [object], images));

  test.each<[string, () => string, RegExp]>([
    [
      'no such segment',
      () => refused(segOn(series), { ...SOURCE, segmentNumber: 3 } as TumourSource),
      /^MASK_UNREADABLE: The SEG has no segment 3; it has 1 "Tumour"\.$/,
    ],
    [
      'too small',
      () => refused(segOn(series, { tumour: only(500, 501, 502) })),
      /^MASK_TOO_SMALL: .* has 3 voxels/,
    ],
    [
      'other frame of reference',
      () => refused(segOn(series), SOURCE, { ...series, frameOfReferenceUid: '1.2' }),
      /^FRAME_OF_REFERENCE/,
    ],
    [
      'outside the images',
      () => refused(segOn(series), SOURCE, syntheticSeries({ originMm: [400, 0, 0] })),
      /^MASK_OUTSIDE: .* lies outside/,
    ],
    [
      'partly outside',
      () =>
        refused(
          segOn(series),
          SOURCE,
          syntheticSeries({ direction: OBLIQUE, originMm: [-12.5, 24.25, -101.5] }),
        ),
      /^MASK_OUTSIDE: .* lies by \d+ % outside/,
    ],
    [
      'compressed',
      () => refused({ ...segOn(series), transferSyntaxUid: '1.2.840.10008.1.2.4.90' }),
      /^MASK_UNREADABLE: .*JPEG 2000 Lossless/,
    ],
    [
      'not in the series',
      () => refusal(() => readTumour(SOURCE, [], series)),
      /^MASK_UNREADABLE: The tumour's series holds no SEG/,
    ],
  ])('%s', (_, read, expected) => {
    expect(read()).toMatch(expected);
  });

  test('cut-off pixel data', () => {
    const seg = segOn(series);
    const [pixels] = seg.dataset.PixelData as Uint8Array[];
    const cut = { ...seg, dataset: { ...seg.dataset, PixelData: [pixels.subarray(0, 10)] } };
    expect(refused(cut)).toMatch(/^MASK_UNREADABLE: .*cut off/);
  });
});

test('each of several segments is its own', () => {
  const labels = labelsFor(series);
  const seg = segOn(series, { habitats: labels.habitats, ring: labels.ring });
  const expected = [
    labels.tumour,
    ...[1, 2, 3].map((habitat) => labels.habitats.map((label) => (label === habitat ? 1 : 0))),
    labels.ring,
  ];
  for (const [i, mask] of expected.entries()) {
    if (mask.filter((value) => value === 1).length < 64) continue;
    const source: TumourSource = { kind: 'seg', seriesInstanceUid: SEG_UID, segmentNumber: i + 1 };
    expect(readTumour(source, [seg], series).data).toEqual(mask);
  }
});
