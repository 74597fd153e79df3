import { STAGES } from '../../../../src/chain/stage';
import type { RunState, Stages } from '../../services/session';
import { elapsed, seconds } from './format';
import { StageRow } from './StageRow';
import { useNow } from './useSession';

/** The truth about a run. When it has succeeded, it folds into one line. */
export function StageList({ run }: { readonly run: RunState }) {
  const now = useNow(run.phase === 'running');
  if (run.phase === 'idle') return null;
  if (run.phase !== 'done') {
    return (
      <>
        <Rows stages={run.stages} now={now} />
        {run.phase === 'running' && (
          <p className="sts-muted sts-elapsed">Running for {elapsed(now - run.startedAt)}</p>
        )}
      </>
    );
  }
  return (
    <details className="sts-details">
      <summary>
        {doneStages(run.stages)} of {STAGES.length} stages done in {seconds(run.seconds)}
      </summary>
      <Rows stages={run.stages} now={now} />
    </details>
  );
}

function Rows({ stages, now }: { readonly stages: Stages; readonly now: number }) {
  return (
    <ol className="sts-stages" aria-label="Stages of the analysis">
      {STAGES.map(({ id, label }) => (
        <StageRow key={id} id={id} label={label} progress={stages[id]} now={now} />
      ))}
    </ol>
  );
}

function doneStages(stages: Stages): number {
  return Object.values(stages).filter(({ state }) => state.state === 'done').length;
}
