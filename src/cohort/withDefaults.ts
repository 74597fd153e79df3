/** Entries that are given replace those of the defaults; nested entries one by one. */
export function withDefaults(defaults: unknown, given: unknown): unknown {
  if (given === undefined) return defaults;
  if (!isRecord(defaults) || !isRecord(given) || isOtherMethod(defaults, given)) return given;
  const keys = new Set([...Object.keys(defaults), ...Object.keys(given)]);
  return Object.fromEntries([...keys].map((key) => [key, entryOf(key, defaults, given)]));
}

/** Replaced as a whole: what stands in them belongs together. */
const WHOLE = new Set(['settings']);

function entryOf(
  key: string,
  defaults: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): unknown {
  if (WHOLE.has(key) && given[key] !== undefined) return given[key];
  return withDefaults(defaults[key], given[key]);
}

/** The settings of one method say nothing about another. */
function isOtherMethod(
  { method }: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): boolean {
  return method === 'n4' && given['method'] === 'none';
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
