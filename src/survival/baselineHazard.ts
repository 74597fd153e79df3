import { timeGroups, timeOrder, type SurvivalData } from './data';
import type { Ties } from './cox';

/** Cumulative baseline hazard at each distinct time, at linear predictor 0. */
export interface BaselineHazard {
  readonly time: readonly number[];
  readonly cumulativeHazard: readonly number[];
}

/**
 * Breslow's estimator, or Efron's where ties are handled so (R survival::basehaz).
 * @param linearPredictor of each row; the hazard belongs to the value 0 on its scale
 */
export function baselineHazard(
  data: SurvivalData,
  linearPredictor: readonly number[],
  ties: Ties,
): BaselineHazard {
  const order = timeOrder(data);
  const groups = timeGroups(data, order);
  const increments = new Float64Array(groups.length);
  let atRisk = 0;
  for (let g = groups.length - 1; g >= 0; g--) {
    const [start, end] = groups[g];
    let dying = 0;
    let deaths = 0;
    for (let k = start; k < end; k++) {
      const weight = Math.exp(linearPredictor[order[k]]);
      atRisk += weight;
      if (data.event[order[k]] === 0) continue;
      dying += weight;
      deaths++;
    }
    for (let death = 0; death < deaths; death++) {
      const share = ties === 'efron' ? death / deaths : 0;
      increments[g] += 1 / (atRisk - share * dying);
    }
  }
  let cumulative = 0;
  return {
    time: groups.map(([start]) => data.time[order[start]]),
    cumulativeHazard: Array.from(increments, (increment) => (cumulative += increment)),
  };
}
