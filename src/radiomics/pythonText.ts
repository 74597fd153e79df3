/** Values as Python writes them, in which PyRadiomics' diagnostics are. */

/** The shortest digits that give the double back, with ".0" and two-digit exponents. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    const [digits, exponent] = value.toExponential().split('e');
    return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}

export function pythonTuple(values: readonly number[], text: (value: number) => string): string {
  return `(${values.map(text).join(', ')})`;
}

/**
 * `repr` of what a parameter file can hold. YAML's 1 and 1.0 are told apart where the file's reader
 * keeps integers as bigint (`sigma`); elsewhere whole numbers count as integers.
 */
export function pythonRepr(value: unknown, key = ''): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    return Number.isInteger(value) && key !== 'sigma' ? String(value) : pythonFloat(value);
  }
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map((item) => pythonRepr(item, key)).join(', ')}]`;
  if (typeof value !== 'object') throw new Error(`No parameter file holds a ${typeof value}.`);
  const entries = Object.entries(value).map(([k, v]) => `${quoted(k)}: ${pythonRepr(v, k)}`);
  return `{${entries.join(', ')}}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
