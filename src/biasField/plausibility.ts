/**
 * Does an estimated field look like a coil, or like the tumour? A receive field changes slowly and
 * knows nothing of the tumour's outline, so on average it is as bright in the tumour as around it.
 * N4 on a tightly cropped image takes part of the tumour's own contrast for bias.
 * The limits and their evidence: docs/decisions/0010-n4-bias-field.md.
 */
import { orderStatistic } from '../numerics/orderStatistic';
import { expandMask } from '../regions/expandMask';
import type { Mask } from '../volume/volume';

/**
 * Difference of the mean log field, tumour minus surroundings. Simulated fields of the reference
 * pairs stay below 0.015, and every estimate above this limit was worse than no correction.
 */
export const TUMOUR_STEP_LIMIT = 0.05;

/** A field that triples the brightness from one end of the body to the other is not a body coil's. */
export const RANGE_LIMIT = Math.log(3);

/** The tumour's surroundings, mm. */
const SURROUNDINGS_MM = 10;

export type BiasFieldFlag = 'FIELD_FOLLOWS_TUMOUR' | 'FIELD_RANGE';

export interface BiasFieldAssessment {
  /** 1st to 99th percentile of the log field in the body. */
  readonly rangeLog: number;
  /** Mean log field in the tumour minus its mean within 10 mm around it; null without a tumour. */
  readonly tumourStepLog: number | null;
  readonly flags: readonly BiasFieldFlag[];
  /** A sentence for each flag. */
  readonly warnings: readonly string[];
}

/** @param body where the field matters; all masks lie on the field's grid. */
export function assessBiasField(
  logField: Float32Array,
  body: Mask,
  tumour?: Mask,
): BiasFieldAssessment {
  const rangeLog = percentileRange(logField, body.data);
  const tumourStepLog = tumour === undefined ? null : tumourStep(logField, body.data, tumour);
  const flags: BiasFieldFlag[] = [];
  const warnings: string[] = [];
  if (tumourStepLog !== null && Math.abs(tumourStepLog) > TUMOUR_STEP_LIMIT) {
    flags.push('FIELD_FOLLOWS_TUMOUR');
    const percent = (100 * Math.expm1(Math.abs(tumourStepLog))).toFixed(0);
    warnings.push(
      `The estimated bias field is ${percent} % ${tumourStepLog > 0 ? 'brighter' : 'darker'} in the ` +
        'tumour than around it: it follows the tumour, not the coil; leave the tumour and its ' +
        'surroundings out of the estimate, use fewer levels, or do not correct.',
    );
  }
  if (rangeLog > RANGE_LIMIT) {
    flags.push('FIELD_RANGE');
    warnings.push(
      `The estimated bias field varies by a factor of ${Math.exp(rangeLog).toFixed(1)} within the ` +
        'body, more than a coil does; look at the corrected image before you use it.',
    );
  }
  return { rangeLog, tumourStepLog, flags, warnings };
}

export function isImplausible(assessment: BiasFieldAssessment): boolean {
  return assessment.flags.length > 0;
}

function percentileRange(field: Float32Array, body: Uint8Array): number {
  const values = new Float32Array(field.length);
  let count = 0;
  for (let i = 0; i < field.length; i++) if (body[i] !== 0) values[count++] = field[i];
  if (count === 0) return 0;
  const inside = values.subarray(0, count);
  const [first, last] = [0.01, 0.99].map((fraction) => Math.round(fraction * (count - 1)));
  const low = orderStatistic(inside, first);
  return orderStatistic(inside, last, first) - low;
}

function tumourStep(field: Float32Array, body: Uint8Array, tumour: Mask): number | null {
  const near = expandMask(tumour, SURROUNDINGS_MM).data;
  let [inside, insideSum, around, aroundSum] = [0, 0, 0, 0];
  for (let i = 0; i < field.length; i++) {
    if (tumour.data[i] !== 0) {
      inside++;
      insideSum += field[i];
    } else if (body[i] !== 0 && near[i] !== 0) {
      around++;
      aroundSum += field[i];
    }
  }
  return inside === 0 || around === 0 ? null : insideSum / inside - aroundSum / around;
}
