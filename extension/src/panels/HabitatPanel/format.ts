/** Numbers as the panel writes them: SI units with a space, a fixed number of decimals. */

export function millilitres(mm3: number): string {
  const ml = mm3 / 1000;
  return ml.toFixed(ml < 10 ? 2 : 1);
}

export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

export function score(value: number): string {
  return value.toFixed(3).replace(/^-/, '−');
}

export function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A clock that runs, without tenths: they would only flicker. */
export function elapsed(milliseconds: number): string {
  const whole = Math.max(0, Math.floor(milliseconds / 1000));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
