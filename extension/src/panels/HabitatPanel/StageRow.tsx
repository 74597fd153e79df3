import type { StageId, StageState } from '../../../../src/chain/stage';
import type { StageProgress } from '../../services/session';
import { elapsed, seconds } from './format';
import { Icon } from './Icon';

export interface StageRowProps {
  readonly id: StageId;
  readonly label: string;
  readonly progress: StageProgress;
  /** Milliseconds, on the clock of `progress.startedAt`. */
  readonly now: number;
}

export function StageRow({ id, label, progress, now }: StageRowProps) {
  const { state, startedAt } = progress;
  return (
    <li className="sts-stage" data-testid={`sts-stage-${id}`} data-state={state.state}>
      <Mark state={state} />
      <span className="sts-stage-label">{label}</span>
      <span className="sts-stage-time">{timeOf(state, startedAt, now)}</span>
      {state.state === 'running' && <Bar label={label} {...state} />}
      <Explanation state={state} />
    </li>
  );
}

function Mark({ state }: { readonly state: StageState }) {
  switch (state.state) {
    case 'done':
      return <Icon name="done" />;
    case 'failed':
      return <Icon name="failed" />;
    case 'notApplied':
      return <Icon name="notApplied" />;
    default:
      return <span className={`sts-dot sts-dot-${state.state}`} aria-hidden="true" />;
  }
}

function timeOf(state: StageState, startedAt: number | null, now: number): string {
  switch (state.state) {
    case 'running':
      return startedAt === null ? '' : elapsed(now - startedAt);
    case 'done':
      return seconds(state.seconds);
    case 'notApplied':
      return 'not applied';
    case 'failed':
      return 'failed';
    case 'waiting':
      return '';
  }
}

function Bar({
  label,
  fraction,
  message,
}: {
  readonly label: string;
  readonly fraction: number;
  readonly message?: string;
}) {
  const percent = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  const text = message ? `${percent} %, ${message}` : `${percent} %`;
  return (
    <div
      className="sts-bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
    >
      <div style={{ width: `${percent}%` }} />
    </div>
  );
}

/** Why a stage was left out or failed, or what it does just now; how it was done is in the provenance. */
function Explanation({ state }: { readonly state: StageState }) {
  switch (state.state) {
    case 'running':
      return state.message ? <p className="sts-stage-note">{state.message}</p> : null;
    case 'notApplied':
    case 'failed':
      return <p className="sts-stage-note">{state.reason}</p>;
    default:
      return null;
  }
}
