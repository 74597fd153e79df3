import type { Model } from '../../model/schema';
import { measureFeatures } from '../measureFeatures';
import type { FeatureSources } from '../measureFeatures';
import type { TaskPool } from '../../radiomics/extractRadiomics';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';

export async function extractStudyFeatures(
  model: Pick<Model, 'features' | 'extraction'>,
  sources: FeatureSources,
  run: Run,
  pool?: TaskPool,
): Promise<StageOutcome<readonly (number | null)[]>> {
  const value = await measureFeatures(model, sources, run, pool?.runTasks).finally(() =>
    pool?.end(),
  );
  const missing = value.filter((entry) => entry === null).length;
  return {
    value,
    note: `${value.length} features by PyRadiomics' definitions on the ${model.extraction.image} images${missing === 0 ? '' : `, ${missing} not evaluable`}`,
  };
}
