/**
 * Which patients a model was trained on, without naming them: a list of salted hashes that stays
 * beside the model at the site, so that a validation can refuse patients of the training.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { InputError } from '../chain/errors';

const patientListSchema = z.strictObject({
  schema: z.literal('sts-habitat-training-patients'),
  /** `hash` of the model; it is the salt, too. */
  model: z.string(),
  patients: z.array(z.string()),
});

export type PatientList = z.infer<typeof patientListSchema>;

export function patientList(modelHash: string, patients: readonly string[]): PatientList {
  return {
    schema: 'sts-habitat-training-patients',
    model: modelHash,
    patients: patients.map((patient) => digest(modelHash, patient)).sort(),
  };
}

/** @throws InputError TABLE_INVALID naming patients that the model was trained on */
export function refuseTrainingPatients(list: PatientList, patients: readonly string[]): void {
  const trained = new Set(list.patients);
  const both = patients.filter((patient) => trained.has(digest(list.model, patient)));
  if (both.length === 0) return;
  throw new InputError(
    'TABLE_INVALID',
    `The model was trained on ${both.length} of these patients (${both.slice(0, 5).join(', ')}${both.length > 5 ? ', …' : ''}): take them out of the validation cohort.`,
  );
}

/** null when the list is not one, or belongs to another model. */
export function parsePatientList(json: unknown, modelHash: string): PatientList | null {
  const parsed = patientListSchema.safeParse(json);
  return parsed.success && parsed.data.model === modelHash ? parsed.data : null;
}

function digest(salt: string, patient: string): string {
  return bytesToHex(sha256(utf8ToBytes(`${salt} ${patient}`)));
}
