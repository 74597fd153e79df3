import { code as readCode, firstItem, text } from './attributes';
import { code } from './codes';
import type { Code } from './codes';
import type { DicomDataset } from './series';

/** Where the tumour lies, as far as the images say it in codes. */
export interface AnatomicSite {
  readonly region: Code;
  /** undefined when the images do not say it. */
  readonly laterality: Code | undefined;
}

const LATERALITY: Readonly<Record<string, Code>> = {
  L: code('7771000', 'SCT', 'Left'),
  R: code('24028007', 'SCT', 'Right'),
};

/** Body Part Examined (0018,0015) -> SNOMED CT, from PS3.16 annex L, for places where sarcomas grow. */
const BODY_PARTS: Readonly<Record<string, Code>> = {
  THIGH: code('68367000', 'SCT', 'Thigh'),
  LEG: code('61685007', 'SCT', 'Lower limb'),
  'LOWER LIMB': code('61685007', 'SCT', 'Lower limb'),
  LOWERLIMB: code('61685007', 'SCT', 'Lower limb'),
  ARM: code('53120007', 'SCT', 'Upper limb'),
  'UPPER LIMB': code('53120007', 'SCT', 'Upper limb'),
  UPPERLIMB: code('53120007', 'SCT', 'Upper limb'),
  PELVIS: code('816092008', 'SCT', 'Pelvis'),
};
const SOFT_TISSUE = code('87784001', 'SCT', 'Soft tissue');

/** The coded region of the images, their body part, or soft tissue where they say neither. */
export function anatomicSite(header: DicomDataset): AnatomicSite {
  const coded = readCode(header, 'AnatomicRegionSequence');
  const bodyPart = BODY_PARTS[text(header, 'BodyPartExamined').toUpperCase()];
  const side = text(header, 'ImageLaterality') || text(header, 'Laterality');
  const modifier = readCode(
    firstItem(header, 'AnatomicRegionSequence'),
    'AnatomicRegionModifierSequence',
  );
  const codedSide = Object.values(LATERALITY).find((known) => known.value === modifier?.value);
  return {
    region: coded?.scheme === 'SCT' && coded.meaning ? coded : (bodyPart ?? SOFT_TISSUE),
    laterality: codedSide ?? LATERALITY[side],
  };
}
