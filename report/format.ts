export function fixed(value: number | null | undefined, digits = 3): string {
  return value === null || value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits);
}

export function interval(limits: readonly [number, number], digits = 3): string {
  return `${limits[0].toFixed(digits)} to ${limits[1].toFixed(digits)}`;
}

export function pValue(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

export function percent(value: number): string {
  return `${Math.round(value * 100)} %`;
}

export function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
