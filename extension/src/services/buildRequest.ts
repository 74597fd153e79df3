import type { AnalysisRequest, ImageSource, TumourSource } from '../../../src/chain/analysis';
import { InputError } from '../../../src/chain/errors';
import { roleDoubt } from '../../../src/dicom/roleDoubt';
import { requireSeriesRoles } from '../../../src/dicom/seriesRoles';
import { SEQUENCES } from '../../../src/model/schema';
import type { LoadedModel, Session, TumourChoice } from './session';
import { chosenTumour } from './session';

const OLDEST_YEARS = 120;

/** What only the viewer can give. */
export interface RequestSurroundings {
  imageSource(studyInstanceUid: string): ImageSource;
  readDrawnTumour(choice: TumourChoice): TumourSource;
}

/**
 * Turns the choices of the panel into a request, or refuses them.
 * @throws InputError with the sentence that the panel shows
 */
export function buildRequest(session: Session, viewer: RequestSurroundings): AnalysisRequest {
  const { facts, setup } = session;
  const series = requireSeriesRoles(setup.roles, facts.series);
  const loaded = requireModel(session);
  const choice = requireTumour(session);
  const age = requireAge(setup.age);
  return {
    source: viewer.imageSource(facts.studyInstanceUid),
    series,
    tumour: choice.source.kind === 'viewer' ? viewer.readDrawnTumour(choice) : choice.source,
    age,
    ageOrigin: setup.ageOrigin,
    batch: setup.batch,
    model: loaded.json,
    ...(setup.registration === 'identity' ? { registration: setup.registration } : {}),
  };
}

function requireModel({ model }: Session): LoadedModel {
  if (model.current) return model.current;
  throw new InputError('MODEL_INVALID', 'No model is loaded: load a model file first.');
}

function requireTumour(session: Session): TumourChoice {
  const choice = chosenTumour(session);
  if (choice) return choice;
  throw new InputError(
    'MASK_EMPTY',
    'The study has no tumour contour: load one, or draw the tumour on FS-T2WI in the segmentation panel.',
  );
}

export function requireAge(text: string): number {
  const years = Number(text.trim().replace(',', '.'));
  if (text.trim() === '') {
    throw new InputError(
      'AGE_MISSING',
      'The study does not say how old the patient was: enter the age in years.',
    );
  }
  if (!Number.isFinite(years) || years <= 0 || years > OLDEST_YEARS) {
    throw new InputError(
      'AGE_MISSING',
      `“${text}” is not an age: enter the patient's age in years, above 0 and up to ${OLDEST_YEARS}.`,
    );
  }
  return years;
}

/** Why a chosen series may be the wrong one; it can be analysed all the same. */
export function roleDoubts({ setup, facts }: Session): readonly string[] {
  return SEQUENCES.flatMap((sequence) => {
    const uid = setup.roles[sequence];
    const chosen = facts.series.find(({ seriesInstanceUid }) => seriesInstanceUid === uid);
    return (chosen && roleDoubt(sequence, chosen)) ?? [];
  });
}

/** What is wrong with the chosen series, in one sentence; null when they can be used. */
export function rolesProblem({ setup, facts }: Session): string | null {
  try {
    requireSeriesRoles(setup.roles, facts.series);
    return null;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
