/** The axes of a nomogram in points, as R's rms::nomogram lays them out. */
import { cumulativeHazardAt } from '../nomogram/cox';
import { effectRange, pointsPerUnit } from '../nomogram/nomogram';
import type { Model } from '../model/schema';

export interface PointAxis {
  readonly label: string;
  readonly ticks: readonly { readonly label: string; readonly points: number }[];
  /** Both ends, in points. */
  readonly span: readonly [number, number];
}

export interface NomogramAxes {
  readonly covariates: readonly PointAxis[];
  readonly largestTotal: number;
  readonly outcomes: readonly PointAxis[];
}

const RISKS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];
const MARKS = 8;
/** Points of the longest covariate axis. */
const LONGEST = 100;
/** Closer marks would print over each other; a share of the axis. */
const CLOSEST = 0.07;

/** @param roundNumbers round values between two ends, about so many */
export function nomogramAxes(
  { nomogram }: Model,
  roundNumbers: (from: number, to: number, count: number) => readonly number[],
): NomogramAxes {
  const scale = pointsPerUnit(nomogram);
  const ranges = nomogram.covariates.map(effectRange);
  const smallest = ranges.reduce((sum, [low]) => sum + low, 0);
  const largestTotal = ranges.reduce((sum, [low, high]) => sum + scale * (high - low), 0);
  return {
    covariates: nomogram.covariates.map(({ label, unit, coefficient, axis }, j) => ({
      label: unit === '' ? label : `${label} (${unit})`,
      ticks: spread(
        roundNumbers(axis[0], axis[1], MARKS)
          .map((value) => ({
            label: String(value),
            points: scale * (coefficient * value - ranges[j][0]),
          }))
          .sort((a, b) => a.points - b.points),
        LONGEST * CLOSEST,
      ),
      span: [0, scale * (ranges[j][1] - ranges[j][0])] as const,
    })),
    largestTotal,
    outcomes: nomogram.horizonsMonths.map((months) => {
      const hazard = cumulativeHazardAt(nomogram.baselineHazard, months);
      const ticks = RISKS.map((risk) => {
        const predictor = Math.log(-Math.log1p(-risk) / hazard) + nomogram.centre;
        return { label: `${Math.round(risk * 100)} %`, points: scale * (predictor - smallest) };
      }).filter(({ points }) => points >= 0 && points <= largestTotal);
      return {
        label: `${months}-month risk`,
        ticks: spread(ticks, largestTotal * CLOSEST),
        span: [ticks[0]?.points ?? 0, ticks.at(-1)?.points ?? 0] as const,
      };
    }),
  };
}

function spread<Tick extends { readonly points: number }>(
  ticks: readonly Tick[],
  closest: number,
): Tick[] {
  const kept: Tick[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (!last || tick.points - last.points >= closest) kept.push(tick);
  }
  return kept;
}
