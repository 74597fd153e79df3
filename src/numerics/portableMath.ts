/**
 * exp, log, sin and cos from additions, multiplications and divisions alone, which IEEE 754 fixes to
 * the last bit. `Math.exp` and its relatives are not fixed: V8 changed its implementation between
 * Node 20 and current Chromium, so the same study would get other voxels in the viewer than on the
 * command line. Whatever decides a habitat uses these (docs/decisions/0021-portable-functions.md).
 *
 * Algorithms and constants: Sun's fdlibm 5.3 (e_exp.c, e_log.c, k_sin.c, k_cos.c), error below one
 * unit in the last place.
 */

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const PER_LN2 = 1.442695040888963387;

/** 2^-600 to 2^600, exact. */
const HALF_RANGE = 600;
const POWERS_OF_2 = new Float64Array(2 * HALF_RANGE + 1);
POWERS_OF_2[HALF_RANGE] = 1;
for (let k = 1; k <= HALF_RANGE; k++) {
  POWERS_OF_2[HALF_RANGE + k] = 2 * POWERS_OF_2[HALF_RANGE + k - 1];
  POWERS_OF_2[HALF_RANGE - k] = 0.5 * POWERS_OF_2[HALF_RANGE - k + 1];
}

/** e to the power of x. */
export function exp(x: number): number {
  if (!(x > -746)) return Number.isNaN(x) ? NaN : 0;
  if (x > 710) return Infinity;
  const k = Math.floor(x * PER_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 +
                t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  const half = k >> 1;
  return y * POWERS_OF_2[HALF_RANGE + half] * POWERS_OF_2[HALF_RANGE + k - half];
}

const DOUBLE = new Float64Array(1);
/** Low word, high word: typed arrays are little-endian wherever JavaScript runs today. */
const WORDS = new Int32Array(DOUBLE.buffer);
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const TWO_54 = 18014398509481984;

/** Natural logarithm; -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  const normal = x >= SMALLEST_NORMAL;
  DOUBLE[0] = normal ? x : x * TWO_54;
  // x = 2^k (1 + f) with sqrt(2)/2 < 1 + f < sqrt(2).
  const mantissa = WORDS[1] & 0xfffff;
  const carry = (mantissa + 0x95f64) & 0x100000;
  const k = (WORDS[1] >> 20) - 1023 + (carry >> 20) - (normal ? 0 : 54);
  WORDS[1] = mantissa | (carry ^ 0x3ff00000);
  const f = DOUBLE[0] - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const even =
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const halfSquare = 0.5 * f * f;
  return k * LN2_HIGH - (halfSquare - (s * (halfSquare + odd + even) + k * LN2_LOW) - f);
}

/** First 33 bits of pi/2, and what is left of it. */
const QUARTER_HIGH = 1.57079632673412561417;
const QUARTER_LOW = 6.07710050650619224932e-11;

/** Radians; for |x| below a million. */
export function sin(x: number): number {
  return quarterTurns(x, 0);
}

/** Radians; for |x| below a million. */
export function cos(x: number): number {
  return quarterTurns(x, 1);
}

/** sin(x + quarters pi/2) */
function quarterTurns(x: number, quarters: number): number {
  const n = Math.floor(x / (QUARTER_HIGH + QUARTER_LOW) + 0.5);
  const r = x - n * QUARTER_HIGH;
  const w = n * QUARTER_LOW;
  const y = r - w;
  const rest = r - y - w;
  const quadrant = (((n + quarters) % 4) + 4) % 4;
  const value = quadrant % 2 === 0 ? smallSine(y, rest) : smallCosine(y, rest);
  return quadrant < 2 ? value : -value;
}

/** sin(x + rest) for |x| <= pi/4. */
function smallSine(x: number, rest: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z *
          (2.75573137070700676789e-6 +
            z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x - (z * (0.5 * rest - v * r) - rest - v * -1.66666666666666324348e-1);
}

/** cos(x + rest) for |x| <= pi/4. */
function smallCosine(x: number, rest: number): number {
  const z = x * x;
  const r =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z *
                (-2.75573143513906633035e-7 +
                  z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * rest));
}
