import type { AnalysisRequest } from '../../../src/chain/analysis';
import type { StageReport } from '../../../src/chain/stage';
import { runInWorker } from '../../../src/workers/chainClient';
import { pluginFile } from '../pluginFiles';
import type { AnalysisHandle } from '../services/ports';

/** One worker for each analysis: Cancel ends it, and its memory goes with it. */
export function analyseInWorker(
  request: AnalysisRequest,
  onReport: (report: StageReport) => void,
): AnalysisHandle {
  const worker = new Worker(new URL('../../../src/workers/chain.worker.ts', import.meta.url), {
    type: 'module',
  });
  return runInWorker(worker, { request, assetsBaseUrl: pluginFile('./') }, onReport);
}
