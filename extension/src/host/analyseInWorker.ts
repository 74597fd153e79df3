import type { AnalysisRequest, RegistrationCheck } from '../../../src/chain/analysis';
import type { StageReport } from '../../../src/chain/stage';
import type { RenewHeaders } from '../../../src/chain/studySource';
import type { StoredResult } from '../../../src/chain/storedResult';
import { openInWorker, runInWorker } from '../../../src/workers/chainClient';
import { pluginFile } from '../pluginFiles';
import type { AnalysisHandle } from '../services/ports';

/** One worker for each analysis: Cancel ends it, and its memory goes with it. */
export function analyseInWorker(
  request: AnalysisRequest,
  onReport: (report: StageReport) => void,
  onRegistered: (check: RegistrationCheck) => void,
  renewHeaders: RenewHeaders,
): AnalysisHandle {
  const job = { request, assetsBaseUrl: pluginFile('./') };
  return runInWorker(chainWorker(), job, onReport, onRegistered, renewHeaders);
}

export function openStoredInWorker(
  job: Parameters<typeof openInWorker>[1],
  renewHeaders: RenewHeaders,
): Promise<StoredResult> {
  return openInWorker(chainWorker(), job, renewHeaders);
}

function chainWorker(): Worker {
  return new Worker(new URL('../../../src/workers/chain.worker.ts', import.meta.url), {
    type: 'module',
  });
}
