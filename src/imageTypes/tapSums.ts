/**
 * Two weighted sums over the same few neighbours, for a run of consecutive voxels. The single
 * precision twins round after each step, as C does with floats; six taps (coif1) are written out.
 */

export type Real = Float32Array | Float64Array;

/** Voxels `first` .. `first + count`; tap k reads `steps[k]` away. */
export type Sum = (
  input: Real,
  first: number,
  count: number,
  steps: Int32Array,
  low: Float64Array,
  high: Float64Array,
  outLow: Real,
  outHigh: Real,
) => void;

export const sumDouble: Sum = (input, first, count, steps, low, high, outLow, outHigh) => {
  for (let i = first; i < first + count; i++) {
    let l = 0;
    let h = 0;
    for (let k = 0; k < steps.length; k++) {
      const value = input[i + steps[k]];
      l += low[k] * value;
      h += high[k] * value;
    }
    outLow[i] = l;
    outHigh[i] = h;
  }
};

export const sumSingle: Sum = (input, first, count, steps, low, high, outLow, outHigh) => {
  const f = Math.fround;
  for (let i = first; i < first + count; i++) {
    let l = f(0);
    let h = f(0);
    for (let k = 0; k < steps.length; k++) {
      const value = f(input[i + steps[k]]);
      l = f(l + f(f(low[k]) * value));
      h = f(h + f(f(high[k]) * value));
    }
    outLow[i] = l;
    outHigh[i] = h;
  }
};

export const sumSixDouble: Sum = (input, first, count, steps, low, high, outLow, outHigh) => {
  const s0 = steps[0];
  const s1 = steps[1];
  const s2 = steps[2];
  const s3 = steps[3];
  const s4 = steps[4];
  const s5 = steps[5];
  const l0 = low[0];
  const l1 = low[1];
  const l2 = low[2];
  const l3 = low[3];
  const l4 = low[4];
  const l5 = low[5];
  const h0 = high[0];
  const h1 = high[1];
  const h2 = high[2];
  const h3 = high[3];
  const h4 = high[4];
  const h5 = high[5];
  for (let i = first; i < first + count; i++) {
    const a = input[i + s0];
    const b = input[i + s1];
    const c = input[i + s2];
    const d = input[i + s3];
    const e = input[i + s4];
    const g = input[i + s5];
    outLow[i] = l0 * a + l1 * b + l2 * c + l3 * d + l4 * e + l5 * g;
    outHigh[i] = h0 * a + h1 * b + h2 * c + h3 * d + h4 * e + h5 * g;
  }
};

export const sumSixSingle: Sum = (input, first, count, steps, low, high, outLow, outHigh) => {
  const f = Math.fround;
  const s0 = steps[0];
  const s1 = steps[1];
  const s2 = steps[2];
  const s3 = steps[3];
  const s4 = steps[4];
  const s5 = steps[5];
  const l0 = f(low[0]);
  const l1 = f(low[1]);
  const l2 = f(low[2]);
  const l3 = f(low[3]);
  const l4 = f(low[4]);
  const l5 = f(low[5]);
  const h0 = f(high[0]);
  const h1 = f(high[1]);
  const h2 = f(high[2]);
  const h3 = f(high[3]);
  const h4 = f(high[4]);
  const h5 = f(high[5]);
  for (let i = first; i < first + count; i++) {
    const a = f(input[i + s0]);
    const b = f(input[i + s1]);
    const c = f(input[i + s2]);
    const d = f(input[i + s3]);
    const e = f(input[i + s4]);
    const g = f(input[i + s5]);
    let l = f(f(l0) * a);
    l = f(l + f(f(l1) * b));
    l = f(l + f(f(l2) * c));
    l = f(l + f(f(l3) * d));
    l = f(l + f(f(l4) * e));
    outLow[i] = f(l + f(f(l5) * g));
    let h = f(f(h0) * a);
    h = f(h + f(f(h1) * b));
    h = f(h + f(f(h2) * c));
    h = f(h + f(f(h3) * d));
    h = f(h + f(f(h4) * e));
    outHigh[i] = f(h + f(f(h5) * g));
  }
};
