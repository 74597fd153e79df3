/**
 * Okabe-Ito colours, told apart with every form of colour blindness, each with its own dash. A host
 * with another background sets the variables.
 */
export const SERIES = [
  { colour: 'var(--sts-series-1, #0072b2)', dash: '' },
  { colour: 'var(--sts-series-2, #d55e00)', dash: '7 3' },
  { colour: 'var(--sts-series-3, #009e73)', dash: '2 3' },
  { colour: 'var(--sts-series-4, #aa4499)', dash: '9 3 2 3' },
  { colour: 'var(--sts-series-5, #6b6b6b)', dash: '4 4' },
] as const;

export function series(index: number): (typeof SERIES)[number] {
  return SERIES[index % SERIES.length];
}

export const GRID = 'var(--sts-grid, #dfe3e8)';
export const MUTED = 'var(--sts-muted, #5a6572)';
