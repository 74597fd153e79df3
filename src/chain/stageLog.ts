import type { Flag, Provenance } from './analysis';
import { isInputError } from './errors';
import type { Run, StageId, StageReport } from './stage';

export interface StageOutcome<T> {
  readonly value: T;
  /** Settings and numbers of the stage, or the reason why it was not applied. */
  readonly note: string;
  readonly flags?: readonly Flag[];
  readonly applied?: boolean;
  /** Spent on this stage during earlier ones, in time that they did not need. */
  readonly secondsBefore?: number;
}

export interface StageWatcher {
  readonly signal: AbortSignal;
  report(report: StageReport): void;
}

/** Runs the stages one after the other: reports each, times it, keeps its note and its flags. */
export class StageLog {
  readonly stages: Provenance['stages'][number][] = [];
  readonly flags: Flag[] = [];

  constructor(private readonly watcher: StageWatcher) {}

  async run<T>(
    stage: StageId,
    work: (run: Run) => StageOutcome<T> | Promise<StageOutcome<T>>,
  ): Promise<T> {
    const { signal } = this.watcher;
    const run: Run = {
      signal,
      report: (fraction, message) =>
        this.watcher.report({
          stage,
          state: { state: 'running', fraction, ...(message === undefined ? {} : { message }) },
        }),
    };
    signal.throwIfAborted();
    run.report(0);
    const start = performance.now();
    try {
      const outcome = await work(run);
      signal.throwIfAborted();
      this.finish(stage, outcome, (performance.now() - start) / 1000);
      return outcome.value;
    } catch (error) {
      if (!signal.aborted) this.fail(stage, error);
      throw error;
    }
  }

  private finish(stage: StageId, outcome: StageOutcome<unknown>, elapsed: number): void {
    const { note, flags = [], applied = true, secondsBefore = 0 } = outcome;
    const seconds = secondsBefore + elapsed;
    this.stages.push({ stage, applied, note, seconds });
    this.flags.push(...flags);
    this.watcher.report({
      stage,
      state: applied ? { state: 'done', seconds, note } : { state: 'notApplied', reason: note },
    });
  }

  private fail(stage: StageId, error: unknown): void {
    const reason = isInputError(error)
      ? error.message
      : 'This stage stopped because of an error in the program.';
    this.watcher.report({ stage, state: { state: 'failed', reason } });
  }
}
