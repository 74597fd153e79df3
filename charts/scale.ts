export interface Scale {
  (value: number): number;
  readonly ticks: readonly number[];
}

/** From values to pixels; `ticks` are round numbers within the domain. */
export function linearScale(
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
  ticks = 5,
): Scale {
  const width = to - from || 1;
  const scale = (value: number): number => start + ((value - from) / width) * (end - start);
  return Object.assign(scale, { ticks: roundTicks(from, to, ticks) });
}

export function roundTicks(from: number, to: number, count: number): number[] {
  const raw = (to - from) / Math.max(1, count);
  if (!(raw > 0)) return [from];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Rounded, so that 0.1 * 3 prints as 0.3.
  return Array.from({ length: last - first + 1 }, (_, k) =>
    Number(((first + k) * step).toPrecision(12)),
  );
}
