/** The decomposition filters of PyWavelets' discrete wavelets (pywt 1.1, `discrete_wavelet`). */
import table from './waveletCoefficients.json' with { type: 'json' };

export interface WaveletFilters {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

type Entry =
  readonly number[] | { readonly reconstruction: number[]; readonly decomposition: number[] };

const coefficients: Readonly<Record<string, Entry>> = table.filters;

const biorthogonal = Object.keys(coefficients).filter((name) => name.startsWith('bior'));

export const WAVELET_NAMES: readonly string[] = [
  'haar',
  ...Object.keys(coefficients),
  ...biorthogonal.map((name) => name.replace('bior', 'rbio')),
];

export function isWaveletName(name: string): boolean {
  return WAVELET_NAMES.includes(name);
}

/**
 * @param single rounds as PyWavelets does for single precision images.
 * @throws Error for a name that is not in `WAVELET_NAMES`.
 */
export function waveletFilters(name: string, single: boolean): WaveletFilters {
  const round = single ? Math.fround : (value: number): number => value;
  const { reconstruction, decomposition } = filterPair(name);
  const scale = name.startsWith('coif') ? round(1.4142135623730951) : 1;
  const scaled = (value: number): number => round(round(value) * scale);
  return {
    low: Float64Array.from(decomposition, scaled).reverse(),
    high: alternate(Float64Array.from(reconstruction, scaled)),
  };
}

interface FilterPair {
  readonly reconstruction: readonly number[];
  readonly decomposition: readonly number[];
}

function filterPair(name: string): FilterPair {
  if (name.startsWith('rbio')) {
    const { reconstruction, decomposition } = filterPair(name.replace('rbio', 'bior'));
    return { reconstruction: decomposition, decomposition: reconstruction };
  }
  const entry = coefficients[name === 'haar' ? 'db1' : name];
  if (entry === undefined) throw new Error(`No wavelet ${name}`);
  return 'reconstruction' in entry ? entry : { reconstruction: entry, decomposition: entry };
}

/** Changes the sign of every second value, counted from the last, which keeps its own. */
function alternate(values: Float64Array): Float64Array {
  return values.map((value, i) => ((values.length - 1 - i) % 2 === 0 ? value : -value));
}
