import type { DicomInstance } from '../../../src/dicom/instance';
import { parseInstance } from '../../../src/dicom/instance';
import { readImageSeries } from '../../../src/dicom/readSeries';
import { relateSeries, requireSamePatient } from '../../../src/dicom/relate';
import type { WritableDataset } from '../../../src/dicom/dcmjsFacade';
import { refusal } from './refusal';
import {
  OBLIQUE,
  arrayBuffer,
  enhancedInstance,
  imageDataset,
  instanceOf,
  syntheticInstances,
  syntheticSeries,
} from './synthetic';

const read = (instances: readonly DicomInstance[]): string =>
  refusal(() => readImageSeries(instances, 'FS-T2WI'));

/** The series with attributes of one image replaced. */
function spoiled(index: number, attributes: WritableDataset): DicomInstance[] {
  return Array.from({ length: 8 }, (_, k) =>
    instanceOf({ ...imageDataset({ name: 'AX T2' }, k), ...(k === index ? attributes : {}) }),
  );
}

describe('images that are not one volume are refused in one sentence', () => {
  test.each<[string, WritableDataset, RegExp]>([
    [
      'colour',
      { SamplesPerPixel: 3 },
      /^IMAGE_UNREADABLE: FS-T2WI series "AX T2": image 4 is a colour/,
    ],
    ['no pixel data', { PixelData: undefined }, /^IMAGE_UNREADABLE: .*image 4 has no pixel data/],
    [
      'cut pixel data',
      { PixelData: new Uint8Array(100) },
      /^IMAGE_UNREADABLE: .*image 4 are cut off/,
    ],
    [
      '32 bits',
      { BitsAllocated: 32, BitsStored: 32, HighBit: 31 },
      /^IMAGE_UNREADABLE: .*has 32 bits/,
    ],
    [
      'no position',
      { ImagePositionPatient: undefined },
      /^IMAGE_GEOMETRY: .*image 4 has no Image Position/,
    ],
    ['no spacing', { PixelSpacing: undefined }, /^IMAGE_GEOMETRY: .*image 4 has no Pixel Spacing/],
    [
      'other spacing',
      { PixelSpacing: ['0.8', '0.7'] },
      /^IMAGE_GEOMETRY: .*differ in pixel spacing/,
    ],
    ['other size', { Rows: 9, Columns: 40 }, /^IMAGE_GEOMETRY: .*differ in size/],
    [
      'other orientation',
      { ImageOrientationPatient: ['1', '0', '0', '0', '0', '1'] },
      /^IMAGE_GEOMETRY: .*differ in orientation/,
    ],
    [
      'skewed axes',
      { ImageOrientationPatient: ['1', '0', '0', '0.1', '0.9', '0'] },
      /^IMAGE_GEOMETRY: .*not two unit vectors/,
    ],
    [
      'other frame',
      { FrameOfReferenceUID: '1.2.3' },
      /^FRAME_OF_REFERENCE: .*different frames of reference/,
    ],
    ['other patient', { PatientID: 'OTHER' }, /^PATIENT_MISMATCH: .*different patients/],
    ['other series', { SeriesInstanceUID: '1.2.3' }, /^IMAGE_GEOMETRY: .*more than one series/],
    [
      'same place twice',
      { ImagePositionPatient: ['-12.5', '30.25', '-93.5'] },
      /^IMAGE_GEOMETRY: .*same position/,
    ],
    [
      'shifted sideways',
      { ImagePositionPatient: ['-11.5', '30.25', '-89.5'] },
      /^IMAGE_GEOMETRY: .*image 4 is shifted/,
    ],
    [
      'uneven spacing',
      { ImagePositionPatient: ['-12.5', '30.25', '-89'] },
      /^IMAGE_GEOMETRY: .*varies from 3.50 to 4.50 mm/,
    ],
  ])('%s', (_, attributes, expected) => {
    expect(read(spoiled(3, attributes))).toMatch(expected);
  });

  test('a missing slice, with its neighbours', () => {
    const instances = syntheticInstances({ name: 'AX T2' });
    expect(read(instances.filter((_, k) => k !== 3))).toBe(
      'SLICE_MISSING: FS-T2WI series "AX T2": a slice is missing between image 3 and image 5 (8.00 mm apart, slices lie 4.00 mm apart); retrieve the series again.',
    );
    expect(read([0, 1, 4].map((k) => instances[k]))).toMatch(/2 slices are missing/);
  });

  test.each([
    ['1.2.840.10008.1.2.4.70', 'JPEG Lossless'],
    ['1.2.840.10008.1.2.4.90', 'JPEG 2000 Lossless'],
    ['1.2.840.10008.1.2.2', 'Explicit VR Big Endian'],
  ])('transfer syntax %s by name', (transferSyntaxUid, name) => {
    const instances = syntheticInstances().map((instance) => ({ ...instance, transferSyntaxUid }));
    expect(read(instances)).toMatch(new RegExp(`^IMAGE_UNREADABLE: .*is stored as ${name}`));
  });

  test('no images', () => {
    expect(read([])).toMatch(/^SERIES_MISSING/);
  });

  test('a file that is not DICOM, and one that is cut off', () => {
    const name = 'a.dcm';
    expect(refusal(() => parseInstance(new ArrayBuffer(300), name))).toMatch(
      /^FILE_UNREADABLE: a.dcm/,
    );
    const whole = syntheticInstances()[0].part10;
    expect(refusal(() => parseInstance(whole.slice(0, 700), name))).toMatch(
      /^FILE_UNREADABLE: a.dcm/,
    );
  });
});

