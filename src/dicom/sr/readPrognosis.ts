import type { FeatureContribution, HorizonRisk, Prognosis } from '../../chain/analysis';
import { MEASUREMENTS } from '../report/concepts';
import { first, means, numberOf, valueCodeOf } from './contentReader';
import type { ReadItem } from './contentReader';

/** `NOMPROG24`, `NOMPROG1P5`, and the meaning for archives that strip the code. */
const HORIZON_CODE = /^NOMPROG(\d+(?:P\d+)?)$/;
const HORIZON_MEANING = /^Nomogram probability of progression at (\d+(?:\.\d+)?) months$/;

/** @param need Throws for what is missing. */
export function readPrognosis(
  items: readonly ReadItem[],
  contributions: readonly FeatureContribution[],
  age: number,
  need: (what: string, value: number | undefined) => number,
): Prognosis {
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

function groupOf(items: readonly ReadItem[]): Prognosis['group'] | null {
  const code = valueCodeOf(first(items, MEASUREMENTS.riskGroup));
  if (code.value === '' && code.meaning === '') return null;
  if (means(code, MEASUREMENTS.high)) return 'high';
  return means(code, MEASUREMENTS.low) ? 'low' : null;
}
