import { PRIVATE_SCHEME, code } from '../codes';
import type { Code } from '../codes';

/** Concept names and coded values of the report; private ones are listed in docs/dicom.md. */

const dcm = (value: string, meaning: string): Code => code(value, 'DCM', meaning);
const sct = (value: string, meaning: string): Code => code(value, 'SCT', meaning);
const ibsi = (value: string, meaning: string): Code => code(value, 'IBSI', meaning);
const own = (value: string, meaning: string): Code => code(value, PRIVATE_SCHEME, meaning);

export const DOCUMENT = {
  // Not 126000: the text view of OHIF 3.13 fails on that title when groups have no coordinates.
  title: dcm('126001', 'Oncology Measurement Report'),
  language: dcm('121049', 'Language of Content Item and Descendants'),
  english: code('en', 'RFC5646', 'English'),
  observerType: dcm('121005', 'Observer Type'),
  device: dcm('121007', 'Device'),
  deviceUid: dcm('121012', 'Device Observer UID'),
  deviceName: dcm('121013', 'Device Observer Name'),
  deviceManufacturer: dcm('121014', 'Device Observer Manufacturer'),
  deviceModel: dcm('121015', 'Device Observer Model Name'),
  person: dcm('121006', 'Person'),
  personName: dcm('121008', 'Person Observer Name'),
  subjectAge: dcm('121033', 'Subject Age'),
  procedure: dcm('121058', 'Procedure reported'),
  imagingProcedure: sct('363679005', 'Imaging procedure'),
  measurements: dcm('126010', 'Imaging Measurements'),
  evaluations: code('C0034375', 'UMLS', 'Qualitative Evaluations'),
} as const;

export const GROUP = {
  name: dcm('125007', 'Measurement Group'),
  trackingId: dcm('112039', 'Tracking Identifier'),
  trackingUid: dcm('112040', 'Tracking Unique Identifier'),
  finding: dcm('121071', 'Finding'),
  segment: dcm('121191', 'Referenced Segment'),
  sourceSeries: dcm('121232', 'Source series for segmentation'),
  findingSite: sct('363698007', 'Finding Site'),
  laterality: sct('272741003', 'Laterality'),
  sarcoma: sct('424952003', 'Sarcoma of soft tissue'),
} as const;

export const ALGORITHM = {
  family: dcm('111000', 'Algorithm Family'),
  name: dcm('111001', 'Algorithm Name'),
  version: dcm('111003', 'Algorithm Version'),
  parameters: dcm('111002', 'Algorithm Parameters'),
} as const;

export const MEASUREMENTS = {
  volume: ibsi('YEKZ', 'Volume from Voxel Summation'),
  habitatFraction: own('HABFRAC', 'Habitat volume fraction'),
  /** Of habitats without a voxel, which have no segment and so no group of their own. */
  absentHabitat: {
    habitat1: own('HAB1FRAC', 'Habitat 1 volume fraction (no voxel)'),
    habitat2: own('HAB2FRAC', 'Habitat 2 volume fraction (no voxel)'),
    habitat3: own('HAB3FRAC', 'Habitat 3 volume fraction (no voxel)'),
  },
  ringClipped: own('RINGCLIP', 'Fraction of the ring outside the body'),
  rprs: own('RPRS', 'Radiomics progression risk score'),
  rprsCutoff: own('RPRSCUT', 'RPRS high/low cut-off'),
  linearPredictor: own('NOMLP', 'Nomogram linear predictor'),
  linearPredictorCutoff: own('NOMLPCUT', 'Nomogram linear predictor high/low cut-off'),
  points: own('NOMPTS', 'Nomogram total points'),
  pointsOf: {
    rprs: own('NOMPTSRPRS', 'Nomogram points of the RPRS'),
    age: own('NOMPTSAGE', 'Nomogram points of the age'),
  },
  riskGroup: own('RISKGRP', 'Progression risk group'),
  high: sct('15508007', 'High risk'),
  low: sct('75976002', 'Low risk'),
  notEvaluable: own('NOTEVAL', 'Not evaluable'),
  registrationRotation: own('REGROT', 'Rotation between the series'),
  registrationTranslation: own('REGTRANS', 'Translation between the series'),
} as const;

/**
 * In the place of a score: a value of CID 42 in a coded item of the score's name. PS3.3 C.18.1 also
 * allows a NUM without a value, but PixelMed's validator refuses it, and OHIF's text view passes over it.
 */
export const NOT_ATTEMPTED = dcm('114007', 'Measurement not attempted');

/** One code for each horizon. */
export function horizonConcept(months: number): Code {
  return own(
    `NOMPROG${String(months).replace('.', 'P')}`,
    `Nomogram probability of progression at ${months} months`,
  );
}

/** What a person said of the registration. */
export const REGISTRATION_REVIEW = {
  name: own('REGREVIEW', 'Review of the registration'),
  notReviewed: own('REGNOREVIEW', 'Registration not reviewed by the user'),
  accepted: own('REGACCEPTED', 'Registration accepted by the user'),
  rejected: own('REGREJECTED', 'Registration rejected by the user'),
  identityByChoice: own('REGIDENTITY', 'Scanner geometry (identity) by choice of the user'),
} as const;

/** What the remarks of the report are about. */
export const REMARKS = {
  researchUse: dcm('121106', 'Comment'),
  demonstration: own('DEMONSTRATION', 'Demonstration model'),
  model: own('MODEL', 'Model'),
  training: own('MODELTRAINING', 'Training of the model'),
  validation: own('MODELVALIDATION', 'Validation of the model'),
  harmonisation: own('HARMONISATION', 'Harmonisation'),
  caution: own('CAUTION', 'Caution'),
  missingFeature: own('MISSINGFEATURE', 'Feature that could not be measured'),
  processing: own('PROCESSING', 'Processing step'),
} as const;
