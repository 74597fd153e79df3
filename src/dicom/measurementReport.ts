import type { DicomObject } from '../chain/analysis';
import type { ReportInput } from './outputTypes';

export type { ReportInput } from './outputTypes';

export function buildMeasurementReport(_input: ReportInput): DicomObject {
  throw new Error('not written yet');
}
