import { hashModel } from '../../../src/model/hashModel';
import type { Model } from '../../../src/model/schema';

/** A small valid model: two features, no ComBat. Its numbers mean nothing. */
export function demoModel(changes: Partial<Model> = {}): Model {
  const model: Model = {
    schema: 'sts-habitat-model',
    schemaVersion: 1,
    name: 'Demonstration',
    version: '1.0.0',
    deviceUid: '2.25.123',
    status: 'demonstration',
    intendedUse: 'Research use only.',
    endpoint: 'Progression or death',
    training: { description: 'Made up', patients: 120, events: 41, centres: 2 },
    validations: [],
    preprocessing: {
      registration: {
        method: 'rigid',
        reference: 'fsT2',
        histogramBins: 32,
        resolutions: 4,
        iterations: 256,
        samples: 2048,
      },
      biasField: { method: 'none' },
      resampling: { spacingMm: [1, 1, 1], image: 'bspline' },
      regions: { ringWidthMm: 10, clippedFractionFlag: 0.2 },
      standardisation: {
        percentiles: [1, 50, 99],
        standard: { fsT2: [0, 50, 100], ceT1: [0, 50, 100] },
      },
    },
    habitats: {
      channelMean: [50, 50],
      channelSd: [20, 20],
      centroids: [
        [-1, -1],
        [1, 1],
        [0, 0],
      ],
      names: ['Low-enhancing solid', 'Enhancing viable', 'Hypoactive'],
      minimumVoxels: 64,
      patternAsPublished: true,
    },
    extraction: { image: 'resampled', settings: { binWidth: 25 } },
    features: [
      feature('tumour', 'original_firstorder_Mean'),
      feature('peritumour', 'original_glcm_JointEntropy'),
    ],
    combat: null,
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
    hash: `sha256:${'0'.repeat(64)}`,
    ...changes,
  };
  return { ...model, hash: hashModel(model) };
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
