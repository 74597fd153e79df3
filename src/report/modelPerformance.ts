/** What a model file tells about its training, and the way back from there to a chart. */
import type { Model } from '../model/schema';
import type { Training } from '../training/train';
import type { GroupCurve, RiskGroups } from './riskGroups';
import { calibrationAt } from './evaluatePredictions';

export type ModelPerformance = NonNullable<Model['performance']>;

/** @param groups the training patients, split by the model's cut-off */
export function modelPerformance(
  training: Training,
  groups: RiskGroups,
  riskAt: (months: number) => readonly number[],
): ModelPerformance {
  const { chosen, cohort, horizons } = training;
  const { c, error } = chosen.nomogram;
  return {
    cIndex: {
      apparent: c.apparent,
      corrected: c.corrected,
      correctedInterval: [...c.correctedInterval],
    },
    integratedBrier: {
      boot632plus: error.integrated.boot632plus,
      kaplanMeier: error.integrated.kaplanMeier,
    },
    calibration: horizons.map((months) => ({
      months,
      groups: calibrationAt(cohort.data, riskAt(months), months).map((group) => ({
        patients: group.rows,
        events: group.events,
        predicted: group.meanPredicted,
        observed: group.observed,
        interval: group.interval && [...group.interval],
      })),
    })),
    groups: groups.groups.map((group) => groupPerformance(group, groups.times)),
    logRankP: groups.logRank?.p ?? null,
  };
}

function groupPerformance(
  group: GroupCurve,
  times: readonly number[],
): ModelPerformance['groups'][number] {
  return {
    group: group.name === 'high risk' ? 'high' : 'low',
    patients: group.patients,
    events: group.events,
    medianMonths: group.median,
    followUpMonths: group.steps.at(-1)?.time ?? 0,
    steps: group.steps.flatMap(({ time, survival, low, high }, k) =>
      survival < (group.steps[k - 1]?.survival ?? 1) ? [{ months: time, survival, low, high }] : [],
    ),
    atRisk: times.map((months, k) => ({ months, patients: group.atRisk[k] })),
  };
}

/** Props of the Kaplan-Meier chart for the training groups of a model; null when the file has none. */
export function trainingGroupCurves({
  performance,
}: Pick<Model, 'performance'>): Pick<RiskGroups, 'times' | 'groups'> | null {
  if (!performance || performance.groups.length === 0) return null;
  const [first] = performance.groups;
  return {
    times: first.atRisk.map(({ months }) => months),
    groups: performance.groups.map((group): GroupCurve => {
      const steps = group.steps.map(({ months, ...step }) => ({
        time: months,
        ...step,
        censored: 0,
      }));
      const last = steps.at(-1) ?? { survival: 1, low: 1, high: 1, censored: 0 };
      return {
        name: `${group.group} risk`,
        patients: group.patients,
        events: group.events,
        median: group.medianMonths,
        steps: [...steps, { ...last, time: group.followUpMonths }],
        atRisk: group.atRisk.map(({ patients }) => patients),
      };
    }),
  };
}
