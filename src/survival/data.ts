import { InputError } from '../chain/errors';

/** Right-censored follow-up: `time[i]` >= 0 in any one unit; `event[i]` 1 event, 0 censored. */
export interface SurvivalData {
  readonly time: readonly number[];
  readonly event: readonly number[];
}

/**
 * @throws InputError TABLE_INVALID naming the first row (1-based) that cannot be used.
 */
export function requireSurvivalData(data: SurvivalData): void {
  const rows = data.time.length;
  if (rows !== data.event.length) throw new Error('time and event differ in length');
  for (let row = 0; row < rows; row++) {
    const time = data.time[row];
    if (!Number.isFinite(time) || time < 0) {
      throw new InputError(
        'TABLE_INVALID',
        `Row ${row + 1} has the follow-up time ${time}: give a number of 0 or more.`,
      );
    }
    if (data.event[row] !== 0 && data.event[row] !== 1) {
      throw new InputError(
        'TABLE_INVALID',
        `Row ${row + 1} has the event value ${data.event[row]}: use 1 for an event and 0 for censored.`,
      );
    }
  }
}

/** Row numbers by ascending time, events before censorings at a tie. */
export function timeOrder(data: SurvivalData): number[] {
  return data.time
    .map((_, row) => row)
    .sort((a, b) => data.time[a] - data.time[b] || data.event[b] - data.event[a] || a - b);
}

/** Runs of equal time in `order`, as [start, end) pairs. */
export function timeGroups(data: SurvivalData, order: readonly number[]): [number, number][] {
  const groups: [number, number][] = [];
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && data.time[order[end]] === data.time[order[start]]) end++;
    groups.push([start, end]);
    start = end;
  }
  return groups;
}
