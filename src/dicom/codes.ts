/** A coded concept (PS3.3 8). Compared by value and scheme; the meaning is for people. */
export interface Code {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** The private scheme of this project, declared in every object that uses it; see docs/dicom.md. */
export const PRIVATE_SCHEME = '99STSHAB';

/**
 * A code whose value fits Code Value (0008,0100).
 * @throws Error for a value longer than 16 or a meaning longer than 64 characters.
 */
export function code(value: string, scheme: string, meaning: string): Code {
  if (value.length === 0 || value.length > 16)
    throw new Error(`code value ${value}: 1 to 16 characters`);
  if (meaning.length === 0 || meaning.length > 64) {
    throw new Error(`code meaning ${meaning}: 1 to 64 characters`);
  }
  return { value, scheme, meaning };
}

export function sameCode(a: Code | undefined, b: Code | undefined): boolean {
  return a !== undefined && b !== undefined && a.value === b.value && a.scheme === b.scheme;
}

const dcm = (value: string, meaning: string): Code => code(value, 'DCM', meaning);
const sct = (value: string, meaning: string): Code => code(value, 'SCT', meaning);
const own = (value: string, meaning: string): Code => code(value, PRIVATE_SCHEME, meaning);

/** Segmented property category and type (CID 7150, 7151) and findings. */
export const SEGMENT_CODES = {
  abnormalStructure: sct('49755003', 'Morphologically Abnormal Structure'),
  tissue: sct('85756007', 'Tissue'),
  primaryNeoplasm: sct('372087000', 'Neoplasm, Primary'),
  softTissue: sct('87784001', 'Soft tissue'),
  habitat1: own('HAB1', 'Habitat 1'),
  habitat2: own('HAB2', 'Habitat 2'),
  habitat3: own('HAB3', 'Habitat 3'),
  peritumoral: own('PERITUM', 'Peritumoral'),
} as const;

/** Algorithm family, CID 7162. */
export const ALGORITHM_FAMILIES = {
  artificialIntelligence: dcm('123110', 'Artificial Intelligence'),
  clusterAnalysis: dcm('123107', 'Cluster Analysis'),
  morphologicalOperations: dcm('123104', 'Morphological Operations'),
  manualProcessing: dcm('123109', 'Manual Processing'),
} as const;

export const DERIVATION_CODES = {
  segmentation: dcm('113076', 'Segmentation'),
  sourceImage: dcm('121322', 'Source image for image processing operation'),
  processingEquipment: dcm('109102', 'Processing Equipment'),
} as const;

/** UCUM units. */
export const UNITS = {
  none: code('1', 'UCUM', 'no units'),
  percent: code('%', 'UCUM', 'percent'),
  cubicMillimetre: code('mm3', 'UCUM', 'cubic millimeter'),
  millimetre: code('mm', 'UCUM', 'millimeter'),
  squareMillimetre: code('mm2', 'UCUM', 'square millimeter'),
  perMillimetre: code('/mm', 'UCUM', 'per millimeter'),
  degree: code('deg', 'UCUM', 'degree'),
  year: code('a', 'UCUM', 'year'),
  month: code('mo', 'UCUM', 'month'),
} as const;
