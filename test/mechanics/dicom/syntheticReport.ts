import type { FeatureContribution } from '../../../src/chain/analysis';
import type { ReportInput } from '../../../src/dicom/outputTypes';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import type { ImageSeries } from '../../../src/dicom/series';
import { derivedUid } from '../../../src/dicom/uid';
import { voxelVolumeMm3 } from '../../../src/volume/volume';
import { exampleModel } from '../../fixtures/exampleModel';
import { segmentationInput, testUids } from './syntheticLabels';

/** What the report writes of a model is made up here; the rest is the example's. */
export const TEST_MODEL = exampleModel({
  name: 'Test model',
  version: '1.2.3',
  deviceUid: derivedUid('model'),
  intendedUse: 'Tests of the report',
  endpoint: 'progression or death',
  training: { description: 'Nobody', patients: 0, events: 0, centres: 0 },
  validations: [
    {
      description: 'Cohort B',
      patients: 53,
      events: 20,
      cIndex: 0.71,
      cIndexInterval: [0.6, 0.82],
    },
  ],
  features: [
    {
      region: 'tumour',
      sequence: 'fsT2',
      feature: 'original_glcm_Contrast',
      coefficient: 0.4,
      mean: 10,
      sd: 2,
      range: [1, 20],
      imputed: null,
    },
  ],
  riskGroup: { cutoff: 0.1, scale: 'rprs', origin: 'made up' },
});

const feature = (
  region: FeatureContribution['region'],
  sequence: FeatureContribution['sequence'],
  name: string,
  value: number | null,
): FeatureContribution => ({
  region,
  sequence,
  feature: name,
  value,
  harmonised: value,
  z: value === null ? 0 : 1.25,
  coefficient: -0.123456789012345,
  contribution: value === null ? 0 : -0.15432098626543,
  imputed: value === null,
});

export function reportInput(
  series: { readonly fsT2: ImageSeries; readonly ceT1: ImageSeries },
  changes: Partial<ReportInput> = {},
  labels: Parameters<typeof segmentationInput>[1] = {},
): ReportInput {
  const uids = testUids();
  const segmentation = buildSegmentation(segmentationInput(series.fsT2, { uids, ...labels }));
  return {
    series,
    reference: 'fsT2',
    segmentation,
    analysis: analysisOf(series.fsT2, segmentation),
    model: TEST_MODEL,
    when: new Date(2026, 0, 2, 12, 30, 15),
    uids,
    ...changes,
  };
}

function analysisOf(
  series: ImageSeries,
  { segments }: ReportInput['segmentation'],
): ReportInput['analysis'] {
  const voxelMm3 = voxelVolumeMm3(series.volume.grid);
  const voxels = (region: string): number =>
    segments.find((segment) => segment.region === region)?.voxels ?? 0;
  const size = <R extends 'tumour' | 'peritumour' | 'habitat1' | 'habitat2' | 'habitat3'>(
    region: R,
  ) => ({
    region,
    voxels: voxels(region),
    volumeMm3: voxels(region) * voxelMm3,
  });
  const habitat = (region: 'habitat1' | 'habitat2' | 'habitat3') => ({
    ...size(region),
    name: region,
    fraction: voxels(region) / voxels('tumour'),
    evaluable: voxels(region) > 0,
  });
  return {
    habitats: [habitat('habitat1'), habitat('habitat2'), habitat('habitat3')],
    tumour: size('tumour'),
    ring: { ...size('peritumour'), clippedFraction: 0.125 },
    registration: {
      applied: true,
      review: 'notReviewed',
      rotationDeg: 2.5,
      translationMm: 4.75,
      rotationLpsDeg: [0, 1.5, 2],
      translationLpsMm: [0, 0, 4.75],
      metricBefore: -0.4,
      metricAfter: -0.6,
      matrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    },
    prognosis: {
      evaluable: true,
      rprs: 1 / 3,
      contributions: [
        feature('tumour', 'fsT2', 'original_glcm_Contrast', 12.345678901234567),
        feature('tumour', 'ceT1', 'original_glcm_Contrast', 1e-12),
        feature('tumour', null, 'original_shape_Sphericity', 0.7),
        feature('peritumour', 'fsT2', 'wavelet-LLH_glcm_ClusterProminence', -123456789.123456),
        feature('habitat2', 'ceT1', 'original_firstorder_Mean', voxels('habitat2') ? 55.5 : null),
        feature('habitat1', null, 'fraction', 0.25),
        feature(
          'expansion',
          'fsT2',
          'log-sigma-5-0-mm-3D_glszm_LargeAreaHighGrayLevelEmphasis',
          7e12,
        ),
      ],
      linearPredictor: 1.2,
      points: [
        { covariate: 'rprs', value: 1 / 3, points: 55.5 },
        { covariate: 'age', value: 55, points: 20 },
      ],
      totalPoints: 75.5,
      risks: [
        { months: 12, risk: 0.1234 },
        { months: 24, risk: 0.3 },
        { months: 36, risk: 0.5 },
      ],
      group: 'high',
      cutoff: 0.1,
      cutoffScale: 'rprs',
    },
    age: 55,
    batch: null,
    flags: [
      {
        code: 'DEMONSTRATION_MODEL',
        stage: 'score',
        message: 'The model has made-up coefficients.',
      },
      {
        code: 'UNHARMONISED',
        stage: 'harmonise',
        message: 'Features were not harmonised (batch unknown).',
      },
    ],
    provenance: {
      software: { name: 'sts-habitat', version: '0.1.0' },
      model: {
        name: TEST_MODEL.name,
        version: TEST_MODEL.version,
        hash: TEST_MODEL.hash,
        status: 'demonstration',
        deviceUid: TEST_MODEL.deviceUid,
      },
      startedAt: '2026-01-02T12:30:15Z',
      stages: [
        { stage: 'register', applied: true, note: 'rigid, Mattes MI', seconds: 3 },
        { stage: 'biasField', applied: false, note: 'the model does not ask for it', seconds: 0 },
        { stage: 'harmonise', applied: false, note: 'the model has no ComBat', seconds: 0 },
      ],
    },
  };
}

/** The same without a score, as the chain would say it, and one feature that could not be measured. */
export function withoutScore(input: ReportInput): ReportInput {
  const { prognosis, flags } = input.analysis;
  if (!prognosis.evaluable) return input;
  const reason = '38.2 % of the tumour lies outside the images of one of the two series.';
  const features = prognosis.contributions.map(({ region, sequence, feature, value }, i) => ({
    region,
    sequence,
    feature,
    value: i === 0 ? null : value,
  }));
  return {
    ...input,
    analysis: {
      ...input.analysis,
      prognosis: { evaluable: false, reason, features },
      flags: [...flags, { code: 'RPRS_NOT_EVALUABLE', stage: 'score', message: reason }],
    },
  };
}
