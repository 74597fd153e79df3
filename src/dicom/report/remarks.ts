import type { Code } from '../codes';
import { STAGES } from '../../chain/stage';
import type { Model } from '../../model/schema';
import type { ReportInput } from '../outputTypes';
import { REGISTRATION_REVIEW, REMARKS } from './concepts';
import { missingFeatures } from './featureMeasurements';
import { coded, contains, textual } from './contentItem';
import type { Child } from './contentItem';

/** What a reader must know beside the numbers, under Qualitative Evaluations. */

const RESEARCH_USE =
  'For research use only: not a medical device, not for diagnosis or treatment decisions. Values hold only for patients, sequences and scanners like those the model was made from.';
const DEMONSTRATION =
  'The model of this report is a demonstration, trained on simulated patients: score, risk and group have no meaning.';

export function remarks(input: ReportInput): Child[] {
  const { model, analysis } = input;
  const entries: readonly (readonly [Code, string])[] = [
    [REMARKS.researchUse, RESEARCH_USE],
    ...(model.status === 'demonstration' ? [[REMARKS.demonstration, DEMONSTRATION] as const] : []),
    ...analysis.flags.map(({ code, message }) => [REMARKS.caution, `${code}: ${message}`] as const),
    ...missingFeatures(input).map((text) => [REMARKS.missingFeature, text] as const),
    [REMARKS.model, describeModel(model)],
    [REMARKS.training, describeTraining(model)],
    ...validations(model).map((text) => [REMARKS.validation, text] as const),
    [REMARKS.harmonisation, harmonisation(input)],
    ...processing(input).map((text) => [REMARKS.processing, text] as const),
  ];
  const { review } = analysis.registration;
  return [
    // Codes before texts: the order of the template's rows.
    contains(coded(REGISTRATION_REVIEW.name, REGISTRATION_REVIEW[review])),
    ...entries.map(([name, text]) => contains(textual(name, text))),
  ];
}

function describeModel(model: Model): string {
  return `${model.name} ${model.version}, status ${model.status}, ${model.hash}; endpoint: ${model.endpoint}; intended use: ${model.intendedUse || 'not stated'}`;
}

function describeTraining({ training, performance }: Model): string {
  const cohort = `${training.description}: ${training.patients} patients, ${training.events} events, ${training.centres} centres`;
  if (!performance) return cohort;
  const { apparent, corrected, correctedInterval } = performance.cIndex;
  return `${cohort}; C-index ${apparent}, corrected for optimism ${corrected} (${correctedInterval.join(' to ')})`;
}

function validations({ validations: all }: Model): string[] {
  if (all.length === 0) return ['The model has not been validated'];
  return all.map(({ description, patients, events, cIndex, cIndexInterval }) => {
    const interval = cIndexInterval ? ` (${cIndexInterval[0]} to ${cIndexInterval[1]})` : '';
    const figure = cIndex === null ? 'no C-index given' : `C-index ${cIndex}${interval}`;
    return `${description}: ${patients} patients, ${events} events, ${figure}`;
  });
}

function harmonisation({ analysis }: ReportInput): string {
  const stage = analysis.provenance.stages.find((item) => item.stage === 'harmonise');
  const batch = analysis.batch ?? 'unknown';
  if (!stage) return `ComBat not applied; scanner batch ${batch}`;
  return `ComBat ${stage.applied ? 'applied' : 'not applied'}: ${stage.note}; scanner batch ${batch}`;
}

function processing({ analysis }: ReportInput): string[] {
  return analysis.provenance.stages.map(({ stage, applied, note }) => {
    const label = STAGES.find(({ id }) => id === stage)?.label ?? stage;
    return `${label}: ${applied ? 'done' : 'not applied'}${note ? `: ${note}` : ''}`;
  });
}
