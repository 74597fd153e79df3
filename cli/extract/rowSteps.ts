import type { Progress } from '../progress';

/**
 * Shows the rows of each step that are done, with the time that the others will take. Rows that an
 * earlier run had done already take no time and say nothing about it.
 */
export function rowSteps(
  progress: Progress,
  now: () => number = () => performance.now(),
): (step: string, done: number, of: number, reused: boolean) => void {
  let [current, started, worked, last] = ['', now(), 0, now()];
  return (step, done, of, reused) => {
    if (step !== current) [current, started, worked] = [step, last, 0];
    last = now();
    if (!reused) worked++;
    const perRow = worked === 0 ? 0 : (last - started) / 1000 / worked;
    const left = perRow * (of - done);
    progress.step(`${step}: ${done} of ${of} patients${timeText(left)}`, done / of);
  };
}

function timeText(seconds: number): string {
  if (seconds < 1) return '';
  const minutes = seconds / 60;
  return minutes < 1.5
    ? `, about ${Math.ceil(seconds)} s left`
    : `, about ${Math.ceil(minutes)} min left`;
}
