import type { FeatureContribution, Flag, HorizonRisk, NoScore, Score } from '../../chain/analysis';
import { MEASUREMENTS, NOT_ATTEMPTED } from '../report/concepts';
import { first, means, numberOf, valueCodeOf } from './contentReader';
import type { ReadItem } from './contentReader';
import { readFeatureValues } from './readContributions';

/** `NOMPROG24`, `NOMPROG1P5`, and the meaning for archives that strip the code. */
const HORIZON_CODE = /^NOMPROG(\d+(?:P\d+)?)$/;
const HORIZON_MEANING = /^Nomogram probability of progression at (\d+(?:\.\d+)?) months$/;

const REASON_LOST = 'The stored report no longer says why.';

/**
 * null: the report has a score, or should have one. A number that is merely lost is no statement.
 * @param all items of every group
 */
export function readNoScore(
  prognosis: readonly ReadItem[],
  all: readonly ReadItem[],
  remarks: readonly ReadItem[],
  flags: readonly Flag[],
): NoScore | null {
  const rprs = first(prognosis, MEASUREMENTS.rprs);
  if (numberOf(rprs) !== undefined) return null;
  const caution = flags.find(({ code }) => code === 'RPRS_NOT_EVALUABLE');
  const group = valueCodeOf(first(prognosis, MEASUREMENTS.riskGroup));
  const said =
    caution !== undefined ||
    means(valueCodeOf(rprs), NOT_ATTEMPTED) ||
    means(group, MEASUREMENTS.notEvaluable);
  if (!said) return null;
  return {
    evaluable: false,
    reason: caution?.message ?? REASON_LOST,
    features: readFeatureValues(all, remarks),
  };
}

/** @param need Throws for what is missing. */
export function readScore(
  items: readonly ReadItem[],
  contributions: readonly FeatureContribution[],
  age: number,
  need: (what: string, value: number | undefined) => number,
): Score {
  const value = (concept: Parameters<typeof first>[1]): number | undefined =>
    numberOf(first(items, concept));
  const rprs = need('RPRS', value(MEASUREMENTS.rprs));
  const onRprs = value(MEASUREMENTS.rprsCutoff);
  const cutoffScale = onRprs === undefined ? 'linearPredictor' : 'rprs';
  const values = { rprs, age };
  const points = (['rprs', 'age'] as const).flatMap((covariate) => {
    const found = value(MEASUREMENTS.pointsOf[covariate]);
    return found === undefined ? [] : [{ covariate, value: values[covariate], points: found }];
  });
  const cutoff = need('cut-off', onRprs ?? value(MEASUREMENTS.linearPredictorCutoff));
  const linearPredictor = need('linear predictor', value(MEASUREMENTS.linearPredictor));
  return {
    evaluable: true,
    rprs,
    contributions,
    linearPredictor,
    points,
    totalPoints: need('points of the nomogram', value(MEASUREMENTS.points)),
    risks: risksOf(items, need),
    group:
      groupOf(items) ?? ((onRprs === undefined ? linearPredictor : rprs) > cutoff ? 'high' : 'low'),
    cutoff,
    cutoffScale,
  };
}

function risksOf(
  items: readonly ReadItem[],
  need: (what: string, value: number | undefined) => number,
): HorizonRisk[] {
  const risks = items.flatMap((item) => {
    const [, months] =
      HORIZON_CODE.exec(item.name.value) ?? HORIZON_MEANING.exec(item.name.meaning) ?? [];
    const percent = numberOf(item);
    if (months === undefined || percent === undefined) return [];
    return [{ months: Number(months.replace('P', '.')), risk: percent / 100 }];
  });
  need('risk of progression', risks.at(0)?.risk);
  return risks.sort((a, b) => a.months - b.months);
}

function groupOf(items: readonly ReadItem[]): Score['group'] | null {
  const code = valueCodeOf(first(items, MEASUREMENTS.riskGroup));
  if (code.value === '' && code.meaning === '') return null;
  if (means(code, MEASUREMENTS.high)) return 'high';
  return means(code, MEASUREMENTS.low) ? 'low' : null;
}
