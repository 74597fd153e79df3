import { text } from './attributes';
import type { DicomDataset } from './series';

const DAYS_PER_UNIT: Readonly<Record<string, number>> = { D: 1, W: 7, M: 30.436875, Y: 365.25 };

export interface AgeAttributes {
  /** Patient's Age (0010,1010), VR AS: three digits and D, W, M or Y. */
  readonly patientAge?: string;
  /** Patient's Birth Date (0010,0030) and Study Date (0008,0020), VR DA. */
  readonly patientBirthDate?: string;
  readonly studyDate?: string;
}

/**
 * Age in years at the time of the study: Patient's Age where it is given, otherwise from the birth
 * date and the study date. null when the study does not say.
 * Source: PS3.3 C.7.2.2; PS3.5 6.2 (AS, DA).
 */
export function ageAtStudy(attributes: AgeAttributes): number | null {
  return ageFromString(attributes.patientAge) ?? ageFromDates(attributes);
}

/** `ageAtStudy` of the attributes of one instance. */
export function ageOf(dataset: DicomDataset): number | null {
  return ageAtStudy({
    patientAge: text(dataset, 'PatientAge'),
    patientBirthDate: text(dataset, 'PatientBirthDate'),
    studyDate: text(dataset, 'StudyDate'),
  });
}

function ageFromString(text: string | undefined): number | null {
  const match = /^(\d{3})([DWMY])$/.exec(text?.trim() ?? '');
  if (!match) return null;
  const [, digits, unit] = match;
  return unit === 'Y' ? Number(digits) : (Number(digits) * DAYS_PER_UNIT[unit]) / DAYS_PER_UNIT.Y;
}

/** Completed years, as people and Patient's Age count them. */
function ageFromDates({ patientBirthDate, studyDate }: AgeAttributes): number | null {
  const born = parseDate(patientBirthDate);
  const studied = parseDate(studyDate);
  if (born === null || studied === null || studied < born) return null;
  const years = studied.getUTCFullYear() - born.getUTCFullYear();
  const birthdayThatYear = Date.UTC(
    studied.getUTCFullYear(),
    born.getUTCMonth(),
    born.getUTCDate(),
  );
  return studied.getTime() < birthdayThatYear ? years - 1 : years;
}

function parseDate(text: string | undefined): Date | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text?.trim() ?? '');
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}
