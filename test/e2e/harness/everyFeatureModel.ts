import { readFileSync } from 'node:fs';
import path from 'node:path';
import { hashModel } from '../../../src/model/hashModel';
import { parseModel } from '../../../src/model/parseModel';
import type { Model } from '../../../src/model/schema';
import { planOf } from '../../../src/radiomics/plan';
import { preset } from '../../../src/radiomics/presets';

interface Choices {
  readonly region: Model['features'][number]['region'];
  readonly preprocessing: Partial<Model['preprocessing']>;
  /** Of every added feature. */
  readonly coefficient: number;
  /** Only those with one of these words in their names; all without it. */
  readonly classes?: readonly string[];
}

/** The demonstration model with every feature of each image type and class as well, as JSON. */
export function everyFeatureModel(choices: Choices): string {
  const { region, preprocessing, coefficient, classes } = choices;
  const model = parseModel(
    JSON.parse(readFileSync(path.resolve('models/demonstration.json'), 'utf8')),
  );
  const template = model.features[2];
  const { order } = planOf(preset('full'));
  const has = new Set(model.features.filter((f) => f.region === region).map((f) => f.feature));
  const asked = (name: string): boolean =>
    classes?.some((word) => name.includes(`_${word}_`)) ?? !name.includes('_shape_');
  const features = order
    .filter((name) => asked(name) && !has.has(name))
    .map((feature) => ({ ...template, region, feature, coefficient, imputed: 0 }));
  const changed = {
    ...model,
    preprocessing: { ...model.preprocessing, ...preprocessing },
    extraction: {
      ...model.extraction,
      settings: { ...model.extraction.settings, preCrop: true },
    },
    features: [...model.features, ...features],
    // It has parameters for each feature of its own.
    combat: null,
  };
  return JSON.stringify({ ...changed, hash: hashModel(changed) });
}
