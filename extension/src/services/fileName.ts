import type { DicomObject } from '../../../src/chain/analysis';

/** No patient data in a file name: the kind, and the UID that tells two results apart. */
export function fileNameOf(object: DicomObject): string {
  return `sts-habitat-${object.kind}-${object.sopInstanceUid}.dcm`;
}
