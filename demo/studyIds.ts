import { newObjectUids, derivedUid } from '../src/dicom/uid';
import type { ObjectUids } from '../src/dicom/outputTypes';

/** UIDs and numbers of a simulated study. The same study key gives the same ones, every time. */
export interface StudyIds {
  readonly study: string;
  readonly frameOfReference: string;
  readonly fsT2Series: string;
  readonly ceT1Series: string;
  /** Of image k of a series, k from 0. */
  readonly instance: (seriesInstanceUid: string, k: number) => string;
  readonly contour: ObjectUids;
  /** At most 16 characters. */
  readonly accessionNumber: string;
  readonly studyId: string;
}

/** @param key what tells the study from all others, e.g. its name and seed. */
export function studyIds(key: string): StudyIds {
  const uid = (...parts: readonly string[]) =>
    derivedUid('sts-habitat simulated study', key, ...parts);
  let drawn = 0;
  return {
    study: uid('study'),
    frameOfReference: uid('frame of reference'),
    fsT2Series: uid('FS-T2WI'),
    ceT1Series: uid('CE-T1WI'),
    instance: (series, k) => derivedUid('sts-habitat simulated image', series, String(k)),
    contour: newObjectUids(() => uid('contour', String(drawn++))),
    accessionNumber: `SIM${digits(uid('accession'), 8)}`,
    studyId: `S${digits(uid('study id'), 6)}`,
  };
}

function digits(uid: string, count: number): string {
  return uid.slice(-count);
}
