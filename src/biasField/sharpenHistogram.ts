/**
 * Histogram sharpening of N3/N4 (Sled 1998, Tustison 2010): the log intensities are taken as true
 * intensities blurred by a Gaussian; Wiener deconvolution gives the distribution of the true ones,
 * and E(u | v) the expected true intensity of a measured one.
 * Reference: itk::N4BiasFieldCorrectionImageFilter::SharpenImage, with its single precision.
 */
import { exp } from '../numerics/portableMath';
import { FourierTransform } from './fft';

export interface SharpeningSettings {
  readonly histogramBins: number;
  /** Of the Gaussian, in log intensity. */
  readonly fullWidthAtHalfMaximum: number;
  readonly wienerNoise: number;
}

export interface IntensityRange {
  readonly low: number;
  readonly high: number;
}

interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const { floor, fround } = Math;

export class HistogramSharpener {
  private readonly fourier: FourierTransform;
  private readonly counts: Float32Array;
  /** E(u | v) at the bin positions. */
  private readonly expected: Float32Array;
  private readonly histogram: Complex;
  private readonly gaussian: Complex;
  private readonly weighted: Complex;
  /** Bins of zeros in front of the histogram in the padded one. */
  private readonly offset: number;

  constructor(private readonly settings: SharpeningSettings) {
    const bins = settings.histogramBins;
    const padded = 2 ** (Math.ceil(Math.log2(bins)) + 1);
    const complex = (): Complex => ({
      re: new Float64Array(padded),
      im: new Float64Array(padded),
    });
    this.fourier = new FourierTransform(padded);
    this.counts = new Float32Array(bins);
    this.expected = new Float32Array(bins);
    this.histogram = complex();
    this.gaussian = complex();
    this.weighted = complex();
    this.offset = Math.floor(0.5 * (padded - bins));
  }

  /** Writes `log` minus its sharpened value to `residual`. `range` is the extent of `log`. */
  residual(log: Float32Array, range: IntensityRange, residual: Float32Array): void {
    if (range.high <= range.low) {
      residual.fill(0);
      return;
    }
    const slope = fround(fround(range.high - range.low) / (this.settings.histogramBins - 1));
    this.countParzen(log, range.low, slope);
    this.expect(range.low, slope);
    const { expected } = this;
    const last = expected.length - 1;
    for (let i = 0; i < log.length; i++) {
      const position = fround(fround(log[i] - range.low) / slope);
      const bin = floor(position);
      let sharp = expected[last];
      if (bin < last) {
        const here = expected[bin];
        const step = fround(expected[bin + 1] - here);
        sharp = fround(here + fround(step * fround(position - bin)));
      }
      residual[i] = log[i] - sharp;
    }
  }

  /** A voxel counts in its two nearest bins (triangular Parzen window). */
  private countParzen(log: Float32Array, low: number, slope: number): void {
    const { counts } = this;
    const last = counts.length - 1;
    counts.fill(0);
    for (let i = 0; i < log.length; i++) {
      const position = fround(fround(log[i] - low) / slope);
      const bin = floor(position);
      const rest = fround(position - bin);
      if (rest === 0) counts[bin] += 1;
      else if (bin < last) {
        counts[bin] += 1 - rest;
        counts[bin + 1] += rest;
      }
    }
  }

  private expect(low: number, slope: number): void {
    const { fourier, gaussian, histogram, weighted, counts, offset, expected } = this;
    histogram.re.fill(0);
    histogram.im.fill(0);
    histogram.re.set(counts, offset);
    fourier.forward(histogram.re, histogram.im);
    this.fillGaussian(slope);
    fourier.forward(gaussian.re, gaussian.im);
    deconvolve(histogram, gaussian, this.settings.wienerNoise);
    fourier.backward(histogram.re, histogram.im);
    for (let n = 0; n < fourier.length; n++) {
      const density = Math.max(histogram.re[n], 0);
      histogram.re[n] = density;
      histogram.im[n] = 0;
      weighted.re[n] = fround(low + fround(fround(n - offset) * slope)) * density;
      weighted.im[n] = 0;
    }
    this.blur(weighted);
    this.blur(histogram);
    for (let n = 0; n < expected.length; n++) {
      const mass = histogram.re[n + offset];
      expected[n] = mass === 0 ? 0 : weighted.re[n + offset] / mass;
    }
  }

  private fillGaussian(slope: number): void {
    const { re, im } = this.gaussian;
    const length = re.length;
    const half = length / 2;
    const width = fround(fround(this.settings.fullWidthAtHalfMaximum) / slope);
    const factor = fround((4 * Math.LN2) / fround(width * width));
    const scale = fround((2 * Math.sqrt(Math.LN2 / Math.PI)) / width);
    im.fill(0);
    re[0] = scale;
    for (let n = 1; n < half; n++) {
      re[n] = fround(scale * fround(exp(fround(-n * n * factor))));
      re[length - n] = re[n];
    }
    re[half] = scale * exp(-0.25 * length * length * factor);
  }

  private blur(signal: Complex): void {
    this.fourier.forward(signal.re, signal.im);
    multiply(signal, this.gaussian);
    this.fourier.backward(signal.re, signal.im);
  }
}

/** V times the real part of the Wiener filter conj(F) / (|F|^2 + noise). */
function deconvolve(v: Complex, f: Complex, noise: number): void {
  for (let n = 0; n < v.re.length; n++) {
    const [a, b] = [f.re[n], f.im[n]];
    const gain = a / (a * a + b * b + fround(noise));
    v.re[n] *= gain;
    v.im[n] *= gain;
  }
}

function multiply(a: Complex, b: Complex): void {
  for (let n = 0; n < a.re.length; n++) {
    const re = a.re[n] * b.re[n] - a.im[n] * b.im[n];
    a.im[n] = a.re[n] * b.im[n] + a.im[n] * b.re[n];
    a.re[n] = re;
  }
}
