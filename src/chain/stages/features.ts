import type { Model } from '../../model/schema';
import { measureFeatures } from '../measureFeatures';
import type { FeatureSources } from '../measureFeatures';
import type { Run } from '../stage';
import type { StageOutcome } from '../stageLog';

export async function extractStudyFeatures(
  model: Pick<Model, 'features' | 'extraction'>,
  sources: FeatureSources,
  run: Run,
): Promise<StageOutcome<readonly (number | null)[]>> {
  const value = await measureFeatures(model, sources, run);
  const missing = value.filter((entry) => entry === null).length;
  return {
    value,
    note: `${value.length} features by PyRadiomics' definitions on the ${model.extraction.image} images${missing === 0 ? '' : `, ${missing} not evaluable`}`,
  };
}
