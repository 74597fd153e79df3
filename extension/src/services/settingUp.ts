import type { SequenceId } from '../../../src/model/schema';
import { guessSeriesRoles } from '../../../src/dicom/seriesRoles';
import type { LoadedModel, ModelState, Session, Setup, StudyFacts, TumourChoice } from './session';

export type SetupAction =
  | { readonly type: 'study/found'; readonly facts: StudyFacts }
  | {
      readonly type: 'role/chosen';
      readonly sequence: SequenceId;
      readonly seriesUid: string | null;
    }
  | { readonly type: 'tumour/chosen'; readonly id: string | null }
  | { readonly type: 'age/typed'; readonly text: string }
  | { readonly type: 'batch/chosen'; readonly batch: string | null }
  | { readonly type: 'registration/chosen'; readonly registration: Setup['registration'] };

export type ModelAction =
  | { readonly type: 'model/loading' }
  | { readonly type: 'model/loaded'; readonly model: LoadedModel }
  | { readonly type: 'model/refused'; readonly message: string };

export function reduceSetup(session: Session, action: SetupAction): Session {
  if (action.type === 'study/found') return withFacts(session, action.facts);
  return { ...session, refusal: null, setup: changed(session.setup, action) };
}

function changed(
  setup: Setup,
  action: Exclude<SetupAction, { readonly type: 'study/found' }>,
): Setup {
  switch (action.type) {
    case 'role/chosen': {
      const roles = { ...setup.roles, [action.sequence]: action.seriesUid };
      // The scanner's positions were chosen for the two series of before.
      return { ...setup, roles, rolesChosen: true, registration: 'model' };
    }
    case 'tumour/chosen':
      return { ...setup, tumourId: action.id, tumourChosen: true };
    case 'age/typed':
      return { ...setup, age: action.text, ageOrigin: 'entered' };
    case 'batch/chosen':
      return { ...setup, batch: action.batch };
    case 'registration/chosen':
      return { ...setup, registration: action.registration };
  }
}

/** Fills in what the user has not chosen himself. Series arrive one by one while a study loads. */
function withFacts(session: Session, facts: StudyFacts): Session {
  const { setup } = session;
  const roles = setup.rolesChosen ? setup.roles : guessSeriesRoles(facts.series);
  const ageKnown = setup.ageOrigin === 'entered' || facts.age === null;
  return {
    ...session,
    facts,
    setup: {
      ...setup,
      roles,
      tumourId: keptOrLikeliest(setup, facts.tumours),
      age: ageKnown ? setup.age : formatAge(facts.age),
    },
  };
}

const TUMOUR_NAME = /tumou?r|gtv|mass|lesion|sarcoma/i;

function keptOrLikeliest(setup: Setup, tumours: readonly TumourChoice[]): string | null {
  const { tumourId, tumourChosen } = setup;
  if (tumourChosen && tumours.some(({ id }) => id === tumourId)) return tumourId;
  const named = tumours.find(({ label }) => TUMOUR_NAME.test(label));
  return (named ?? tumours[0])?.id ?? null;
}

/** Whole years from the first birthday on, as Patient's Age gives them; one decimal before it. */
function formatAge(age: number | null): string {
  if (age === null) return '';
  return age < 1 ? age.toFixed(1) : String(Math.floor(age));
}

export function reduceModel(state: ModelState, action: ModelAction): ModelState {
  switch (action.type) {
    case 'model/loading':
      return { ...state, loading: true, refusal: null };
    case 'model/loaded':
      return { current: action.model, loading: false, refusal: null };
    case 'model/refused':
      // The model that was there stays: a wrong file must not take the working one away.
      return { ...state, loading: false, refusal: action.message };
  }
}
