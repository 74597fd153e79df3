import { STAGES } from '../../../../src/chain/stage';
import type { Session } from '../../services/session';

/** One polite announcement of what changed, for people who do not see the stage list. */
export function LiveRegion({ session }: { readonly session: Session }) {
  return (
    <p className="sts-visually-hidden" role="status" aria-live="polite">
      {announcement(session)}
    </p>
  );
}

export function announcement({ run, outcome, opening, reviews }: Session): string {
  switch (run.phase) {
    case 'idle':
      if (opening?.state === 'opening') return 'Opening the stored result.';
      return outcome?.archive ? 'The stored result is shown.' : '';
    case 'running': {
      if (run.cancelling) return 'Cancelling the analysis.';
      const current = STAGES.find(({ id }) => run.stages[id].state.state === 'running');
      const check = reviews.ofRun ? ' The registration can be checked.' : '';
      return current ? `${current.label}: running.${check}` : 'The analysis has started.';
    }
    case 'cancelled':
      return 'The analysis was cancelled.';
    case 'failed':
      return 'The analysis failed.';
    case 'done':
      return outcome?.storing.phase === 'stored'
        ? 'The results are stored.'
        : 'The analysis is done. The results follow.';
  }
}
