/**
 * The chain: from two MR series and a tumour to habitats, RPRS, risk and DICOM objects.
 * Reference: Liang et al., Front Oncol 2026;15:1619704. docs/chain.md has a line on each stage; the
 * folders of `src/` have the algorithms, `stages/` what each stage says about itself.
 */
import type { TaskPool } from '../radiomics/extractRadiomics';
import { parseModel } from '../model/parseModel';
import type { RigidEngine } from '../register/engine';
import type { Model } from '../model/schema';
import type { AnalysisRequest, AnalysisResult, Provenance, RegistrationCheck } from './analysis';
import { forBoth } from './bothSequences';
import { InputError } from './errors';
import { labelStudy } from './labelStudy';
import { overlayPlanes } from './overlays';
import { prepareImages } from './prepareImages';
import { prognose, withoutPrognosis } from './prognose';
import { regionSizes } from './regionSizes';
import { registrationCheck } from './registrationCheck';
import { withRequestedAge } from './requestedAge';
import { SOFTWARE } from './software';
import { StageLog } from './stageLog';
import type { StageWatcher } from './stageLog';
import { correctEarly } from './stages/biasField';
import { findHabitats } from './stages/habitats';
import { buildObjects } from './stages/objects';
import type { Analysed } from './stages/objects';
import { readStudy } from './stages/read';
import type { RenewHeaders } from './studySource';
import { registerStudy } from './stages/register';

export interface ChainContext extends StageWatcher {
  readonly engine: RigidEngine;
  /** Workers for the features; without them they are taken in this thread. */
  readonly featurePool?: TaskPool;
  /** Asked when the archive answers 401; the login belongs to whoever runs the chain. */
  readonly renewHeaders?: RenewHeaders;
  /** Gets both series side by side once they are registered, where a person may judge that. */
  readonly onRegistered?: (check: RegistrationCheck) => void;
}

const MAXIMUM_AGE = 120;

/**
 * @throws InputError for a study, a request or a model that cannot be analysed; the signal's reason
 *   when it was cancelled.
 */
export async function analyse(
  request: AnalysisRequest,
  context: ChainContext,
): Promise<AnalysisResult> {
  const startedAt = new Date().toISOString();
  const model = parseModel(request.model);
  requireAge(request.age);
  const { preprocessing } = model;
  const log = new StageLog(context);

  const study = await log.run('read', async (run) => {
    const { renewHeaders } = context;
    const outcome = await readStudy(request, run, { renewHeaders, earlier: true });
    return withRequestedAge(outcome, request, outcome.value.series.fsT2.header);
  });
  const early = correctEarly(study, preprocessing, context.signal);
  const alignment = await log.run('register', async (run) => {
    const { registration } = preprocessing;
    const engine = early.besides(context.engine);
    const outcome = await registerStudy(study, registration, engine, run, request.registration);
    context.onRegistered?.(registrationCheck(study, outcome.value, outcome.flags ?? [], run));
    return outcome;
  });
  const { resampled, regions, standardised } = await prepareImages(
    study,
    alignment,
    preprocessing,
    early,
    log,
  );
  const habitats = await log.run('habitats', () =>
    findHabitats(standardised, regions.tumour, model.habitats),
  );
  const taken = model.extraction.image === 'resampled' ? resampled.images : standardised;
  const sources = { images: taken, regions, habitats, reference: alignment.reference };
  const prognosis = await (resampled.tooMuchOutside === null
    ? prognose(log, model, sources, request, context.featurePool)
    : withoutPrognosis(log, model, resampled.tooMuchOutside));

  const labels = labelStudy(study, alignment, resampled, regions, habitats);
  const analysis: Analysed = {
    ...regionSizes(labels[alignment.reference], habitats, model, regions.clippedFraction),
    registration: alignment.registration.summary,
    prognosis,
    age: request.age,
    batch: request.batch,
    flags: log.flags,
    provenance: { software: SOFTWARE, model: identityOf(model), startedAt, stages: log.stages },
  };
  const objects = await log.run('objects', (run) =>
    buildObjects(study, alignment, labels, analysis, model, run, request.reportClass),
  );
  const overlays = forBoth((sequence) => overlayPlanes(study.series[sequence], labels[sequence]));
  return { ...analysis, overlays, ...objects };
}

function requireAge(age: number): void {
  if (Number.isFinite(age) && age > 0 && age <= MAXIMUM_AGE) return;
  throw new InputError(
    'AGE_MISSING',
    `The patient's age is missing or not between 0 and ${MAXIMUM_AGE} years: enter it, because the risk depends on it.`,
  );
}

function identityOf({ name, version, hash, status, deviceUid }: Model): Provenance['model'] {
  return { name, version, hash, status, deviceUid };
}
