import { InputError } from '../../chain/errors';
import { binary, firstItem, number, sequence, text } from '../attributes';
import { functionalGroup } from '../functionalGroups';
import type { DicomInstance } from '../instance';
import { planeOfFrame } from '../plane';
import type { Plane } from '../plane';
import { decodeRle } from '../rle';
import type { DicomDataset } from '../series';
import { RLE_LOSSLESS, isNative, unreadableSyntax } from '../transferSyntaxes';

/** Frames of a Segmentation (PS3.3 A.51, C.8.20) or Label Map Segmentation (A.51.6), any type. */

export type SegmentationType = 'BINARY' | 'FRACTIONAL' | 'LABELMAP';
const TYPES: readonly string[] = ['BINARY', 'FRACTIONAL', 'LABELMAP'];

export interface SegReader {
  readonly frames: number;
  /** Segment of a frame; undefined for LABELMAP, whose frames hold all segments. */
  segmentOf(frame: number): number | undefined;
  plane(frame: number): Plane | string;
  /** The images that a frame was made from. */
  sources(frame: number): readonly SourceImage[];
  /** rows x columns, 1 where the segment is; FRACTIONAL: at least half. */
  read(frame: number, segment: number): Uint8Array;
}

export interface SourceImage {
  readonly sopInstanceUid: string;
  /** From 1; undefined where the image has one frame, or all of its frames are meant. */
  readonly frameNumber: number | undefined;
}

/** Frames of a multi-frame image are told apart by their number; a single frame may leave it out. */
export function imageKey({ sopInstanceUid, frameNumber }: Partial<SourceImage>): string {
  return `${sopInstanceUid}#${frameNumber ?? 1}`;
}

/** The reader, or the rest of a sentence that says why the object cannot be read. */
export function segReader(instance: DicomInstance): SegReader | string {
  const { dataset, transferSyntaxUid } = instance;
  const type = text(dataset, 'SegmentationType');
  if (!TYPES.includes(type)) return `has the unknown segmentation type "${type}"`;
  const compressed = transferSyntaxUid === RLE_LOSSLESS && type !== 'BINARY';
  if (!isNative(transferSyntaxUid) && !compressed) {
    return unreadableSyntax(transferSyntaxUid);
  }
  const frames = number(dataset, 'NumberOfFrames') ?? 1;
  const [rows, columns] = [number(dataset, 'Rows') ?? 0, number(dataset, 'Columns') ?? 0];
  if (![frames, rows, columns].every(isCount)) {
    return 'does not say how many frames, rows and columns it has; export it again';
  }
  const samples = rows * columns;
  const unpack = type === 'BINARY' ? binaryFrames : byteFrames;
  const frameValues = unpack(instance, samples, frames);
  if (typeof frameValues === 'string') return frameValues;
  const half = (number(dataset, 'MaximumFractionalValue') ?? 255) / 2;
  return {
    frames,
    segmentOf: (frame) =>
      type === 'LABELMAP'
        ? undefined
        : number(
            functionalGroup(dataset, frame, 'SegmentIdentificationSequence'),
            'ReferencedSegmentNumber',
          ),
    plane: (frame) => planeOfFrame(dataset, frame),
    sources: (frame) => sourcesOf(dataset, frame),
    read: (frame, segment) => {
      const values = frameValues(frame);
      if (type === 'FRACTIONAL') return atLeast(values, half);
      return type === 'LABELMAP' ? equalTo(values, segment) : atLeast(values, 1);
    },
  };
}

const LARGEST = 65_535;

/** Rows and Columns are US; nothing has more frames than that. */
function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= LARGEST;
}

type FrameValues = (frame: number) => ArrayLike<number>;

function atLeast(values: ArrayLike<number>, threshold: number): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) mask[i] = values[i] >= threshold ? 1 : 0;
  return mask;
}

function equalTo(values: ArrayLike<number>, label: number): Uint8Array {
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) mask[i] = values[i] === label ? 1 : 0;
  return mask;
}

/** One bit a pixel, least significant first, frames not aligned to bytes (PS3.5 8.1.1, 8.2). */
function binaryFrames(
  { dataset }: DicomInstance,
  samples: number,
  frames: number,
): FrameValues | string {
  const bits = binary(dataset, 'PixelData').at(0) ?? new Uint8Array();
  if (bits.length * 8 < samples * frames) return CUT_OFF;
  return (frame) => {
    const values = new Uint8Array(samples);
    for (let i = 0, bit = frame * samples; i < samples; i++, bit++) {
      values[i] = (bits[bit >> 3] >> (bit & 7)) & 1;
    }
    return values;
  };
}

const CUT_OFF = 'has pixel data that are cut off; retrieve it again';

function byteFrames(
  { dataset, transferSyntaxUid }: DicomInstance,
  samples: number,
  frames: number,
): FrameValues | string {
  const bytesPerSample = (number(dataset, 'BitsAllocated') ?? 8) / 8;
  if (bytesPerSample !== 1 && bytesPerSample !== 2) {
    return `has ${8 * bytesPerSample} bits for a pixel, where 8 or 16 can be read`;
  }
  const chunks = binary(dataset, 'PixelData');
  const frameBytes = samples * bytesPerSample;
  if (transferSyntaxUid === RLE_LOSSLESS) {
    if (chunks.length < frames) return CUT_OFF;
    return (frame) => toSamples(unpacked(chunks[frame], samples, bytesPerSample), bytesPerSample);
  }
  const bytes = chunks.at(0) ?? new Uint8Array();
  if (bytes.length < frameBytes * frames) return CUT_OFF;
  return (frame) =>
    toSamples(bytes.subarray(frame * frameBytes, (frame + 1) * frameBytes), bytesPerSample);
}

/** A run of RLE gives at most 128 bytes for 2 (PS3.5 G.3.1). */
const LARGEST_RUN = 64;

function unpacked(chunk: Uint8Array, samples: number, bytesPerSample: number): Uint8Array {
  try {
    if (samples * bytesPerSample > LARGEST_RUN * chunk.length) throw new RangeError('too short');
    return decodeRle(chunk, samples, bytesPerSample);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InputError(
      'MASK_UNREADABLE',
      'The SEG has a frame whose compressed pixel data are damaged or cut off; retrieve it again.',
      { cause },
    );
  }
}

function toSamples(bytes: Uint8Array, bytesPerSample: number): ArrayLike<number> {
  return bytesPerSample === 2 ? new Uint16Array(new Uint8Array(bytes).buffer) : bytes;
}

function sourcesOf(dataset: DicomDataset, frame: number): readonly SourceImage[] {
  const derivation = functionalGroup(dataset, frame, 'DerivationImageSequence');
  return sequence(derivation, 'SourceImageSequence').map((item) => ({
    sopInstanceUid: text(item, 'ReferencedSOPInstanceUID'),
    frameNumber: number(item, 'ReferencedFrameNumber'),
  }));
}

/** The series that a SEG was drawn on. */
export function referencedSeriesOfSeg(dataset: DicomDataset): string {
  return text(firstItem(dataset, 'ReferencedSeriesSequence'), 'SeriesInstanceUID');
}
