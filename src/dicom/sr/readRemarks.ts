import type { Flag, FlagCode, Provenance, RegistrationReview } from '../../chain/analysis';
import { STAGES } from '../../chain/stage';
import type { StageId } from '../../chain/stage';
import { REGISTRATION_REVIEW, REMARKS } from '../report/concepts';
import { all, first, means, textOf, valueCodeOf } from './contentReader';
import type { ReadItem } from './contentReader';

/** The remarks of a report, as `remarks` writes them. */
export interface Remarks {
  readonly flags: readonly Flag[];
  readonly stages: Provenance['stages'];
  /** '' when the report has lost it. */
  readonly modelHash: string;
  readonly modelStatus: Provenance['model']['status'];
  readonly batch: string | null;
  readonly review: RegistrationReview;
}

/** Which stage each caution comes from. */
const FLAG_STAGES: Readonly<Record<FlagCode, StageId>> = {
  DEMONSTRATION_MODEL: 'score',
  NOT_VALIDATED: 'score',
  REGISTRATION_LARGE_MOTION: 'register',
  REGISTRATION_METRIC_FELL: 'register',
  BIAS_FIELD_NOT_APPLIED: 'biasField',
  BIAS_FIELD_IMPLAUSIBLE: 'biasField',
  SERIES_ROLE_DOUBTFUL: 'read',
  AGE_DIFFERS: 'read',
  BRIGHT_TUMOUR: 'regions',
  THICK_SLICES: 'read',
  RING_CLIPPED: 'regions',
  FIELD_OF_VIEW_CLIPPED: 'resample',
  STANDARDISATION_RANGE: 'standardise',
  PATTERN_NOT_AS_PUBLISHED: 'habitats',
  HABITAT_NOT_EVALUABLE: 'habitats',
  FEATURE_OUT_OF_RANGE: 'score',
  FEATURE_IMPUTED: 'score',
  UNHARMONISED: 'harmonise',
  AGE_OUT_OF_RANGE: 'score',
  RPRS_OUT_OF_RANGE: 'score',
  HORIZON_BEYOND_FOLLOW_UP: 'score',
  HABITATS_PER_PATIENT: 'habitats',
  MULTIFOCAL: 'regions',
  RPRS_NOT_EVALUABLE: 'score',
  OTHER: 'score',
};

const CAUTION = /^([A-Z_]+): (.+)$/s;
const MODEL = /, status (demonstration|trained|externallyValidated), (sha256:[0-9a-f]+);/;
const BATCH = /; scanner batch (.+)$/s;
const PROCESSING = /^(done|not applied)(?:: (.*))?$/s;

export function readRemarks(items: readonly ReadItem[]): Remarks {
  const model = MODEL.exec(textOf(first(items, REMARKS.model)));
  const batch = BATCH.exec(textOf(first(items, REMARKS.harmonisation)))?.[1] ?? 'unknown';
  const demonstration = first(items, REMARKS.demonstration) !== undefined;
  return {
    flags: all(items, REMARKS.caution).map((item) => flagOf(textOf(item))),
    stages: all(items, REMARKS.processing).flatMap((item) => stageOf(textOf(item))),
    modelHash: model?.[2] ?? '',
    modelStatus: statusOf(model?.[1], demonstration),
    batch: batch === 'unknown' ? null : batch,
    review: reviewOf(items),
  };
}

function reviewOf(items: readonly ReadItem[]): RegistrationReview {
  const code = valueCodeOf(first(items, REGISTRATION_REVIEW.name));
  const reviews = ['accepted', 'identityByChoice'] as const;
  return reviews.find((review) => means(code, REGISTRATION_REVIEW[review])) ?? 'notReviewed';
}

function statusOf(
  written: string | undefined,
  demonstration: boolean,
): Provenance['model']['status'] {
  if (written === 'externallyValidated' || written === 'demonstration') return written;
  return demonstration ? 'demonstration' : 'trained';
}

function flagOf(written: string): Flag {
  const [, code = '', message = written] = CAUTION.exec(written) ?? [];
  const known = isFlagCode(code) ? code : 'OTHER';
  return { code: known, stage: FLAG_STAGES[known], message };
}

function isFlagCode(code: string): code is FlagCode {
  return Object.hasOwn(FLAG_STAGES, code);
}

function stageOf(written: string): Provenance['stages'][number][] {
  const stage = STAGES.find(({ label }) => written.startsWith(`${label}: `));
  const [, state, note = ''] = PROCESSING.exec(written.slice((stage?.label.length ?? 0) + 2)) ?? [];
  if (!stage || state === undefined) return [];
  // How long it took is not written.
  return [{ stage: stage.id, applied: state === 'done', note, seconds: 0 }];
}
