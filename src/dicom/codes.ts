/** A coded concept (PS3.3 8). Compared by value and scheme; the meaning is for people. */
export interface Code {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** The private scheme of this project, declared in every object that uses it; see docs/dicom.md. */
export const PRIVATE_SCHEME = '99STSHAB';
