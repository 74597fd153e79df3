import type { Provenance } from '../chain/analysis';
import { DERIVATION_CODES, PRIVATE_SCHEME } from './codes';
import type { Code } from './codes';
import { copyAttribute } from './dcmjsFacade';
import type { WritableDataset } from './dcmjsFacade';
import { MANUFACTURER } from './manufacturer';
import type { DicomDataset } from './series';
import { derivedUid } from './uid';

/** Modules that the SEG and the SR share (PS3.3 C.7.1 to C.7.5, C.12.1). */

export { MANUFACTURER };

/** Type 2 attributes stay, empty or not; no default text is ever written for them. */
const PATIENT_AND_STUDY = [
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'StudyInstanceUID',
  'StudyDate',
  'StudyTime',
  'ReferringPhysicianName',
  'StudyID',
  'AccessionNumber',
] as const;

/** Type 3: copied where present, so that a reader finds one patient and one study. */
const PATIENT_AND_STUDY_OPTIONAL = [
  'IssuerOfPatientID',
  'PatientAge',
  'PatientSize',
  'PatientWeight',
  'PatientIdentityRemoved',
  'DeidentificationMethod',
  'DeidentificationMethodCodeSequence',
  'LongitudinalTemporalInformationModified',
  'StudyDescription',
] as const;

export function patientAndStudy(header: DicomDataset): WritableDataset {
  const dataset: Record<string, WritableDataset[string]> = {};
  for (const keyword of PATIENT_AND_STUDY) dataset[keyword] = copyAttribute(header, keyword);
  for (const keyword of PATIENT_AND_STUDY_OPTIONAL) {
    const value = copyAttribute(header, keyword);
    if (value !== null) dataset[keyword] = value;
  }
  return dataset;
}

export interface Equipment {
  readonly software: Provenance['software'];
  readonly model: Provenance['model'] | null;
  /** Manufacturer (0008,0070); by default this project. */
  readonly manufacturer?: string;
}

export function generalEquipment({ software, manufacturer }: Equipment): WritableDataset {
  return {
    Manufacturer: manufacturer ?? MANUFACTURER,
    ManufacturerModelName: software.name,
    DeviceSerialNumber: software.version,
    SoftwareVersions: software.version,
  };
}

/** Stable for a release of the software: Device UID, Device Observer UID. */
export function softwareDeviceUid(software: Provenance['software']): string {
  return derivedUid('sts-habitat software', software.name, software.version);
}

/** One item for the software and one for the model (IHE AI Results 6.5.3.1). */
export function contributingEquipment({ software, model }: Equipment, when: Date): WritableDataset {
  const item = (name: string, version: string, deviceUid: string): WritableDataset => ({
    PurposeOfReferenceCodeSequence: [codeItem(DERIVATION_CODES.processingEquipment)],
    Manufacturer: MANUFACTURER,
    ManufacturerModelName: cut(name, 64),
    SoftwareVersions: cut(version, 64),
    DeviceUID: deviceUid,
    ContributionDateTime: dicomDate(when) + dicomTime(when),
  });
  const items = [item(software.name, software.version, softwareDeviceUid(software))];
  if (model) items.push(item(model.name, model.version, model.deviceUid));
  return { ContributingEquipmentSequence: items };
}

export interface SopCommon {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly when: Date;
}

export function sopCommon({ sopClassUid, sopInstanceUid, when }: SopCommon): WritableDataset {
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: sopClassUid,
    SOPInstanceUID: sopInstanceUid,
    InstanceCreationDate: dicomDate(when),
    InstanceCreationTime: dicomTime(when),
    ContentDate: dicomDate(when),
    ContentTime: dicomTime(when),
    InstanceNumber: '1',
  };
}

/** Declares the private coding scheme (PS3.3 C.12.1, Coding Scheme Identification Sequence). */
export const CODING_SCHEME_IDENTIFICATION: WritableDataset = {
  CodingSchemeIdentificationSequence: [
    {
      CodingSchemeDesignator: PRIVATE_SCHEME,
      CodingSchemeName: 'STS Habitat private codes',
      CodingSchemeVersion: '1',
      CodingSchemeResponsibleOrganization: 'STS Habitat project',
    },
  ],
};

export function codeItem({ value, scheme, meaning }: Code): WritableDataset {
  return { CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning };
}

/** DA in local time, as the studies of a hospital have it. */
export function dicomDate(when: Date): string {
  return [when.getFullYear(), when.getMonth() + 1, when.getDate()]
    .map((part, i) => String(part).padStart(i === 0 ? 4 : 2, '0'))
    .join('');
}

/** TM in local time. */
export function dicomTime(when: Date): string {
  return [when.getHours(), when.getMinutes(), when.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join('');
}

/** For text of our own that a value representation limits; whole characters only. */
export function cut(value: string, length: number): string {
  return [...value.replaceAll('\\', '/')].slice(0, length).join('');
}
