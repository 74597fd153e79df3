/** A further scanner for a trained model: ComBat against the frozen reference batch, nothing else changes. */
import { InputError } from '../chain/errors';
import { calibrateBatch } from '../harmonise/fitCombat';
import type { Model } from '../model/schema';
import { sealModel } from './buildModel';
import { columnName } from './featureName';
import type { Columns } from './selection/screen';

/** Below this the parameters are hardly worth having (Orlhac 2022 asks for 20 to 30 patients). */
export const ADVISED_PATIENTS = 20;

/**
 * @param columns values of the calibration set, one array for each feature of the model; NaN: not evaluable
 * @returns the model with the batch, a new hash and a new UID
 * @throws InputError TABLE_INVALID
 */
export function addBatch(model: Model, name: string, columns: Columns): Model {
  const { combat } = model;
  if (combat === null) {
    throw new InputError(
      'TABLE_INVALID',
      'The model was trained without ComBat, so it has no batches to add one to.',
    );
  }
  if (Object.hasOwn(combat.batches, name)) {
    throw new InputError(
      'TABLE_INVALID',
      `The model has a batch “${name}” already, and its scores rest on it: choose another name.`,
    );
  }
  const filled = columns.map((values, j) => requireVarying(values, columnName(model.features[j])));
  const { patients, gamma, deltaSquared } = calibrateBatch(
    combat,
    name,
    { columns: filled },
    combat.variant,
  );
  const batch = { patients, gamma: [...gamma], deltaSquared: [...deltaSquared] };
  return sealModel({
    ...model,
    combat: { ...combat, batches: { ...combat.batches, [name]: batch } },
  });
}

/** A value that is not evaluable counts as the mean of the others. */
function requireVarying(values: Float64Array, column: string): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.every((value) => value === known[0])) {
    throw new InputError(
      'TABLE_INVALID',
      `The column “${column}” of the calibration set is ${known.length === 0 ? 'empty' : 'constant'}: its spread on the new scanner cannot be known, so collect other patients.`,
    );
  }
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return values.map((value) => (Number.isNaN(value) ? mean : value));
}
