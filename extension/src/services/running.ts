import type { AnalysisResult } from '../../../src/chain/analysis';
import type { StageReport } from '../../../src/chain/stage';
import type { RunState, StageProgress, Stages, TumourChoice } from './session';
import { waitingStages } from './session';

/** `at` is a clock reading in milliseconds, so that the state machine itself has no clock. */
export type RunAction =
  | { readonly type: 'run/started'; readonly at: number }
  | { readonly type: 'run/reported'; readonly report: StageReport; readonly at: number }
  | { readonly type: 'run/cancelling' }
  | { readonly type: 'run/cancelled' }
  | { readonly type: 'run/failed'; readonly message: string }
  | {
      readonly type: 'run/finished';
      readonly result: AnalysisResult;
      readonly inputs: string;
      readonly tumour: TumourChoice | null;
      readonly at: number;
    };

export function reduceRun(run: RunState, action: RunAction): RunState {
  if (action.type === 'run/started') {
    const stages = waitingStages();
    return { phase: 'running', startedAt: action.at, stages, cancelling: false };
  }
  // A report or an answer that arrives after the end of a run belongs to nothing any more.
  if (run.phase !== 'running') return run;
  switch (action.type) {
    case 'run/reported':
      return { ...run, stages: withReport(run.stages, action.report, action.at) };
    case 'run/cancelling':
      return { ...run, cancelling: true };
    case 'run/cancelled':
      return { phase: 'cancelled', stages: stopped(run.stages, { state: 'waiting' }) };
    case 'run/failed':
      return {
        phase: 'failed',
        message: action.message,
        stages: stopped(run.stages, { state: 'failed', reason: action.message }),
      };
    case 'run/finished':
      return { phase: 'done', stages: run.stages, seconds: (action.at - run.startedAt) / 1000 };
  }
}

function withReport(stages: Stages, { stage, state }: StageReport, at: number): Stages {
  const startedAt = state.state === 'running' ? (stages[stage].startedAt ?? at) : null;
  return { ...stages, [stage]: { state, startedAt } };
}

/** What was running when the run ended takes the state `end`. */
function stopped(stages: Stages, end: StageProgress['state']): Stages {
  const entries = Object.entries(stages).map(([id, progress]) => [
    id,
    progress.state.state === 'running' ? { state: end, startedAt: null } : progress,
  ]);
  return Object.fromEntries(entries) as Stages;
}
