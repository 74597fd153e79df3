import { anatomicSite } from './anatomy';
import { ALGORITHM_FAMILIES, SEGMENT_CODES } from './codes';
import type { Code } from './codes';
import { codeItem, cut } from './commonModules';
import type { WritableDataset, WritableValue } from './dcmjsFacade';
import type { SegmentAlgorithmType, SegmentRegion, SegmentationInput } from './outputTypes';
import type { ImageSeries } from './series';
import { recommendedColour } from './segmentColours';

/** Segment Description macro (PS3.3 C.8.20.4) for each region, codes of CID 7150 and 7151. */

interface Description {
  readonly label: string;
  readonly description: string;
  readonly category: Code;
  readonly type: Code;
  readonly modifier?: Code;
  readonly algorithmType: SegmentAlgorithmType;
  /** Required unless the type is MANUAL. */
  readonly algorithm?: {
    readonly family: Code;
    readonly name: string;
    readonly parameters: string;
  };
}

export function segmentItem(
  region: SegmentRegion,
  segmentNumber: number,
  input: SegmentationInput,
): WritableDataset {
  const description = describe(region, input);
  const { id, uid } = input.uids.tracking[region];
  const modifier: WritableDataset = description.modifier
    ? { SegmentedPropertyTypeModifierCodeSequence: [codeItem(description.modifier)] }
    : {};
  return {
    SegmentNumber: segmentNumber,
    SegmentLabel: segmentLabel(region, input),
    SegmentDescription: cut(description.description, 1024),
    SegmentAlgorithmType: description.algorithmType,
    ...algorithmAttributes(description, input),
    SegmentedPropertyCategoryCodeSequence: [codeItem(description.category)],
    SegmentedPropertyTypeCodeSequence: [{ ...codeItem(description.type), ...modifier }],
    AnatomicRegionSequence: [anatomicRegion(input.series)],
    RecommendedDisplayCIELabValue: recommendedColour(region),
    TrackingID: id,
    TrackingUID: uid,
  };
}

export function segmentLabel(region: SegmentRegion, input: SegmentationInput): string {
  return cut(describe(region, input).label, 64);
}

function describe(region: SegmentRegion, input: SegmentationInput): Description {
  if (region === 'tumour') return tumour(input);
  return region === 'peritumour' ? ring() : habitat(region, input);
}

function tumour({
  tumourLabel,
  tumourAlgorithmType,
  tumourAlgorithmName,
}: SegmentationInput): Description {
  const drawn: Description = {
    label: tumourLabel || 'Tumour',
    description: 'Tumour as it was segmented before the analysis',
    category: SEGMENT_CODES.abnormalStructure,
    type: SEGMENT_CODES.primaryNeoplasm,
    algorithmType: tumourAlgorithmType,
  };
  if (tumourAlgorithmType === 'MANUAL') return drawn;
  return {
    ...drawn,
    algorithm: {
      family: ALGORITHM_FAMILIES.manualProcessing,
      name: tumourAlgorithmName ?? 'Segmentation tool of the viewer',
      parameters: 'Not known to this software',
    },
  };
}

function habitat(
  region: 'habitat1' | 'habitat2' | 'habitat3',
  input: SegmentationInput,
): Description {
  const index = Number(region.slice(-1)) - 1;
  return {
    label: input.habitatNames[index],
    description: `Habitat ${index + 1} of the tumour: voxels of similar intensity on CE-T1WI and FS-T2WI`,
    category: SEGMENT_CODES.abnormalStructure,
    type: SEGMENT_CODES.primaryNeoplasm,
    modifier: SEGMENT_CODES[region],
    algorithmType: 'AUTOMATIC',
    algorithm: {
      family: ALGORITHM_FAMILIES.clusterAnalysis,
      name: `${input.software.name} habitats`,
      parameters: input.model
        ? `Nearest centroid of the model ${input.model.name} ${input.model.version}`
        : 'Nearest centroid',
    },
  };
}

function ring(): Description {
  return {
    label: 'Peritumoral ring',
    description: 'Tissue around the tumour within a fixed distance; air is left out',
    category: SEGMENT_CODES.tissue,
    type: SEGMENT_CODES.softTissue,
    modifier: SEGMENT_CODES.peritumoral,
    algorithmType: 'AUTOMATIC',
    algorithm: {
      family: ALGORITHM_FAMILIES.morphologicalOperations,
      name: 'Euclidean distance ring',
      parameters: 'Distance to the tumour in millimetres',
    },
  };
}

function algorithmAttributes(
  { algorithm }: Description,
  { software }: SegmentationInput,
): WritableDataset {
  if (!algorithm) return {};
  return {
    SegmentAlgorithmName: cut(algorithm.name, 64),
    SegmentationAlgorithmIdentificationSequence: [
      {
        AlgorithmFamilyCodeSequence: [codeItem(algorithm.family)],
        AlgorithmName: cut(algorithm.name, 64),
        AlgorithmVersion: software.version,
        AlgorithmParameters: algorithm.parameters,
      },
    ],
  };
}

function anatomicRegion({ header }: ImageSeries): WritableDataset {
  const { region, laterality } = anatomicSite(header);
  const item: Record<string, WritableValue | undefined> = { ...codeItem(region) };
  if (laterality) item.AnatomicRegionModifierSequence = [codeItem(laterality)];
  return item;
}
