import { isInputError } from '../../../src/chain/errors';
import type { TumourSource } from '../../../src/chain/analysis';
import type { DicomInstance } from '../../../src/dicom/instance';
import { parseInstance } from '../../../src/dicom/instance';
import type { WritableDataset } from '../../../src/dicom/dcmjsFacade';
import { writePart10 } from '../../../src/dicom/dcmjsFacade';
import { listTumours, readTumour } from '../../../src/dicom/readTumour';
import { readImageSeries } from '../../../src/dicom/readSeries';
import { encodeRle8 } from '../../../src/dicom/rle';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import type { ImageSeries } from '../../../src/dicom/series';
import { derivedUid } from '../../../src/dicom/uid';
import { applyToPoint, indexToWorld } from '../../../src/volume/geometry';
import {
  OBLIQUE,
  arrayBuffer,
  enhancedInstance,
  gridOf,
  imageDataset,
  instanceOf,
  syntheticSeries,
} from './synthetic';
import { labelsFor, segmentationInput } from './syntheticLabels';

const SEG_UID = derivedUid('seg');
const SOURCE: TumourSource = { kind: 'seg', seriesInstanceUid: SEG_UID, segmentNumber: 1 };
const series = syntheticSeries({ direction: OBLIQUE, name: 'AX T2' });

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (!isInputError(error)) throw error;
    expect(error.message).toMatch(/\.$/);
    expect(error.message).not.toMatch(/\. /);
    return `${error.code}: ${error.message}`;
  }
  return 'accepted';
}

function segOn(
  images: ImageSeries,
  changes: Partial<Parameters<typeof segmentationInput>[1]> = {},
): DicomInstance {
  const input = segmentationInput(images, { habitats: null, ring: null, ...changes });
  const object = buildSegmentation({ ...input, uids: { ...input.uids, segSeries: SEG_UID } });
  return parseInstance(arrayBuffer(object.part10));
}

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

/** Contours given in voxel indices of the series. */
function rtstruct(
  contours: readonly (readonly (readonly [number, number, number])[])[],
  changes: WritableDataset = {},
): DicomInstance {
  const toWorld = indexToWorld(series.volume.grid);
  return instanceOf({
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.481.3',
    SOPInstanceUID: derivedUid('rtstruct'),
    SeriesInstanceUID: SEG_UID,
    Modality: 'RTSTRUCT',
    FrameOfReferenceUID: series.frameOfReferenceUid,
    StructureSetROISequence: [
      { ROINumber: '5', ROIName: 'GTV' },
      { ROINumber: '6', ROIName: 'Empty' },
    ],
    ROIContourSequence: [
      {
        ReferencedROINumber: '5',
        ContourSequence: contours.map((points) => ({
          ContourGeometricType: 'CLOSED_PLANAR',
          NumberOfContourPoints: String(points.length),
          ContourData: points.flatMap((point) =>
            applyToPoint(toWorld, point).map((v) => v.toFixed(6)),
          ),
        })),
      },
    ],
    ...changes,
  });
}

const square = (k: number, from: number, to: number): [number, number, number][] => [
  [from, from, k],
  [to, from, k],
  [to, to, k],
  [from, to, k],
];
const ROI: TumourSource = { kind: 'rtstruct', seriesInstanceUid: SEG_UID, roiNumber: 5 };
const voxelsOf = (contours: Parameters<typeof rtstruct>[0]): number =>
  readTumour(ROI, [rtstruct(contours)], series).data.reduce((sum, value) => sum + value, 0);

describe('RTSTRUCT', () => {
  test('pixel centres within the contour, on the slice of the contour', () => {
    const { data } = readTumour(ROI, [rtstruct([square(3, 1.5, 11.5)])], series);
    const [columns, rows] = series.volume.grid.size;
    data.forEach((value, index) => {
      const [i, j, k] = [
        index % columns,
        Math.floor(index / columns) % rows,
        Math.floor(index / (columns * rows)),
      ];
      expect(value).toBe(k === 3 && i >= 2 && i <= 11 && j >= 2 && j <= 11 ? 1 : 0);
    });
  });

  test('a contour within a contour is a hole, and several regions add up', () => {
    expect(voxelsOf([square(2, 1.5, 13.5), square(2, 4.5, 8.5)])).toBe(144 - 16);
    expect(voxelsOf([square(2, 1.5, 9.5), square(2, 10.5, 13.5)])).toBe(64 + 9);
  });

  test('a hole by a keyhole: one contour that goes in and out on the same line', () => {
    const [outer, inner] = [square(2, 1.5, 13.5), square(2, 4.5, 8.5)];
    const keyhole = [
      ...outer,
      outer[0],
      inner[0],
      inner[3],
      inner[2],
      inner[1],
      inner[0],
      outer[0],
    ];
    expect(voxelsOf([keyhole])).toBe(144 - 16);
  });

  test('points and open lines are no part of the region', () => {
    const contour = (type: string, from: number, to: number): WritableDataset => ({
      ContourGeometricType: type,
      NumberOfContourPoints: '4',
      ContourData: square(2, from, to).flatMap((point) =>
        applyToPoint(indexToWorld(series.volume.grid), point).map((v) => v.toFixed(6)),
      ),
    });
    const ContourSequence = [contour('OPEN_PLANAR', 1.5, 15.5), contour('CLOSED_PLANAR', 1.5, 9.5)];
    const structures = rtstruct([], {
      ROIContourSequence: [{ ReferencedROINumber: '5', ContourSequence }],
    });
    const { data } = readTumour(ROI, [structures], series);
    expect(data.reduce((sum, value) => sum + value, 0)).toBe(64);
  });

  test('contours on every second slice stand for the slices between', () => {
    expect(voxelsOf([square(1, 1.5, 9.5), square(3, 1.5, 9.5)])).toBeGreaterThanOrEqual(64 * 3);
  });

  test('is refused with a reason', () => {
    const refused = (object: DicomInstance, source: TumourSource = ROI): string =>
      refusal(() => readTumour(source, [object], series));
    expect(refused(rtstruct([square(2, 1.5, 9.5)]), { ...ROI, roiNumber: 9 } as TumourSource)).toBe(
      'MASK_UNREADABLE: The RTSTRUCT has no ROI 9; it has 5 "GTV", 6 "Empty".',
    );
    expect(
      refused(rtstruct([square(2, 1.5, 9.5)]), { ...ROI, roiNumber: 6 } as TumourSource),
    ).toMatch(/^MASK_EMPTY/);
    expect(refused(rtstruct([square(2, 1.5, 5.5)]))).toMatch(
      /^MASK_TOO_SMALL: ROI "GTV" of the RTSTRUCT has 16 voxels/,
    );
    expect(refused(rtstruct([square(40, 1.5, 9.5)]))).toMatch(/^MASK_OUTSIDE/);
    expect(refused(rtstruct([square(2, 1.5, 9.5)], { FrameOfReferenceUID: '1.2' }))).toMatch(
      /^FRAME_OF_REFERENCE/,
    );
    const across: [number, number, number][] = [
      [2, 2, 1],
      [9, 2, 1],
      [9, 2, 5],
      [2, 2, 5],
    ];
    expect(refused(rtstruct([across]))).toMatch(/^MASK_GRID: .*across the slices/);
  });
});

