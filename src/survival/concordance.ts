/**
 * Concordance of a risk score with right-censored outcomes.
 * Harrell 1982; inverse-probability weights by Uno 2011; variance by the infinitesimal jackknife
 * (R survival::concordance with `reverse = TRUE`: a higher score means an earlier event).
 */
import { censoringCurve, survivalBefore } from './kaplanMeier';
import type { SurvivalData } from './data';
import { Z_975 } from './distributions';

export interface Concordance {
  readonly c: number;
  readonly standardError: number;
  /** c ± 1.96 SE, not clipped to 0..1. */
  readonly interval: readonly [number, number];
  readonly concordant: number;
  readonly discordant: number;
  readonly tiedScore: number;
}

/** Harrell's C: every comparable pair counts once. */
export function harrellC(data: SurvivalData, score: readonly number[]): Concordance {
  return weighted(data, score, () => 1);
}

/**
 * Uno's C: a pair counts 1 / G(t-)^2, where t is its earlier time and G the Kaplan-Meier of the
 * censoring; only pairs with t <= `tau`.
 */
export function unoC(data: SurvivalData, score: readonly number[], tau: number): Concordance {
  const censoring = censoringCurve(data);
  return weighted(data, score, (time) =>
    time > tau ? 0 : 1 / survivalBefore(censoring, time) ** 2,
  );
}

function weighted(
  data: SurvivalData,
  score: readonly number[],
  weightAt: (time: number) => number,
): Concordance {
  const rows = data.time.length;
  const concordantOf = new Float64Array(rows);
  const pairsOf = new Float64Array(rows);
  let concordant = 0;
  let discordant = 0;
  let tiedScore = 0;
  for (let i = 0; i < rows; i++) {
    if (data.event[i] === 0) continue;
    const weight = weightAt(data.time[i]);
    if (weight === 0) continue;
    for (let j = 0; j < rows; j++) {
      if (!outlives(data, i, j)) continue;
      const sign = Math.sign(score[i] - score[j]);
      if (sign > 0) concordant += weight;
      else if (sign < 0) discordant += weight;
      else tiedScore += weight;
      const credit = weight * (sign > 0 ? 1 : sign < 0 ? 0 : 0.5);
      concordantOf[i] += credit;
      concordantOf[j] += credit;
      pairsOf[i] += weight;
      pairsOf[j] += weight;
    }
  }
  const pairs = concordant + discordant + tiedScore;
  const c = (concordant + tiedScore / 2) / pairs;
  let variance = 0;
  for (let i = 0; i < rows; i++) variance += ((concordantOf[i] - c * pairsOf[i]) / pairs) ** 2;
  const standardError = Math.sqrt(variance);
  return {
    c,
    standardError,
    interval: [c - Z_975 * standardError, c + Z_975 * standardError],
    concordant,
    discordant,
    tiedScore,
  };
}

/** Whether j is known to be event-free when i has the event; censored at the same time counts as later. */
function outlives(data: SurvivalData, i: number, j: number): boolean {
  if (i === j) return false;
  return data.time[j] > data.time[i] || (data.time[j] === data.time[i] && data.event[j] === 0);
}
