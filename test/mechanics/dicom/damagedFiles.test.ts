import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { isInputError } from '../../../src/chain/errors';
import { writePart10 } from '../../../src/dicom/dcmjsFacade';
import { parseInstance } from '../../../src/dicom/instance';
import { buildMeasurementReport } from '../../../src/dicom/measurementReport';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import type { DicomDataset } from '../../../src/dicom/series';
import {
  DEFLATED_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from '../../../src/dicom/transferSyntaxes';
import { arrayBuffer, imageDataset, syntheticSeries } from './synthetic';
import { segmentationInput } from './syntheticLabels';
import { reportInput } from './syntheticReport';

/** Files of every kind that is read, with where their dataset starts. */
const image = writePart10(imageDataset({}, 0));
const series = { fsT2: syntheticSeries(), ceT1: syntheticSeries({ name: 'CE-T1WI' }) };
const odd = syntheticSeries({ size: [21, 19, 7] });
const FILES: Readonly<Record<string, Uint8Array>> = {
  'an image': image,
  'an implicit image': writePart10(imageDataset({}, 0), IMPLICIT_LITTLE_ENDIAN),
  'a deflated image': deflated(image),
  'a SEG': buildSegmentation(segmentationInput(series.fsT2)).part10,
  'a SEG in RLE': buildSegmentation(segmentationInput(odd)).part10,
  'an SR': buildMeasurementReport(reportInput(series)).part10,
};

/** The dataset of a file in Deflated Explicit VR Little Endian (PS3.5 A.5). */
function deflated(file: Uint8Array): Uint8Array {
  const start = datasetStart(file);
  const head = writePart10(imageDataset({}, 0), DEFLATED_LITTLE_ENDIAN);
  return Buffer.concat([
    head.subarray(0, datasetStart(head)),
    deflateRawSync(file.subarray(start)),
  ]);
}

/** File Meta Information gives its own length first (PS3.10 7.1). */
function datasetStart(file: Uint8Array): number {
  return 144 + new DataView(file.buffer, file.byteOffset).getUint32(140, true);
}

/** What is said of the first `length` bytes of a file, or what was read from them. */
function readCut(file: Uint8Array, length: number): string | DicomDataset {
  try {
    return parseInstance(arrayBuffer(file.subarray(0, length)), 'a.dcm').dataset;
  } catch (error) {
    if (!isInputError(error)) throw error;
    expect(error.code).toBe('FILE_UNREADABLE');
    expect(error.message).toMatch(/^a\.dcm .*; export it again from the archive\.$/);
    return error.message;
  }
}

test.each(Object.keys(FILES))('%s, whole, is read', (name) => {
  const file = FILES[name];
  expect(readCut(file, file.length)).toHaveProperty('SOPInstanceUID');
});

test.each(Object.keys(FILES))(
  '%s, cut anywhere, is refused, or what is left is as it was',
  (name) => {
    const file = FILES[name];
    const whole = parseInstance(arrayBuffer(file)).dataset;
    fc.assert(
      fc.property(fc.nat(file.length - 1), (length) => {
        const left = readCut(file, length);
        if (typeof left === 'string') return;
        // A cut between two elements cannot be seen; the attributes after it are missing.
        expect(Object.keys(left).length).toBeLessThan(Object.keys(whole).length);
        for (const [keyword, value] of Object.entries(left)) expect(value).toEqual(whole[keyword]);
      }),
      { numRuns: 150, seed: 5 },
    );
  },
);

test('the sentence says where and how much', () => {
  expect(readCut(image, image.length - 100)).toBe(
    'a.dcm is cut off in its pixel data: 720 bytes should follow, and only 620 are there; export it again from the archive.',
  );
  expect(readCut(image, datasetStart(image) + 3)).toMatch(/^a\.dcm is cut off in its header;/);
  expect(readCut(image, datasetStart(image))).toMatch(/^a\.dcm is cut off after its file header;/);
  expect(readCut(FILES['a SEG in RLE'], FILES['a SEG in RLE'].length - 8)).toMatch(/cut off/);
  const packed = FILES['a deflated image'];
  expect(readCut(packed, packed.length - 30)).toMatch(/its deflated part cannot be unpacked;/);
});

test('what is no DICOM file', () => {
  expect(readCut(new Uint8Array(), 0)).toMatch(/^a\.dcm is empty;/);
  expect(readCut(new Uint8Array(4096), 4096)).toMatch(/^a\.dcm holds nothing but zeros;/);
  const notes = Buffer.from('Notes on the study. '.repeat(20));
  expect(readCut(notes, notes.length)).toMatch(/^a\.dcm is not a DICOM file;/);
});

describe('private sequences as converters write them: UN of undefined length', () => {
  const hex = (text: string): Buffer => Buffer.from(text, 'hex');
  // (0009,0010) LO TEST, then (0009,1001) UN with an item in implicit VR (PS3.5 6.2.2).
  const sequence = Buffer.concat([
    hex('09001000' + '4c4f0400' + '54455354'),
    hex('09000110' + '554e0000ffffffff'),
    hex('feff00e0ffffffff' + '0800180004000000' + '312e3200' + 'feff0de000000000'),
    hex('feff00e00c000000' + '0800180004000000' + '312e3200'),
    hex('feffdde000000000'),
  ]);
  const start = datasetStart(image);

  test('between the attributes of an image', () => {
    const file = Buffer.concat([image.subarray(0, start), sequence, image.subarray(start)]);
    const before = Uint8Array.from(file);
    expect(readCut(file, file.length)).toEqual(parseInstance(arrayBuffer(image)).dataset);
    expect(Uint8Array.from(file)).toEqual(before);
    expect(readCut(file, start + 40)).toMatch(/cut off in its header/);
  });

  test('within a sequence of known and of unknown length', () => {
    const item = Buffer.concat([sequence, hex('08005011' + '55490400' + '312e3200')]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(item.length);
    const whole = Buffer.alloc(4);
    whole.writeUInt32LE(item.length + 8);
    const known = [hex('08001111' + '53510000'), whole, hex('feff00e0'), length, item];
    const unknown = [
      hex('08001111' + '53510000ffffffff' + 'feff00e0ffffffff'),
      item,
      hex('feff0de000000000' + 'feffdde000000000'),
    ];
    for (const nested of [known, unknown]) {
      const file = Buffer.concat([image.subarray(0, start), ...nested, image.subarray(start)]);
      expect(readCut(file, file.length)).toHaveProperty(
        'ReferencedPerformedProcedureStepSequence.0.ReferencedSOPClassUID',
        '1.2',
      );
    }
  });
});
