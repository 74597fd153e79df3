import { describeFeatureName } from '../model/featureName';
import type { Model, ModelFeature, RegionId, SequenceId } from '../model/schema';
import { extractRadiomics, type TaskRunner } from '../radiomics/extractRadiomics';
import { voxelCount } from '../volume/volume';
import type { Mask, Volume } from '../volume/volume';
import type { HabitatMap } from '../habitats/clusterHabitats';
import type { RegionSet } from '../regions/deriveRegions';
import { isInputError } from './errors';
import type { InputErrorCode } from './errors';
import type { BothSequences } from './bothSequences';
import type { Run } from './stage';

/** Which number: without the coefficient and the scale that a model adds. */
export type WantedFeature = Pick<ModelFeature, 'region' | 'sequence' | 'feature'>;

/** Everything that features are taken from, on one grid. */
export interface FeatureSources {
  readonly images: BothSequences<Volume<'resampled' | 'standardised', Float32Array>>;
  readonly regions: Pick<RegionSet, 'tumour' | 'ring' | 'expansion'>;
  readonly habitats: HabitatMap;
  /** The image that gives the grid for features which do not look at one (shape). */
  readonly reference: SequenceId;
}

/** A region too small or too thin for a feature: the model says what to take instead. */
const NOT_EVALUABLE: ReadonlySet<InputErrorCode> = new Set([
  'FEATURE_NOT_EVALUABLE',
  'MASK_TOO_SMALL',
  'MASK_EMPTY',
]);

/** What is asked of one region on one image, so that it is cropped and discretised once. */
interface Batch {
  readonly region: RegionId;
  readonly sequence: SequenceId;
  readonly names: string[];
  readonly positions: number[];
}

/**
 * The model's features, in its order; null where one is not evaluable on this patient, because the
 * region is too small for it, for its filter or for any feature. A value does not depend on what else
 * is asked for: a cohort's table and an analysis with a model trained on it hold the same numbers.
 * Only what is asked for is computed.
 * @param runTasks where features are computed; without it, in this thread
 */
export async function measureFeatures(
  model: {
    readonly features: readonly WantedFeature[];
    readonly extraction: Model['extraction'];
  },
  sources: FeatureSources,
  run: Run,
  runTasks?: TaskRunner,
): Promise<(number | null)[]> {
  const values = model.features.map((feature) => sizeFeature(feature, sources.habitats, sources));
  const batches = batchesOf(model.features, sources.reference);
  for (const [done, batch] of batches.entries()) {
    run.signal.throwIfAborted();
    run.report(done / batches.length, `${batch.region}, ${batch.names.length} features`);
    const measured = await measureBatch(batch, model.extraction, sources, run, runTasks);
    batch.positions.forEach((position, i) => {
      const value = measured?.get(batch.names[i]);
      values[position] = value !== undefined && Number.isFinite(value) ? value : null;
    });
  }
  return values;
}

function batchesOf(features: readonly WantedFeature[], reference: SequenceId): Batch[] {
  const batches = new Map<string, Batch>();
  features.forEach(({ region, sequence, feature }, position) => {
    if (describeFeatureName(feature)?.kind !== 'radiomics') return;
    const image = sequence ?? reference;
    const key = `${region} ${image}`;
    const batch = batches.get(key) ?? { region, sequence: image, names: [], positions: [] };
    batches.set(key, batch);
    batch.names.push(feature);
    batch.positions.push(position);
  });
  return [...batches.values()];
}

async function measureBatch(
  { region, sequence, names }: Batch,
  extraction: Model['extraction'],
  sources: FeatureSources,
  run: Run,
  runTasks?: TaskRunner,
): Promise<ReadonlyMap<string, number> | null> {
  const mask = evaluableMask(region, sources);
  if (mask === null) return null;
  const quiet: Run = { signal: run.signal, report: () => undefined };
  try {
    return await extractRadiomics(
      sources.images[sequence],
      mask,
      { names, settings: extraction.settings, partial: true },
      quiet,
      runTasks,
    );
  } catch (error) {
    if (isInputError(error) && NOT_EVALUABLE.has(error.code)) return null;
    throw error;
  }
}

/** null when the region is empty or too small on this patient. */
function evaluableMask(region: RegionId, { regions, habitats }: FeatureSources): Mask | null {
  if (region === 'tumour') return regions.tumour;
  if (region === 'peritumour') return regions.ring.data.includes(1) ? regions.ring : null;
  if (region === 'expansion') return regions.expansion;
  const habitat = habitatIndex(region);
  if (!habitats.evaluable[habitat]) return null;
  const { grid, data } = habitats.labels;
  return { grid, data: data.map((label) => (label === habitat + 1 ? 1 : 0)) };
}

/** Voxel counts and fractions; null for radiomics features, which come later. */
function sizeFeature(
  { region, feature }: WantedFeature,
  habitats: HabitatMap,
  { regions }: FeatureSources,
): number | null {
  const kind = describeFeatureName(feature)?.kind;
  if (kind === 'fraction') return habitats.fractions[habitatIndex(region)];
  if (kind !== 'voxelCount') return null;
  if (region === 'tumour') return countOf(regions.tumour);
  if (region === 'peritumour') return countOf(regions.ring);
  if (region === 'expansion') return countOf(regions.expansion);
  return habitats.counts[habitatIndex(region)];
}

function habitatIndex(region: RegionId): 0 | 1 | 2 {
  if (region === 'habitat1') return 0;
  if (region === 'habitat2') return 1;
  if (region === 'habitat3') return 2;
  throw new Error(`${region} is not a habitat.`);
}

function countOf({ grid, data }: Mask): number {
  let count = 0;
  for (let i = 0; i < voxelCount(grid); i++) count += data[i];
  return count;
}
