import { parse, YAMLError } from 'yaml';
import { InputError } from '../chain/errors';
import { parseParameterSet, type ParameterSet } from './parameterSet';

/**
 * A PyRadiomics parameter file, YAML or JSON (which is YAML as well).
 * @throws InputError FILE_UNREADABLE, SETTING_UNSUPPORTED or FEATURE_UNKNOWN, naming `file`.
 */
export function readParameterFile(text: string, file: string): ParameterSet {
  let document: unknown;
  try {
    document = numbersOf(parse(text, { intAsBigInt: true }), '');
  } catch (cause) {
    if (!(cause instanceof YAMLError)) throw cause;
    const [reason] = cause.message.split('\n');
    throw new InputError(
      'FILE_UNREADABLE',
      `${file} is neither YAML nor JSON: ${reason.replace(/:$/, '')}.`,
      { cause },
    );
  }
  return parseParameterSet(document, file);
}

/** Integers become numbers, but those of `sigma` keep their type, which PyRadiomics' names show. */
function numbersOf(value: unknown, key: string): unknown {
  if (typeof value === 'bigint') return key === 'sigma' ? value : Number(value);
  if (Array.isArray(value)) return value.map((item: unknown) => numbersOf(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, numbersOf(v, k)]));
}
