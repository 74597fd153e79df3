/**
 * Complex radix-2 fast Fourier transform in double precision (Cooley and Tukey 1965), in place.
 * Neither direction divides by the length.
 */
import { cos, sin } from '../numerics/portableMath';

export class FourierTransform {
  private readonly cosine: Float64Array;
  private readonly sine: Float64Array;
  private readonly reversed: Uint32Array;

  /** @param length a power of two. */
  constructor(readonly length: number) {
    if (length < 2 || (length & (length - 1)) !== 0) {
      throw new Error(`A radix-2 transform needs a power of two, not ${length}.`);
    }
    this.cosine = new Float64Array(length / 2);
    this.sine = new Float64Array(length / 2);
    for (let k = 0; k < length / 2; k++) {
      this.cosine[k] = cos((2 * Math.PI * k) / length);
      this.sine[k] = sin((2 * Math.PI * k) / length);
    }
    this.reversed = new Uint32Array(length);
    for (let i = 1; i < length; i++) {
      this.reversed[i] = (this.reversed[i >> 1] >> 1) | (i & 1 ? length >> 1 : 0);
    }
  }

  forward(re: Float64Array, im: Float64Array): void {
    this.transform(re, im, -1);
  }

  backward(re: Float64Array, im: Float64Array): void {
    this.transform(re, im, 1);
  }

  private transform(re: Float64Array, im: Float64Array, sign: 1 | -1): void {
    const { length, cosine, sine } = this;
    this.permute(re, im);
    for (let half = 1; half < length; half *= 2) {
      const step = length / (2 * half);
      for (let start = 0; start < length; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const c = cosine[k * step];
          const s = sign * sine[k * step];
          const a = start + k;
          const b = a + half;
          const x = re[b] * c - im[b] * s;
          const y = re[b] * s + im[b] * c;
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  }

  private permute(re: Float64Array, im: Float64Array): void {
    for (let i = 0; i < this.length; i++) {
      const j = this.reversed[i];
      if (j <= i) continue;
      const x = re[i];
      re[i] = re[j];
      re[j] = x;
      const y = im[i];
      im[i] = im[j];
      im[j] = y;
    }
  }
}
