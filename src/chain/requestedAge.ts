import { ageOf } from '../dicom/patientAge';
import type { DicomDataset } from '../dicom/series';
import type { AnalysisRequest, Flag } from './analysis';
import type { StageOutcome } from './stageLog';

/** De-identified studies give every age from here on as this one (PS3.15 E.3.6). */
const TOP_CODED_AGE = 90;

/** Says where the age is from, and cautions where an entered one is not the study's. */
export function withRequestedAge<Value>(
  outcome: StageOutcome<Value>,
  request: Pick<AnalysisRequest, 'age' | 'ageOrigin'>,
  header: DicomDataset,
): StageOutcome<Value> {
  const origin = request.ageOrigin === 'entered' ? 'as entered' : 'from the study';
  return {
    ...outcome,
    note: [outcome.note, `age ${years(request.age)} years, ${origin}`].filter(Boolean).join('; '),
    flags: [...(outcome.flags ?? []), ...ageFlag(request, ageOf(header))],
  };
}

function ageFlag(
  { age, ageOrigin }: Pick<AnalysisRequest, 'age' | 'ageOrigin'>,
  ofStudy: number | null,
): Flag[] {
  if (ageOrigin !== 'entered' || ofStudy === null) return [];
  if (Math.abs(age - ofStudy) < 1 || Math.min(age, ofStudy) >= TOP_CODED_AGE) return [];
  return [
    {
      code: 'AGE_DIFFERS',
      stage: 'read',
      message: `The age entered, ${years(age)} years, is not that of the study, ${years(ofStudy)} years: check which one is right, because the risk depends on it.`,
    },
  ];
}

function years(age: number): string {
  return String(Number(age.toFixed(1)));
}
