import type { AnalysisResult, FeatureContribution } from '../../../src/chain/analysis';
import { STAGES, type StageReport } from '../../../src/chain/stage';

/** A result with made-up numbers, to look at the panel and to test what it does with a result. */
export function scriptedResult(overlays?: AnalysisResult['overlays']): AnalysisResult {
  return {
    habitats: [
      habitat('habitat1', 'Low-enhancing solid', 12_345, 0.312),
      habitat('habitat2', 'Enhancing viable', 20_480, 0.517),
      habitat('habitat3', 'Hypoactive', 6_772, 0.171),
    ],
    tumour: { region: 'tumour', voxels: 15_100, volumeMm3: 39_597 },
    ring: { region: 'peritumour', voxels: 20_000, volumeMm3: 41_200, clippedFraction: 0.124 },
    registration: {
      applied: true,
      review: 'notReviewed',
      rotationDeg: 2.1,
      translationMm: 3.4,
      rotationLpsDeg: [0.4, -0.5, 2],
      translationLpsMm: [3, -1.6, 0],
      metricBefore: -0.4,
      metricAfter: -0.7,
      matrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    },
    prognosis: {
      evaluable: true,
      rprs: 0.8421,
      contributions: contributions(),
      linearPredictor: 1.12,
      points: [
        { covariate: 'rprs', value: 0.8421, points: 61 },
        { covariate: 'age', value: 26, points: 8 },
      ],
      totalPoints: 69,
      risks: [
        { months: 12, risk: 0.214 },
        { months: 24, risk: 0.386 },
        { months: 36, risk: 0.471 },
      ],
      group: 'high',
      cutoff: 0.5,
      cutoffScale: 'rprs',
    },
    age: 26,
    batch: null,
    flags: [
      {
        code: 'DEMONSTRATION_MODEL',
        stage: 'score',
        message:
          'The coefficients of this model are made up: the risk means nothing for a patient.',
      },
      {
        code: 'UNHARMONISED',
        stage: 'harmonise',
        message: 'The features were not harmonised between scanners.',
      },
    ],
    provenance: {
      software: { name: 'sts-habitat', version: '0.1.0' },
      model: {
        name: 'Demonstration',
        version: '1.0.0',
        hash: `sha256:${'ab'.repeat(32)}`,
        status: 'demonstration',
        deviceUid: '2.25.1',
      },
      startedAt: '2026-01-19T10:15:00Z',
      stages: STAGES.map(({ id }) => ({
        stage: id,
        applied: !LEFT_OUT.has(id),
        note: LEFT_OUT.get(id) ?? 'Rigid, Mattes mutual information',
        seconds: 1.2,
      })),
    },
    overlays: overlays ?? { fsT2: [], ceT1: [] },
    objects: [
      {
        kind: 'SEG',
        sopInstanceUid: '2.25.11',
        seriesInstanceUid: '2.25.1',
        studyInstanceUid: '2.25.0',
        part10: new Uint8Array([1]),
      },
      {
        kind: 'SR',
        sopInstanceUid: '2.25.12',
        seriesInstanceUid: '2.25.2',
        studyInstanceUid: '2.25.0',
        part10: new Uint8Array([2]),
      },
    ],
  };
}

const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ['biasField', 'The model asks for no bias field correction.'],
  ['harmonise', 'The model has no ComBat parameters.'],
]);

function habitat(
  region: 'habitat1' | 'habitat2' | 'habitat3',
  name: string,
  volumeMm3: number,
  fraction: number,
) {
  return {
    region,
    name,
    fraction,
    volumeMm3,
    voxels: Math.round(volumeMm3 / 2.7),
    evaluable: true,
  };
}

function contributions(): readonly FeatureContribution[] {
  return [
    contribution('peritumour', 'fsT2', 'original_glcm_JointEntropy', 0.51),
    contribution('habitat2', 'ceT1', 'original_firstorder_90Percentile', -0.22),
    contribution('tumour', null, 'original_shape_Sphericity', 0.31),
    contribution('habitat3', null, 'fraction', 0.19),
  ];
}

function contribution(
  region: FeatureContribution['region'],
  sequence: FeatureContribution['sequence'],
  feature: string,
  value: number,
): FeatureContribution {
  return {
    region,
    sequence,
    feature,
    value,
    harmonised: value,
    z: value / 0.3,
    coefficient: 0.3,
    contribution: value,
    imputed: false,
  };
}

/** A run that goes through every stage, `steps` reports each. */
export function* scriptedReports(steps: number): Generator<StageReport> {
  for (const { id } of STAGES) {
    const reason = LEFT_OUT.get(id);
    if (reason !== undefined) {
      yield { stage: id, state: { state: 'notApplied', reason } };
      continue;
    }
    for (let step = 0; step < steps; step++) {
      yield {
        stage: id,
        state: { state: 'running', fraction: step / steps, message: `Step ${step + 1}` },
      };
    }
    yield { stage: id, state: { state: 'done', seconds: 1.2 } };
  }
}
