import { binary, has, number, sequence, text } from './attributes';
import type { DicomInstance } from './instance';
import { decodeRle } from './rle';
import type { DicomDataset } from './series';
import { RLE_LOSSLESS, isNative, unreadableSyntax } from './transferSyntaxes';

/** Greyscale pixel data as stored, PS3.3 C.7.6.3 and PS3.5 8. */
export interface PixelFormat {
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly bitsAllocated: 8 | 16;
  readonly bitsStored: number;
  readonly signed: boolean;
}

export type StoredSamples = Uint8Array | Int16Array | Uint16Array;

/** The format, or the rest of a sentence that says why the pixels cannot be read and what to do. */
export function pixelFormat(instance: DicomInstance): PixelFormat | string {
  const { dataset, transferSyntaxUid } = instance;
  if (!isNative(transferSyntaxUid) && transferSyntaxUid !== RLE_LOSSLESS) {
    return unreadableSyntax(transferSyntaxUid);
  }
  if (
    (number(dataset, 'SamplesPerPixel') ?? 1) !== 1 ||
    text(dataset, 'PhotometricInterpretation') === 'PALETTE COLOR'
  ) {
    return 'is a colour image; choose a greyscale MR series';
  }
  if (binary(dataset, 'PixelData').length === 0) {
    return 'has no pixel data; retrieve the series again';
  }
  if (sequence(dataset, 'ModalityLUTSequence').length > 0) {
    return 'has a modality lookup table, which cannot be read here; choose the original MR series';
  }
  return checkedFormat(dataset);
}

function checkedFormat(dataset: DicomDataset): PixelFormat | string {
  const bitsAllocated = number(dataset, 'BitsAllocated');
  const bitsStored = number(dataset, 'BitsStored') ?? bitsAllocated;
  const highBit = number(dataset, 'HighBit');
  if ((bitsAllocated !== 8 && bitsAllocated !== 16) || !bitsStored || bitsStored > bitsAllocated) {
    return `has ${bitsAllocated ?? 'no'} bits for each pixel; only 8 and 16 can be read`;
  }
  if (highBit !== undefined && highBit !== bitsStored - 1) {
    return 'has pixels that do not start at bit 0, a retired encoding; convert it first';
  }
  return {
    rows: number(dataset, 'Rows') ?? 0,
    columns: number(dataset, 'Columns') ?? 0,
    frames: has(dataset, 'NumberOfFrames') ? (number(dataset, 'NumberOfFrames') ?? 1) : 1,
    bitsAllocated,
    bitsStored,
    signed: number(dataset, 'PixelRepresentation') === 1,
  };
}

/**
 * Stored values of one frame.
 * @param frame 0-based.
 * @throws RangeError when the pixel data are shorter than the image.
 */
export function readFrame(
  instance: DicomInstance,
  format: PixelFormat,
  frame: number,
): StoredSamples {
  const bytes = frameBytes(instance, format, frame);
  const samples = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = format.rows * format.columns;
  const shift = 32 - format.bitsStored;
  const { signed, bitsAllocated } = format;
  const out = emptySamples(format, count);
  for (let i = 0; i < count; i++) {
    const raw = bitsAllocated === 8 ? samples.getUint8(i) : samples.getUint16(2 * i, true);
    // Bits above Bits Stored may hold an overlay: cut them off, and carry the sign down.
    out[i] = signed ? (raw << shift) >> shift : (raw << shift) >>> shift;
  }
  return out;
}

export function emptySamples(format: PixelFormat, count: number): StoredSamples {
  if (format.signed) return new Int16Array(count);
  return format.bitsAllocated === 8 ? new Uint8Array(count) : new Uint16Array(count);
}

function frameBytes(instance: DicomInstance, format: PixelFormat, frame: number): Uint8Array {
  const chunks = binary(instance.dataset, 'PixelData');
  const bytesPerSample = format.bitsAllocated / 8;
  const count = format.rows * format.columns;
  if (instance.transferSyntaxUid === RLE_LOSSLESS) {
    const chunk = chunks.at(frame);
    if (!chunk) throw new RangeError('pixel data end too early');
    return decodeRle(chunk, count, bytesPerSample);
  }
  const start = frame * count * bytesPerSample;
  const bytes = chunks[0].subarray(start, start + count * bytesPerSample);
  if (bytes.length < count * bytesPerSample) throw new RangeError('pixel data end too early');
  return bytes;
}
