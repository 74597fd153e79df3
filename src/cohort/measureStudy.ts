/** The features of a prepared patient with frozen artefacts, by the stages that analyse a new one. */
import type { Flag } from '../chain/analysis';
import { measureFeatures } from '../chain/measureFeatures';
import type { WantedFeature } from '../chain/measureFeatures';
import type { Run } from '../chain/stage';
import { findHabitats } from '../chain/stages/habitats';
import { standardiseByLandmarks } from '../chain/stages/standardise';
import type { Model } from '../model/schema';
import type { PreparedStudy } from './prepareStudy';

export interface MeasuredStudy {
  /** In the order of the wanted features; null: not evaluable. */
  readonly values: readonly (number | null)[];
  readonly flags: readonly Flag[];
}

export async function measureStudy(
  { images, landmarks, regions, reference }: PreparedStudy,
  artefacts: Pick<Model, 'preprocessing' | 'habitats' | 'extraction'>,
  features: readonly WantedFeature[],
  run: Run,
): Promise<MeasuredStudy> {
  const { preprocessing, extraction } = artefacts;
  const { standardisation } = preprocessing;
  const standardised = standardiseByLandmarks(images, landmarks, standardisation, run);
  const habitats = findHabitats(standardised.value, regions.tumour, artefacts.habitats);
  const values = await measureFeatures(
    { features, extraction },
    {
      images: extraction.image === 'resampled' ? images : standardised.value,
      regions,
      habitats: habitats.value,
      reference,
    },
    run,
  );
  return { values, flags: [...(standardised.flags ?? []), ...(habitats.flags ?? [])] };
}
