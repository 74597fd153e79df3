/**
 * Deriche's fourth-order recursive approximation of a Gaussian and of its second derivative, as
 * ITK's RecursiveGaussianImageFilter (coefficients of Farneback & Westin, JMIV 2006; border values
 * continue to infinity).
 */

/** N: causal, M: anti-causal, D: common denominator; BN, BM: what stands for the past at a border. */
export interface RecursiveCoefficients {
  readonly n: Float64Array;
  readonly m: Float64Array;
  readonly d: Float64Array;
  readonly bn: Float64Array;
  readonly bm: Float64Array;
}

const W1 = 0.6681;
const L1 = -1.3932;
const W2 = 2.0787;
const L2 = -1.3732;
/** A1, B1, A2, B2 of the smoothing kernel and of the second derivative. */
const SMOOTHING = [1.353, 1.8151, -0.3531, 0.0902] as const;
const SECOND_DERIVATIVE = [-1.3563, 5.2318, 0.3446, -2.2355] as const;

interface Moments {
  readonly n: readonly number[];
  readonly s: number;
  readonly d: number;
  readonly e: number;
}

/** @param sigma in voxels */
export function smoothingCoefficients(sigma: number): RecursiveCoefficients {
  const d = denominator(sigma);
  const kernel = numerator(sigma, SMOOTHING);
  const area = (2 * kernel.s) / (1 + d[0] + d[1] + d[2] + d[3]) - kernel.n[0];
  return complete(
    kernel.n.map((v) => v * (1 / area)),
    d,
  );
}

/**
 * @param sigma in voxels
 * @param scale ITK's normalisation across scale, sigma squared in mm
 */
export function secondDerivativeCoefficients(sigma: number, scale: number): RecursiveCoefficients {
  const d = denominator(sigma);
  const SD = 1 + d[0] + d[1] + d[2] + d[3];
  const DD = d[0] + 2 * d[1] + 3 * d[2] + 4 * d[3];
  const ED = d[0] + 4 * d[1] + 9 * d[2] + 16 * d[3];
  const smooth = numerator(sigma, SMOOTHING);
  const second = numerator(sigma, SECOND_DERIVATIVE);
  const beta = -(2 * second.s - SD * second.n[0]) / (2 * smooth.s - SD * smooth.n[0]);
  const n = second.n.map((v, i) => v + beta * smooth.n[i]);
  const SN = second.s + beta * smooth.s;
  const DN = second.d + beta * smooth.d;
  const EN = second.e + beta * smooth.e;
  let alpha = EN * SD * SD - ED * SN * SD - 2 * DN * DD * SD + 2 * DD * DD * SN;
  alpha /= SD * SD * SD;
  return complete(
    n.map((v) => v * (scale / alpha)),
    d,
  );
}

function denominator(sigma: number): number[] {
  const cos1 = Math.cos(W1 / sigma);
  const cos2 = Math.cos(W2 / sigma);
  const exp1 = Math.exp(L1 / sigma);
  const exp2 = Math.exp(L2 / sigma);
  return [
    -2 * (exp2 * cos2 + exp1 * cos1),
    4 * cos2 * cos1 * exp1 * exp2 + (exp1 * exp1 + exp2 * exp2),
    -2 * cos1 * exp1 * exp2 * exp2 + -2 * cos2 * exp2 * exp1 * exp1,
    exp1 * exp1 * exp2 * exp2,
  ];
}

function numerator(sigma: number, kernel: readonly [number, number, number, number]): Moments {
  const [a1, b1, a2, b2] = kernel;
  const sin1 = Math.sin(W1 / sigma);
  const sin2 = Math.sin(W2 / sigma);
  const cos1 = Math.cos(W1 / sigma);
  const cos2 = Math.cos(W2 / sigma);
  const exp1 = Math.exp(L1 / sigma);
  const exp2 = Math.exp(L2 / sigma);
  const n0 = a1 + a2;
  const n1 = exp2 * (b2 * sin2 - (a2 + 2 * a1) * cos2) + exp1 * (b1 * sin1 - (a1 + 2 * a2) * cos1);
  let n2 = (a1 + a2) * cos2 * cos1;
  n2 -= b1 * cos2 * sin1 + b2 * cos1 * sin2;
  n2 *= 2 * exp1 * exp2;
  n2 += a2 * exp1 * exp1 + a1 * exp2 * exp2;
  const n3 =
    exp2 * exp1 * exp1 * (b2 * sin2 - a2 * cos2) + exp1 * exp2 * exp2 * (b1 * sin1 - a1 * cos1);
  return {
    n: [n0, n1, n2, n3],
    s: n0 + n1 + n2 + n3,
    d: n1 + 2 * n2 + 3 * n3,
    e: n1 + 4 * n2 + 9 * n3,
  };
}

function complete(n: readonly number[], d: readonly number[]): RecursiveCoefficients {
  const m = [n[1] - d[0] * n[0], n[2] - d[1] * n[0], n[3] - d[2] * n[0], -d[3] * n[0]];
  const SN = n[0] + n[1] + n[2] + n[3];
  const SM = m[0] + m[1] + m[2] + m[3];
  const SD = 1 + d[0] + d[1] + d[2] + d[3];
  return {
    n: Float64Array.from(n),
    m: Float64Array.from(m),
    d: Float64Array.from(d),
    bn: Float64Array.from(d, (v) => (v * SN) / SD),
    bm: Float64Array.from(d, (v) => (v * SM) / SD),
  };
}