describe('what is read', () => {
  test('duplicate files count once', () => {
    const instances = syntheticInstances();
    expect(readImageSeries([...instances, ...instances], 'X').slices).toHaveLength(8);
  });

  test('two different images under one SOP Instance UID are refused', () => {
    const other = imageDataset({ name: 'AX T2', value: () => 1 }, 3);
    const instances = [...syntheticInstances({ name: 'AX T2' }), instanceOf(other)];
    expect(read(instances)).toBe(
      'IMAGE_UNREADABLE: FS-T2WI series "AX T2": two different images have the same SOP Instance UID (image 4); remove one of them, or have the archive corrected.',
    );
  });

  test('stored integers stay integers; a rescale makes them floating point', () => {
    expect(syntheticSeries().volume.data).toBeInstanceOf(Uint16Array);
    const rescaled = syntheticSeries({
      value: (i) => i,
      attributes: { RescaleSlope: '0.5', RescaleIntercept: '-3' },
    }).volume.data;
    expect(rescaled).toBeInstanceOf(Float32Array);
    expect([...rescaled.subarray(0, 4)]).toEqual([-3, -2.5, -2, -1.5]);
  });

  test('signed values, and bits above Bits Stored are no part of the value', () => {
    const twelve = { BitsStored: 12, HighBit: 11 };
    const signed = { ...twelve, PixelRepresentation: 1 };
    const value = (i: number): number => [0xf001, 0x0fff, 0x0800, 0x07ff][i % 4];
    expect([...syntheticSeries({ value, attributes: twelve }).volume.data.subarray(0, 4)]).toEqual([
      1, 4095, 2048, 2047,
    ]);
    expect([...syntheticSeries({ value, attributes: signed }).volume.data.subarray(0, 4)]).toEqual([
      1, -1, -2048, 2047,
    ]);
  });

  test('an enhanced multi-frame image is the same volume as its single frames', () => {
    const single = syntheticSeries({ direction: OBLIQUE });
    const multi = readImageSeries([enhancedInstance({ direction: OBLIQUE })], 'X');
    expect(multi.volume.data).toEqual(single.volume.data);
    expect(multi.volume.grid.size).toEqual(single.volume.grid.size);
    multi.volume.grid.originMm.forEach((value, axis) => {
      expect(value).toBeCloseTo(single.volume.grid.originMm[axis], 9);
    });
    expect(multi.slices.map(({ frameNumber }) => frameNumber)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('names in Japanese with code extensions', () => {
    // PS3.5 H.3.1: Yamada^Tarou=山田^太郎=やまだ^たろう in \ISO 2022 IR 87.
    const bytes = [
      ...Buffer.from('Yamada^Tarou='),
      0x1b,
      0x24,
      0x42,
      0x3b,
      0x33,
      0x45,
      0x44,
      0x1b,
      0x28,
      0x42,
      0x5e,
      0x1b,
      0x24,
      0x42,
      0x42,
      0x40,
      0x4f,
      0x3a,
      0x1b,
      0x28,
      0x42,
    ];
    const placeholder = 'P'.repeat(bytes.length);
    const written = Buffer.from(
      instanceOf({
        ...imageDataset({}, 0),
        SpecificCharacterSet: ['', 'ISO 2022 IR 87'],
        PatientName: placeholder,
      }).part10,
    );
    written.set(bytes, written.indexOf(placeholder));
    const { dataset } = parseInstance(arrayBuffer(written));
    expect(dataset.PatientName).toBe('Yamada^Tarou=山田^太郎');
  });
});

describe('two series', () => {
  const one = syntheticSeries();

  test('of different patients', () => {
    const other = syntheticSeries({ attributes: { PatientID: 'B' } });
    expect(refusal(() => requireSamePatient(one, other))).toMatch(/^PATIENT_MISMATCH/);
    requireSamePatient(one, syntheticSeries({ attributes: { PatientBirthDate: null } }));
  });

  test('in one frame, in two frames, and apart', () => {
    expect(relateSeries(one, syntheticSeries({ direction: OBLIQUE }))).toBe('sameFrame');
    const elsewhere = { originMm: [500, 0, 0] as const };
    expect(refusal(() => relateSeries(one, syntheticSeries(elsewhere)))).toMatch(
      /^FRAME_OF_REFERENCE/,
    );
    const attributes = { FrameOfReferenceUID: '1.2.3' };
    expect(relateSeries(one, syntheticSeries({ ...elsewhere, attributes }))).toBe(
      'differentFrames',
    );
  });
});
