import { InputError } from '../chain/errors';
import type { SurvivalData } from '../survival/data';
import type { TimeGrids } from './resample';

const DEFAULT_HORIZONS = [12, 24, 36];
const AUC_STEP_MONTHS = 6;
const BRIER_POINTS = 120;

/**
 * @param wanted undefined: those of 12, 24 and 36 months that lie within the follow-up
 * @throws InputError SETTING_UNSUPPORTED for a horizon that nobody was followed to
 */
export function horizonsOf(
  data: SurvivalData,
  wanted: readonly number[] | undefined,
): { horizons: number[]; followUpMonths: number } {
  const followUpMonths = Math.max(...data.time);
  const horizons = [...new Set(wanted ?? DEFAULT_HORIZONS)].sort((a, b) => a - b);
  const inside = horizons.filter((horizon) => horizon < followUpMonths);
  const refused = wanted ? horizons.filter((horizon) => horizon >= followUpMonths) : [];
  if (refused.length > 0 || inside.length === 0) {
    const beyond = refused.length > 0 ? refused : horizons;
    throw new InputError(
      'SETTING_UNSUPPORTED',
      `A horizon of ${beyond.join(', ')} months lies beyond the follow-up of this cohort, which ends at ${followUpMonths} months: set horizonsMonths within it.`,
    );
  }
  return { horizons: inside, followUpMonths };
}

/** Every month (or 1/120 of the time, when it is longer) for the Brier score. */
export function timeGrids(
  horizons: readonly number[],
  aucMonths: readonly number[] | undefined,
): TimeGrids {
  const last = Math.max(...horizons);
  const steps = Math.min(BRIER_POINTS, Math.max(12, Math.ceil(last)));
  const regular = Array.from(
    { length: Math.floor(last / AUC_STEP_MONTHS) },
    (_, k) => (k + 1) * AUC_STEP_MONTHS,
  );
  const auc = aucMonths ?? (regular.length > 0 ? regular : [last]);
  return {
    auc: [...new Set(auc)].sort((a, b) => a - b),
    brier: Array.from({ length: steps + 1 }, (_, k) => (k * last) / steps),
  };
}
