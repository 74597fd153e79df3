import erfc from '@stdlib/math-base-special-erfc';
import gammainc from '@stdlib/math-base-special-gammainc';

/** The 0.975 quantile of the standard normal distribution: two-sided 95 % intervals. */
export const Z_975 = 1.959963984540054;

/** Two-sided p of a standard normal statistic. */
export function normalTwoSidedP(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/** Upper tail probability of the chi-squared distribution. */
export function chiSquaredUpperP(statistic: number, degreesOfFreedom: number): number {
  return gammainc(statistic / 2, degreesOfFreedom / 2, true, true);
}
