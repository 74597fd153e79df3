import type { Model } from '../../../src/model/schema';
import { exampleModel } from '../../fixtures/exampleModel';

/** The example with two features, no word of a test in what the panel shows. Its numbers mean nothing. */
export function demoModel(changes: Partial<Model> = {}): Model {
  return exampleModel({
    name: 'Demonstration',
    version: '1.0.0',
    deviceUid: '2.25.123',
    intendedUse: 'Research use only.',
    endpoint: 'Progression or death',
    training: { description: 'Made up', patients: 120, events: 41, centres: 2 },
    features: [
      feature('tumour', 'original_firstorder_Mean'),
      feature('peritumour', 'original_glcm_JointEntropy'),
    ],
    nomogram: {
      covariates: [
        { name: 'rprs', label: 'RPRS', unit: '', coefficient: 1.2, axis: [-3, 3] },
        { name: 'age', label: 'Age', unit: 'years', coefficient: 0.01, axis: [18, 90] },
      ],
      centre: 0.5,
      ties: 'efron',
      baselineHazard: [
        { months: 12, cumulativeHazard: 0.1 },
        { months: 36, cumulativeHazard: 0.4 },
      ],
      horizonsMonths: [12, 24, 36],
      followUpMonths: 60,
    },
    riskGroup: { cutoff: 0.5, scale: 'rprs', origin: 'Made up' },
    ...changes,
  });
}

function feature(region: 'tumour' | 'peritumour', name: string): Model['features'][number] {
  return {
    region,
    sequence: 'fsT2',
    feature: name,
    coefficient: 0.3,
    mean: 100,
    sd: 20,
    range: [20, 200],
    imputed: null,
  };
}
