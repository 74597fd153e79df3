/** What a reader of the model must be told, in words. */
import { isInputError } from '../chain/errors';
import { logRank } from '../survival/logRank';
import type { Cohort } from './cohort';
import { columnName } from './featureName';
import type { Training } from './train';

const EVENTS_PER_CANDIDATE = 10;
const FEW_EVENTS = 100;
const LARGE_OPTIMISM = 0.1;
const STABLE_SHARE = 0.5;
const SMALL_BATCH = 10;
const FEW_AT_RISK = 10;
const ALPHA = 0.05;

export function trainingWarnings(training: Omit<Training, 'warnings'>): string[] {
  return [
    ...eventWarnings(training),
    ...optimismWarnings(training),
    ...stabilityWarnings(training),
    ...batchWarnings(training),
    ...otherWarnings(training),
  ];
}

function eventWarnings({ cohort, chosen }: Omit<Training, 'warnings'>): string[] {
  const { events } = cohort.flow;
  const perCandidate = events / chosen.candidates;
  return [
    ...(perCandidate < EVENTS_PER_CANDIDATE
      ? [
          `${events} events for ${chosen.candidates} candidate features (${perCandidate < 1 ? `1 event for every ${Math.round(1 / perCandidate)} candidates` : `${perCandidate.toFixed(1)} for each`}): some of the selected features are there by chance.`,
        ]
      : []),
    ...(events < FEW_EVENTS
      ? [
          `${events} events are few: the intervals are wide, and the model will change with new patients.`,
        ]
      : []),
  ];
}

function optimismWarnings({ chosen, signatures }: Omit<Training, 'warnings'>): string[] {
  const { c } = chosen.nomogram;
  return [
    ...(c.optimism > LARGE_OPTIMISM
      ? [
          `The nomogram's C-index of ${c.apparent.toFixed(3)} on its own training patients is optimistic by ${c.optimism.toFixed(3)}; expect about ${c.corrected.toFixed(3)} in new patients.`,
        ]
      : []),
    ...(chosen.c.corrected < 0.55
      ? [
          `After correction for optimism the RPRS hardly discriminates (C-index ${chosen.c.corrected.toFixed(3)}; 0.5 is chance).`,
        ]
      : []),
    ...(signatures.length > 1
      ? [
          `The signature was chosen among ${signatures.length} on the same patients, so even its corrected C-index is a little optimistic: only other patients can validate it.`,
        ]
      : []),
    ...(chosen.error.integrated.boot632plus >= chosen.error.integrated.kaplanMeier
      ? [
          'The prediction error of the RPRS (.632+) is not below that of Kaplan-Meier, which knows nothing of the patient.',
        ]
      : []),
  ];
}

function stabilityWarnings({ chosen, columns, settings }: Omit<Training, 'warnings'>): string[] {
  const unstable = chosen.fit.features.filter(
    ({ column }) => (chosen.selectionFrequency.get(column) ?? 0) < STABLE_SHARE,
  );
  const messages: string[] = [];
  if (unstable.length > 0) {
    const names = unstable.slice(0, 3).map(({ column }) => columnName(columns.features[column]));
    messages.push(
      `${unstable.length} of ${chosen.features} selected features were selected in fewer than half of the resamples (${names.join(', ')}${unstable.length > 3 ? ', …' : ''}): the selection is unstable.`,
    );
  }
  if (chosen.empty > 0) {
    messages.push(
      `In ${chosen.empty} of ${settings.resamples} resamples no feature was selected at all.`,
    );
  }
  return messages;
}

function batchWarnings({ cohort, combat }: Omit<Training, 'warnings'>): string[] {
  if (cohort.batch === null) {
    return ['The clinical table names no batch: the features are not harmonised.'];
  }
  const names = [...new Set(cohort.batch)].sort();
  const messages: string[] = [];
  if (combat === null) messages.push('The features are not harmonised between scanners.');
  for (const name of names) {
    const patients = cohort.batch.filter((batch) => batch === name).length;
    if (combat !== null && patients < SMALL_BATCH) {
      messages.push(
        `Batch “${name}” has ${patients} patients: its ComBat parameters are uncertain.`,
      );
    }
  }
  const p = names.length > 1 ? batchOutcomeP(cohort, cohort.batch, names) : null;
  if (p !== null && p < ALPHA) {
    messages.push(
      `The outcome differs between the batches (log-rank p ${p.toPrecision(2)}): scanner and prognosis cannot be told apart, and harmonisation may take prognosis away or leave the scanner in.`,
    );
  }
  return messages;
}

function batchOutcomeP(
  { data }: Cohort,
  batch: readonly string[],
  names: readonly string[],
): number | null {
  try {
    return logRank(
      data,
      batch.map((name) => names.indexOf(name)),
    ).p;
  } catch (error) {
    if (!isInputError(error)) throw error;
    return null;
  }
}

function otherWarnings(training: Omit<Training, 'warnings'>): string[] {
  const { cohort, horizons, columns, nomogram, clinical, chosen, followUpMonths } = training;
  const messages: string[] = [];
  for (const horizon of horizons) {
    const atRisk = cohort.data.time.filter((time) => time > horizon).length;
    if (atRisk < FEW_AT_RISK) {
      messages.push(
        `Only ${atRisk} patients were followed beyond ${horizon} months: the risk at this horizon is uncertain (follow-up ends at ${followUpMonths} months).`,
      );
    }
  }
  if (columns.leftOut.length > 0) {
    const [first] = columns.leftOut;
    messages.push(
      `${columns.leftOut.length} of ${cohort.features.length} feature columns were left out (the first: ${first.column}, ${first.reason}).`,
    );
  }
  const { reliability } = training;
  if (reliability !== null && reliability.unknown > 0) {
    messages.push(
      `${reliability.unknown} feature columns have no repeats, so nobody knows whether they come back when the tumour is drawn again; they were kept.`,
    );
  }
  const imputed = chosen.fit.features.filter(({ column }) => columns.missing[column] > 0);
  if (imputed.length > 0) {
    messages.push(
      `${imputed.length} selected features were not evaluable in some patients; their training mean was taken there.`,
    );
  }
  const age = clinical.find(({ name }) => name === 'age');
  if (age && 'p' in age && age.p >= ALPHA) {
    messages.push(
      `Age alone is not associated with the outcome here (p ${age.p.toFixed(2)}), but it is part of the nomogram.`,
    );
  }
  if (nomogram.cut.p >= ALPHA) {
    messages.push(
      `The cut-off does not separate two groups beyond what a search finds by chance (corrected p ${nomogram.cut.p.toFixed(2)}).`,
    );
  }
  return messages;
}
