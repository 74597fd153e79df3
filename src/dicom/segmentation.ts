import { text, texts } from './attributes';
import {
  CODING_SCHEME_IDENTIFICATION,
  contributingEquipment,
  cut,
  dicomDate,
  dicomTime,
  generalEquipment,
  patientAndStudy,
  sopCommon,
} from './commonModules';
import { copyAttribute, writePart10 } from './dcmjsFacade';
import type { WritableDataset } from './dcmjsFacade';
import { countOnes, maskOfLabel, overlap } from './masks';
import { SEGMENT_REGIONS } from './outputTypes';
import type {
  SegmentRegion,
  SegmentationInput,
  SegmentationObject,
  WrittenSegment,
} from './outputTypes';
import { segmentItem, segmentLabel } from './segmentDescriptions';
import { encodeFrames, framesOf, functionalGroups } from './segmentFrames';
import type { ImageSeries } from './series';

export type { SegmentationInput, SegmentationObject } from './outputTypes';

export const SEGMENTATION_STORAGE = '1.2.840.10008.5.1.4.1.1.66.4';
const SERIES_NUMBER = '9001';

/**
 * The Segmentation object (PS3.3 A.51) of a result: tumour, habitats 1 to 3, ring. Regions without
 * a voxel are left out and the others are numbered on: readers hang on segments without frames.
 * The same input gives the same bytes.
 * @throws Error when the tumour is empty or a label array does not fit the grid.
 */
export function buildSegmentation(input: SegmentationInput): SegmentationObject {
  const regions = nonEmptyRegions(input);
  const frames = regions.flatMap(({ region, mask }) =>
    framesOf(numberOf(regions, region), mask, input.series),
  );
  const { transferSyntaxUid, attributes } = encodeFrames(frames, input.series);
  const dataset: WritableDataset = {
    ...header(input),
    ...imageAttributes(input.series),
    ...functionalGroups(frames, input.series, input.uids.dimensionOrganization),
    SegmentsOverlap: overlap(regions.map(({ mask }) => mask)) ? 'YES' : 'NO',
    SegmentSequence: regions.map(({ region }) =>
      segmentItem(region, numberOf(regions, region), input),
    ),
    ReferencedSeriesSequence: [referencedSeries(input.series)],
    ...attributes,
  };
  return {
    kind: 'SEG',
    sopClassUid: SEGMENTATION_STORAGE,
    sopInstanceUid: input.uids.segInstance,
    seriesInstanceUid: input.uids.segSeries,
    studyInstanceUid: input.series.studyInstanceUid,
    part10: writePart10(dataset, transferSyntaxUid),
    segments: regions.map(({ region, mask }) => writtenSegment(region, mask, regions, input)),
  };
}

interface RegionMask {
  readonly region: SegmentRegion;
  readonly mask: Uint8Array;
}

function nonEmptyRegions(input: SegmentationInput): RegionMask[] {
  const voxels = input.series.volume.data.length;
  for (const labels of [input.tumour, input.habitats, input.ring]) {
    if (labels && labels.length !== voxels) throw new Error('labels do not fit the series');
  }
  const regions = SEGMENT_REGIONS.map((region) => ({ region, mask: maskOf(region, input) })).filter(
    ({ mask }) => mask.includes(1),
  );
  if (regions[0]?.region !== 'tumour') throw new Error('a segmentation needs a tumour');
  return regions;
}

function maskOf(region: SegmentRegion, { tumour, habitats, ring }: SegmentationInput): Uint8Array {
  if (region === 'tumour') return tumour;
  if (region === 'peritumour') return ring ?? new Uint8Array();
  const label = Number(region.slice(-1));
  return habitats ? maskOfLabel(habitats, label) : new Uint8Array();
}

function numberOf(regions: readonly RegionMask[], region: SegmentRegion): number {
  return regions.findIndex((item) => item.region === region) + 1;
}

function writtenSegment(
  region: SegmentRegion,
  mask: Uint8Array,
  regions: readonly RegionMask[],
  input: SegmentationInput,
): WrittenSegment {
  return {
    region,
    segmentNumber: numberOf(regions, region),
    label: segmentLabel(region, input),
    voxels: countOnes(mask),
  };
}

function header(input: SegmentationInput): WritableDataset {
  const { series, uids, when, model } = input;
  const habitats = input.habitats !== null;
  return {
    ...sopCommon({ sopClassUid: SEGMENTATION_STORAGE, sopInstanceUid: uids.segInstance, when }),
    ...patientAndStudy(series.header),
    ...generalEquipment(input),
    ...contributingEquipment({ software: input.software, model }, when),
    ...(habitats ? CODING_SCHEME_IDENTIFICATION : {}),
    Modality: 'SEG',
    SeriesInstanceUID: uids.segSeries,
    SeriesNumber: SERIES_NUMBER,
    SeriesDate: dicomDate(when),
    SeriesTime: dicomTime(when),
    SeriesDescription: cut(input.seriesDescription ?? 'STS habitats (research)', 64),
    FrameOfReferenceUID: series.frameOfReferenceUid,
    PositionReferenceIndicator: null,
    ContentLabel: habitats ? 'HABITATS' : 'TUMOUR',
    ContentDescription: habitats ? 'Tumour, habitats and peritumoral ring' : 'Tumour',
    ContentCreatorName: null,
    ...bodyPart(series),
  };
}

function bodyPart({ header: source }: ImageSeries): WritableDataset {
  const value = copyAttribute(source, 'BodyPartExamined');
  return value === null ? {} : { BodyPartExamined: value };
}

function imageAttributes(series: ImageSeries): WritableDataset {
  const [columns, rows] = series.volume.grid.size;
  return {
    ImageType: ['DERIVED', 'PRIMARY'],
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    PixelRepresentation: 0,
    Rows: rows,
    Columns: columns,
    ...lossyCompression(series),
  };
}

/** Lossy once, lossy for ever (PS3.3 C.7.6.1.1.5). */
function lossyCompression({ header: source }: ImageSeries): WritableDataset {
  if (text(source, 'LossyImageCompression') !== '01') return { LossyImageCompression: '00' };
  return {
    LossyImageCompression: '01',
    LossyImageCompressionRatio: texts(source, 'LossyImageCompressionRatio'),
    LossyImageCompressionMethod: texts(source, 'LossyImageCompressionMethod'),
  };
}

function referencedSeries(series: ImageSeries): WritableDataset {
  const instances = new Map(series.slices.map((slice) => [slice.sopInstanceUid, slice]));
  return {
    SeriesInstanceUID: series.seriesInstanceUid,
    ReferencedInstanceSequence: [...instances.values()].map((slice) => ({
      ReferencedSOPClassUID: slice.sopClassUid,
      ReferencedSOPInstanceUID: slice.sopInstanceUid,
    })),
  };
}
