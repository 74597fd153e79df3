import type { AnalysisRequest } from '../../../src/chain/analysis';
import type { StageReport } from '../../../src/chain/stage';
import type { AnalysisHandle } from '../services/ports';

/** One worker for each analysis: Cancel ends it, and its memory goes with it. */
export function analyseInWorker(
  _request: AnalysisRequest,
  _onReport: (report: StageReport) => void,
): AnalysisHandle {
  throw new Error('not connected yet');
}
