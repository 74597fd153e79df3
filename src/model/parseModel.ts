import { InputError } from '../chain/errors';
import { crossCheck } from './crossCheck';
import { hashModel } from './hashModel';
import { MODEL_SCHEMA_VERSION, modelSchema } from './schema';
import type { Model } from './schema';

/**
 * Checks a model file: schema, entries that must agree with each other, and its hash.
 *
 * @param json The parsed JSON.
 * @throws InputError MODEL_VERSION for a file of another schema version, MODEL_INVALID otherwise;
 *   the sentence names the entry.
 */
export function parseModel(json: unknown): Model {
  if (!isRecord(json) || json['schema'] !== 'sts-habitat-model') {
    throw new InputError(
      'MODEL_INVALID',
      'The file is not an STS habitat model (its "schema" is not "sts-habitat-model"): load a model file.',
    );
  }
  if (json['schemaVersion'] !== MODEL_SCHEMA_VERSION) {
    throw new InputError(
      'MODEL_VERSION',
      `The model file has schema version ${JSON.stringify(json['schemaVersion']) ?? 'none'}, but this program reads version ${MODEL_SCHEMA_VERSION}: load a model file of that version.`,
    );
  }
  const parsed = modelSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(pathText(issue.path), issue.message);
  }
  const disagreement = crossCheck(parsed.data);
  if (disagreement !== null) throw invalid(disagreement.path, disagreement.reason);
  if (hashModel(parsed.data) !== parsed.data.hash) {
    throw invalid('hash', 'the content was changed after the hash was written');
  }
  return parsed.data;
}

function invalid(path: string, reason: string): InputError {
  const plain = reason.replace(/\.$/, '');
  return new InputError(
    'MODEL_INVALID',
    `The model file is not valid at ${path} (${plain}): load a corrected model file.`,
  );
}

/** `features[3].sd`; the file itself is `its top level`. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  return text === '' ? 'its top level' : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
