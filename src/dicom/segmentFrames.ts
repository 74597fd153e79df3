import { applyToPoint, indexToWorld } from '../volume/geometry';
import { codeItem } from './commonModules';
import { DERIVATION_CODES } from './codes';
import { decimalString } from './dcmjsFacade';
import type { WritableDataset, WritableValue } from './dcmjsFacade';
import { number } from './attributes';
import { wordsOf } from './masks';
import { encodeRle8 } from './rle';
import type { ImageSeries } from './series';
import { EXPLICIT_LITTLE_ENDIAN, RLE_LOSSLESS } from './transferSyntaxes';

/** One non-empty slice of a segment. */
export interface SegmentFrame {
  readonly segmentNumber: number;
  /** z index in the volume of the series. */
  readonly slice: number;
  /** rows x columns, 1 inside. */
  readonly plane: Uint8Array;
}

/** Empty frames are left out: readers take absence as "not here" (PS3.3 C.8.20.2). */
export function framesOf(
  segmentNumber: number,
  mask: Uint8Array,
  series: ImageSeries,
): SegmentFrame[] {
  const [columns, rows, slices] = series.volume.grid.size;
  const perSlice = columns * rows;
  return Array.from({ length: slices }, (_, slice) => ({
    segmentNumber,
    slice,
    plane: mask.subarray(slice * perSlice, (slice + 1) * perSlice),
  })).filter(({ plane }) => plane.includes(1));
}

export interface EncodedFrames {
  readonly transferSyntaxUid: string;
  readonly attributes: WritableDataset;
}

/**
 * BINARY where every frame starts at a byte and the pixel data need no padding byte. Otherwise
 * FRACTIONAL with the values 0 and 1, RLE compressed, because of two faults of OHIF 3.13: it takes the
 * padding for damage, and it reads frames that start within a byte in the wrong bit order, so that
 * voxels move while their count stays. This form is read exactly by 3.11 to 3.13; see docs/dicom.md.
 */
export function encodeFrames(frames: readonly SegmentFrame[], series: ImageSeries): EncodedFrames {
  const [columns, rows] = series.volume.grid.size;
  const aligned = (columns * rows) % 8 === 0;
  const even = (frames.length * columns * rows) % 16 === 0;
  return aligned && even ? packedBits(frames) : occupancy(frames, columns);
}

function packedBits(frames: readonly SegmentFrame[]): EncodedFrames {
  return {
    transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN,
    attributes: {
      SegmentationType: 'BINARY',
      BitsAllocated: 1,
      BitsStored: 1,
      HighBit: 0,
      PixelData: packBits(frames.map(({ plane }) => plane)),
    },
  };
}

function occupancy(frames: readonly SegmentFrame[], columns: number): EncodedFrames {
  return {
    transferSyntaxUid: RLE_LOSSLESS,
    attributes: {
      SegmentationType: 'FRACTIONAL',
      SegmentationFractionalType: 'OCCUPANCY',
      MaximumFractionalValue: 1,
      BitsAllocated: 8,
      BitsStored: 8,
      HighBit: 7,
      PixelData: frames.map(({ plane }) => encodeRle8(plane, columns)),
    },
  };
}

/** All frames one after the other, least significant bit first, padded to an even length (PS3.5 8.1.1). */
export function packBits(planes: readonly Uint8Array[]): Uint8Array {
  const bits = planes.reduce((sum, plane) => sum + plane.length, 0);
  const bytes = new Uint8Array(2 * Math.ceil(bits / 16));
  let bit = 0;
  for (const plane of planes) {
    const words = wordsOf(plane);
    for (let w = 0; w < words.length; w++) {
      if (words[w] === 0) continue;
      for (let i = 4 * w; i < 4 * w + 4; i++) bytes[(bit + i) >> 3] |= plane[i] << ((bit + i) & 7);
    }
    for (let i = 4 * words.length; i < plane.length; i++)
      bytes[(bit + i) >> 3] |= plane[i] << ((bit + i) & 7);
    bit += plane.length;
  }
  return bytes;
}

/** Shared and per-frame functional groups, and the dimensions that index them (PS3.3 C.7.6.16, C.7.6.17). */
export function functionalGroups(
  frames: readonly SegmentFrame[],
  series: ImageSeries,
  dimensionOrganizationUid: string,
): WritableDataset {
  const used = [...new Set(frames.map(({ slice }) => slice))].sort((a, b) => a - b);
  return {
    NumberOfFrames: String(frames.length),
    SharedFunctionalGroupsSequence: [sharedGroups(series)],
    PerFrameFunctionalGroupsSequence: frames.map((frame) =>
      frameGroups(frame, series, used.indexOf(frame.slice) + 1),
    ),
    DimensionOrganizationSequence: [{ DimensionOrganizationUID: dimensionOrganizationUid }],
    DimensionIndexSequence: [
      dimension(dimensionOrganizationUid, 0x0062000b, 0x0062000a, 'Segment'),
      dimension(dimensionOrganizationUid, 0x00200032, 0x00209113, 'Position'),
    ],
  };
}

function dimension(
  organizationUid: string,
  index: number,
  group: number,
  label: string,
): WritableDataset {
  return {
    DimensionOrganizationUID: organizationUid,
    DimensionIndexPointer: index,
    FunctionalGroupPointer: group,
    DimensionDescriptionLabel: label,
  };
}

function sharedGroups({ volume: { grid }, header }: ImageSeries): WritableDataset {
  const d = grid.direction;
  const thickness = number(header, 'SliceThickness');
  return {
    PixelMeasuresSequence: [
      {
        PixelSpacing: [grid.spacingMm[1], grid.spacingMm[0]].map(decimalString),
        SliceThickness: decimalString(thickness ? thickness : grid.spacingMm[2]),
        SpacingBetweenSlices: decimalString(grid.spacingMm[2]),
      },
    ],
    PlaneOrientationSequence: [
      { ImageOrientationPatient: [d[0], d[3], d[6], d[1], d[4], d[7]].map(decimalString) },
    ],
  };
}

function frameGroups(
  { segmentNumber, slice }: SegmentFrame,
  series: ImageSeries,
  positionRank: number,
): WritableDataset {
  const position = applyToPoint(indexToWorld(series.volume.grid), [0, 0, slice]);
  return {
    FrameContentSequence: [{ DimensionIndexValues: [segmentNumber, positionRank] }],
    PlanePositionSequence: [{ ImagePositionPatient: position.map(decimalString) }],
    SegmentIdentificationSequence: [{ ReferencedSegmentNumber: segmentNumber }],
    DerivationImageSequence: [
      {
        DerivationCodeSequence: [codeItem(DERIVATION_CODES.segmentation)],
        SourceImageSequence: [sourceImage(series, slice)],
      },
    ],
  };
}

function sourceImage(series: ImageSeries, slice: number): WritableDataset {
  const { sopClassUid, sopInstanceUid, frameNumber } = series.slices[slice];
  const reference: Record<string, WritableValue> = {
    ReferencedSOPClassUID: sopClassUid,
    ReferencedSOPInstanceUID: sopInstanceUid,
    SpatialLocationsPreserved: 'YES',
    PurposeOfReferenceCodeSequence: [codeItem(DERIVATION_CODES.sourceImage)],
  };
  if (frameNumber !== undefined) reference.ReferencedFrameNumber = String(frameNumber);
  return reference;
}
