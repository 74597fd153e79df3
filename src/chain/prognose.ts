/**
 * From the regions to the risk: features, harmonisation and score; or, where a score would not stand
 * for the tumour, the same stages as not applied.
 */
import type { Model } from '../model/schema';
import type { TaskPool } from '../radiomics/extractRadiomics';
import type { AnalysisRequest, Prognosis } from './analysis';
import type { FeatureSources } from './measureFeatures';
import type { StageLog } from './stageLog';
import { extractStudyFeatures } from './stages/features';
import { harmoniseStudy } from './stages/harmonise';
import { scoreStudy, withoutScore } from './stages/score';

export async function prognose(
  log: StageLog,
  model: Model,
  sources: FeatureSources,
  { age, batch }: Pick<AnalysisRequest, 'age' | 'batch'>,
  pool?: TaskPool,
): Promise<Prognosis> {
  const features = await log.run('features', (run) =>
    extractStudyFeatures(model, sources, run, pool),
  );
  const harmonised = await log.run('harmonise', () => harmoniseStudy(features, model, batch));
  return log.run('score', () => scoreStudy(model, features, harmonised, age));
}

export async function withoutPrognosis(
  log: StageLog,
  model: Model,
  reason: string,
): Promise<Prognosis> {
  const leftOut = () => ({ value: null, applied: false, note: reason });
  await log.run('features', leftOut);
  await log.run('harmonise', leftOut);
  return log.run('score', () => withoutScore(model, reason));
}