describe('a drawn tumour', () => {
  const { tumour } = labelsFor(series);
  const perSlice = series.volume.grid.size[0] * series.volume.grid.size[1];
  const planes = series.slices.map(({ sopInstanceUid }, k) => ({
    sopInstanceUid,
    data: tumour.slice(k * perSlice, (k + 1) * perSlice),
  }));
  const drawn = (changes: object = {}): TumourSource => ({
    kind: 'drawn',
    label: 'Mine',
    seriesInstanceUid: series.seriesInstanceUid,
    planes: [...planes].reverse(),
    ...changes,
  });

  test('is placed by SOP Instance UID', () => {
    expect(readTumour(drawn(), [], series).data).toEqual(tumour);
  });

  test('on the frames of a multi-frame image, by their numbers', () => {
    const multi = readImageSeries([enhancedInstance({ direction: OBLIQUE })], 'FS-T2WI');
    const frames = planes.map(({ data }, k) => ({
      sopInstanceUid: multi.slices[k].sopInstanceUid,
      frameNumber: k + 1,
      data,
    }));
    expect(readTumour(drawn({ planes: frames }), [], multi).data).toEqual(tumour);
    const unnumbered = frames.map(({ sopInstanceUid, data }) => ({ sopInstanceUid, data }));
    expect(refusal(() => readTumour(drawn({ planes: unnumbered }), [], multi))).toMatch(
      /^MASK_GRID/,
    );
  });

  test('on images of another series is refused', () => {
    const [plane] = planes;
    const other = drawn({ planes: [{ ...plane, sopInstanceUid: '1.2.3' }] });
    expect(refusal(() => readTumour(other, [], series))).toMatch(
      /^MASK_GRID: The drawn tumour "Mine"/,
    );
  });

  test('that is empty is refused', () => {
    expect(refusal(() => readTumour(drawn({ planes: [] }), [], series))).toMatch(/^MASK_EMPTY/);
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

test('tumours are listed with the series that they were drawn on', () => {
  const objects = [segOn(series), rtstruct([square(2, 1.5, 9.5)]), instanceOf(imageDataset({}, 0))];
  expect(listTumours(objects)).toEqual([
    {
      kind: 'seg',
      label: 'Tumour',
      number: 1,
      seriesInstanceUid: SEG_UID,
      referencedSeriesUid: series.seriesInstanceUid,
    },
    {
      kind: 'rtstruct',
      label: 'GTV',
      number: 5,
      seriesInstanceUid: SEG_UID,
      referencedSeriesUid: '',
    },
  ]);
});

test('labels and names in other scripts are read as they were written', () => {
  const seg = segOn(series, { tumourLabel: '肿瘤 опухоль ورم' });
  const named = rtstruct([square(2, 1.5, 9.5)], {
    SpecificCharacterSet: 'ISO_IR 192',
    StructureSetROISequence: [{ ROINumber: '5', ROIName: '腫瘍' }],
  });
  expect(listTumours([seg, named]).map(({ label }) => label)).toEqual(['肿瘤 опухоль ورم', '腫瘍']);
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

describe('whose tumour it is', () => {
  const of = (attributes: WritableDataset): DicomInstance =>
    segOn(syntheticSeries({ direction: OBLIQUE, name: 'AX T2', attributes }));

  test('a SEG of another patient is refused', () => {
    expect(refusal(() => readTumour(SOURCE, [of({ PatientID: 'other' })], series))).toMatch(
      /^PATIENT_MISMATCH: The SEG ".*" belongs to another patient than the series/,
    );
    const sentence = refusal(() => readTumour(SOURCE, [of({ PatientID: 'other' })], series));
    expect(sentence).not.toContain('other"');
  });

  test('a SEG that does not say whose it is is taken', () => {
    expect(refusal(() => readTumour(SOURCE, [of({ PatientID: null })], series))).toBe('accepted');
  });
});
