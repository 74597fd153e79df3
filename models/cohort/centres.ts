import type { ScannerSettings } from '../../demo/acquire';

/** The scanners of the simulated cohort: A and B have the training patients, C and D the others. */
export interface Centre {
  readonly fsT2: ScannerSettings;
  readonly ceT1: ScannerSettings;
  readonly geometry: Readonly<
    Record<'fsT2' | 'ceT1', { readonly inPlaneMm: number; readonly sliceSpacingMm: number }>
  >;
}

export type CentreName = 'A' | 'B' | 'C' | 'D';

export const CENTRES: Readonly<Record<CentreName, Centre>> = {
  A: centre([1, 11, 0.11, 0.3], [1, 12, 0.12, 0.25], [0.95, 4.6], [0.98, 4.5]),
  B: centre([1.3, 15, 0.14, 0.42], [0.8, 16, 0.15, 0.35], [1.1, 5], [1.1, 4.8]),
  C: centre([0.8, 13, 0.12, 0.25], [1.25, 13, 0.13, 0.3], [1, 4.8], [1, 4.6]),
  D: centre([1.15, 10, 0.1, 0.35], [1.1, 15, 0.11, 0.22], [1.08, 4.8], [1.04, 4.8]),
};

type Scanner = readonly [gain: number, noise: number, bias: number, fatSaturationError: number];

function centre(
  t2: Scanner,
  ce: Scanner,
  [t2Pixel, t2Slice]: readonly [number, number],
  [cePixel, ceSlice]: readonly [number, number],
): Centre {
  return {
    fsT2: scanner(t2),
    ceT1: scanner(ce),
    geometry: {
      fsT2: { inPlaneMm: t2Pixel, sliceSpacingMm: t2Slice },
      ceT1: { inPlaneMm: cePixel, sliceSpacingMm: ceSlice },
    },
  };
}

function scanner([gain, noise, biasStrength, fatSaturationError]: Scanner): ScannerSettings {
  return { gain, offset: 0, noise, biasStrength, fatSaturationError };
}
