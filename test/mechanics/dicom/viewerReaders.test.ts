import { createRequire } from 'node:module';
import { binary, number } from '../../../src/dicom/attributes';
import { parseInstance } from '../../../src/dicom/instance';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import { packBits } from '../../../src/dicom/segmentFrames';
import { segReader } from '../../../src/dicom/tumour/segFrames';
import { writePart10 } from '../../../src/dicom/dcmjsFacade';
import type { Vec3 } from '../../../src/volume/volume';
import { AXIAL, arrayBuffer, syntheticSeries } from './synthetic';
import { segmentationInput } from './syntheticLabels';

/**
 * How the readers inside OHIF see a SEG, frame by frame: dcmjs' streaming reader (OHIF 3.13, through
 * @cornerstonejs/adapters 5.6.8) and its RLE decoder (OHIF 3.11 and 3.12). Places of voxels are
 * compared, not their number: a wrong bit order moves voxels and keeps their number.
 */

interface StreamReader {
  readonly stream: { addBuffer(buffer: ArrayBuffer): void; setComplete(): void };
  readFile(): Promise<{ dict: Record<string, { Value: (ArrayBuffer | ArrayBuffer[])[] }> }>;
}
interface ViewerDcmjs {
  readonly async: { readonly AsyncDicomReader: new () => StreamReader };
  readonly utilities: {
    readonly compression: {
      decode(frames: ArrayBuffer[], rows: number, columns: number): Uint8Array;
    };
  };
}

const ofAdapters = createRequire(createRequire(import.meta.url).resolve('@cornerstonejs/adapters'));
const viewer = ofAdapters('dcmjs') as ViewerDcmjs;

async function streamedFrames(part10: Uint8Array): Promise<Uint8Array[]> {
  const reader = new viewer.async.AsyncDicomReader();
  reader.stream.addBuffer(arrayBuffer(part10));
  reader.stream.setComplete();
  const { dict } = await reader.readFile();
  return dict['7FE00010'].Value.map(
    (frame) => new Uint8Array(Array.isArray(frame) ? frame[0] : frame),
  );
}

function unpack(bits: Uint8Array, samples: number): Uint8Array {
  return Uint8Array.from({ length: samples }, (_, i) => (bits[i >> 3] >> (i & 7)) & 1);
}

const GRIDS: readonly { readonly size: Vec3; readonly type: string }[] = [
  { size: [24, 16, 8], type: 'BINARY' },
  { size: [32, 20, 9], type: 'BINARY' },
  { size: [24, 17, 7], type: 'either' },
  { size: [21, 19, 7], type: 'FRACTIONAL' },
  { size: [22, 19, 8], type: 'FRACTIONAL' },
  { size: [18, 18, 6], type: 'FRACTIONAL' },
];

describe('every voxel of our SEG is where it was, in the readers of the viewer', () => {
  test.each(GRIDS)('$size $type', async ({ size, type }) => {
    const series = syntheticSeries({ direction: AXIAL, size });
    const { part10 } = buildSegmentation(segmentationInput(series));
    const { dataset, ...instance } = parseInstance(arrayBuffer(part10));
    if (type !== 'either') expect(dataset.SegmentationType).toBe(type);

    const samples = size[0] * size[1];
    const ours = segReader({ dataset, ...instance });
    if (typeof ours === 'string') throw new Error(ours);
    const expected = Array.from({ length: ours.frames }, (_, frame) => ours.read(frame, 1));
    const frames = await streamedFrames(part10);
    expect(frames).toHaveLength(ours.frames);

    if (dataset.SegmentationType === 'BINARY') {
      expect(frames.map((frame) => unpack(frame, samples))).toEqual(expected);
    } else {
      const decode = (rle: Uint8Array): Uint8Array =>
        viewer.utilities.compression.decode([arrayBuffer(rle)], size[1], size[0]);
      expect(frames.map(decode)).toEqual(expected);
      expect(binary(dataset, 'PixelData').map(decode)).toEqual(expected);
      // The viewer takes a fractional SEG of 0 and the maximum for a binary one.
      expect(number(dataset, 'MaximumFractionalValue')).toBe(1);
    }
  });
});

test('why BINARY is not written on other grids: the viewer moves voxels and keeps their number', async () => {
  const [columns, rows, frames] = [21, 19, 16];
  const plane = Uint8Array.from({ length: columns * rows }, (_, i) => (i % 7 === 0 ? 1 : 0));
  const part10 = writePart10({
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.66.4',
    SOPInstanceUID: '1.2.3',
    NumberOfFrames: String(frames),
    SamplesPerPixel: 1,
    Rows: rows,
    Columns: columns,
    BitsAllocated: 1,
    PixelData: packBits(Array.from({ length: frames }, () => plane)),
  });
  const read = (await streamedFrames(part10)).map((frame) => unpack(frame, columns * rows));
  expect(read).not.toEqual(Array.from({ length: frames }, () => plane));
});
