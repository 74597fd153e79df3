import type { AnalysisResult, Prognosis } from '../src/chain/analysis';
import type { StageId } from '../src/chain/stage';

/** The result for a person at a terminal. */
export function describeAnalysis(result: AnalysisResult): string {
  const { prognosis, provenance, registration } = result;
  const unscored = !prognosis.evaluable;
  return [
    `Model: ${provenance.model.name} ${provenance.model.version} (${STATUS[provenance.model.status]})`,
    'Research use only. Not a medical device. Not validated for clinical decisions.',
    '',
    `Registration: ${registration.translationMm.toFixed(1)} mm, ${registration.rotationDeg.toFixed(1)} degrees`,
    `Tumour    ${millilitres(result.tumour.volumeMm3)}`,
    ...result.habitats.map(
      (habitat, index) =>
        `Habitat ${index + 1} ${millilitres(habitat.volumeMm3)} ${percent(habitat.fraction)}  ${habitat.name}${habitat.evaluable ? '' : ' (not evaluable)'}`,
    ),
    `Ring      ${millilitres(result.ring.volumeMm3)} (${percent(result.ring.clippedFraction).trim()} of it lost outside the body or the images)`,
    '',
    ...describePrognosis(prognosis),
    '',
    ...provenance.stages
      .filter(({ applied, stage }) => !applied && !(unscored && SCORING.includes(stage)))
      .map(({ stage, note }) => `Not applied: ${stage}: ${note}`),
    ...result.flags
      .filter(({ code }) => code !== 'RPRS_NOT_EVALUABLE')
      .map(({ message }) => `Caution: ${message}`),
    '',
  ].join('\n');
}

/** Their one reason stands with the missing score already. */
const SCORING: readonly StageId[] = ['features', 'harmonise', 'score'];

function describePrognosis(prognosis: Prognosis): string[] {
  if (!prognosis.evaluable) return [`RPRS not evaluable: ${prognosis.reason}`];
  return [
    `RPRS ${prognosis.rprs.toFixed(3)}`,
    ...prognosis.risks.map(
      ({ months, risk }) => `Risk of progression by ${months} months ${percent(risk)}`,
    ),
    `Group: ${prognosis.group} (cut-off ${prognosis.cutoff} on the ${prognosis.cutoffScale === 'rprs' ? 'RPRS' : 'linear predictor'})`,
  ];
}

const STATUS = {
  demonstration: 'demonstration, trained on simulated patients',
  trained: 'trained, not externally validated',
  externallyValidated: 'externally validated',
} as const;

function millilitres(cubicMillimetres: number): string {
  return `${(cubicMillimetres / 1000).toFixed(1).padStart(8)} ml`;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1).padStart(6)} %`;
}
