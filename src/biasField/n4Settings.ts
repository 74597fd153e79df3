/** Settings of N4 and what it cannot run with. */
import { InputError } from '../chain/errors';
import type { Model } from '../model/schema';
import type { Grid, Vec3 } from '../volume/volume';
import { MINIMUM_CONTROL_POINTS } from './splineAxis';

export type N4Settings = Extract<Model['preprocessing']['biasField'], { method: 'n4' }>;

/** Control points of the first level: the same along every axis, or for each axis. */
export type EstimateSettings = Omit<N4Settings, 'controlPoints'> & {
  readonly controlPoints: number | Vec3;
};

/** The settings of most published N4 work (ANTs, Slicer, SimpleITK's example): "as in the paper". */
export const N4_DEFAULTS: N4Settings = {
  method: 'n4',
  shrink: [4, 4, 1],
  iterations: [50, 50, 50, 50],
  convergence: 0.001,
  controlPoints: 4,
  histogramBins: 200,
  fullWidthAtHalfMaximum: 0.15,
  wienerNoise: 0.01,
  excludeTumourMarginMm: null,
};

/**
 * What a new model should be trained with: two levels, and the tumour with 10 mm around it left out.
 * The settings above follow the tumour; see docs/decisions/0010-n4-bias-field.md.
 */
export const N4_RECOMMENDED: N4Settings = {
  ...N4_DEFAULTS,
  iterations: [50, 50],
  excludeTumourMarginMm: 10,
};

/**
 * Control points along each axis for knots at most this far apart, as ANTs counts them; ANTs also
 * pads the image to whole spans, which is not done here.
 */
export function controlPointsAt(distanceMm: number, { size, spacingMm }: Grid): Vec3 {
  if (!(distanceMm > 0)) {
    throw new InputError(
      'SETTING_UNSUPPORTED',
      `N4 cannot run with a spline distance of ${distanceMm} mm: it is above 0; correct this setting.`,
    );
  }
  const points = (axis: 0 | 1 | 2): number =>
    Math.ceil((size[axis] * spacingMm[axis]) / distanceMm) + MINIMUM_CONTROL_POINTS - 1;
  return [points(0), points(1), points(2)];
}

export function perAxis(controlPoints: number | Vec3): Vec3 {
  return typeof controlPoints === 'number'
    ? [controlPoints, controlPoints, controlPoints]
    : controlPoints;
}

/** @throws InputError SETTING_UNSUPPORTED */
export function checkSettings(settings: EstimateSettings): void {
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 1;
  const wrong = (what: string): InputError =>
    new InputError('SETTING_UNSUPPORTED', `N4 cannot run with ${what}; correct this setting.`);
  if (!settings.shrink.every(whole)) {
    throw wrong(`the shrink factors ${settings.shrink.join(', ')}: they are whole numbers from 1`);
  }
  if (settings.iterations.length === 0 || !settings.iterations.every(whole)) {
    throw wrong(`the iterations ${settings.iterations.join(', ')}: they are whole numbers from 1`);
  }
  const points = perAxis(settings.controlPoints);
  if (!points.every((n) => whole(n) && n >= MINIMUM_CONTROL_POINTS)) {
    const given = points.every((n) => n === points[0]) ? points[0] : points.join(' x ');
    throw wrong(`${given} control points: a cubic B-spline needs at least 4`);
  }
  if (!whole(settings.histogramBins) || settings.histogramBins < 2) {
    throw wrong(`${settings.histogramBins} histogram bins: at least 2 are needed`);
  }
  if (!(settings.fullWidthAtHalfMaximum > 0)) {
    throw wrong(
      `a full width at half maximum of ${settings.fullWidthAtHalfMaximum}: it is above 0`,
    );
  }
  if (!(settings.wienerNoise > 0)) {
    throw wrong(`a Wiener noise of ${settings.wienerNoise}: it is above 0`);
  }
  if (!(settings.convergence >= 0)) {
    throw wrong(`a convergence threshold of ${settings.convergence}: it is 0 or above`);
  }
}
