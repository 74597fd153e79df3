import type { RegionSize, Score } from '../../chain/analysis';
import type { RegionId } from '../../model/schema';
import { anatomicSite } from '../anatomy';
import { ALGORITHM_FAMILIES, SEGMENT_CODES, UNITS } from '../codes';
import type { Code } from '../codes';
import { SEGMENT_REGIONS } from '../outputTypes';
import type { ReportInput, SegmentRegion } from '../outputTypes';
import { GROUP, MEASUREMENTS, NOT_ATTEMPTED, horizonConcept } from './concepts';
import { featureMeasurements } from './featureMeasurements';
import {
  AlgorithmIdentification,
  Evaluation,
  Measurement,
  VolumetricRoiMeasurements,
} from './templates';
import type { SegmentTarget } from './templates';

const HABITAT_FRACTION = 'Voxels of the segment / voxels of the segment of the tumour';

const FINDINGS: Readonly<Record<SegmentRegion, Code>> = {
  tumour: SEGMENT_CODES.primaryNeoplasm,
  habitat1: SEGMENT_CODES.habitat1,
  habitat2: SEGMENT_CODES.habitat2,
  habitat3: SEGMENT_CODES.habitat3,
  peritumour: SEGMENT_CODES.peritumoral,
};

/** One group for each segment of the SEG, then the prognosis, on the tumour. */
export function measurementGroups(input: ReportInput): VolumetricRoiMeasurements[] {
  const segments = input.segmentation.segments.map(({ region }) => segmentGroup(region, input));
  return [...segments, prognosisGroup(input)];
}

function segmentGroup(region: SegmentRegion, input: ReportInput): VolumetricRoiMeasurements {
  return group(region, region, FINDINGS[region], input, [
    ...sizeMeasurements(region, input),
    ...featureMeasurements(input, [region]),
  ]);
}

function group(
  tracked: SegmentRegion | 'prognosis',
  region: SegmentRegion,
  finding: Code,
  input: ReportInput,
  measurements: readonly Measurement[],
  evaluations: readonly Evaluation[] = [],
): VolumetricRoiMeasurements {
  return new VolumetricRoiMeasurements(
    input.uids.tracking[tracked],
    finding,
    targetOf(region, input),
    anatomicSite(input.series[input.reference].header),
    measurements,
    evaluations,
  );
}

function targetOf(region: SegmentRegion, input: ReportInput): SegmentTarget {
  const segment = input.segmentation.segments.find((item) => item.region === region);
  if (!segment) throw new Error(`the SEG has no segment for ${region}`);
  return {
    sopClassUid: input.segmentation.sopClassUid,
    sopInstanceUid: input.segmentation.sopInstanceUid,
    segmentNumber: segment.segmentNumber,
    sourceSeriesUid: input.series[input.reference].seriesInstanceUid,
  };
}

function software({ analysis }: ReportInput, ...parameters: string[]): AlgorithmIdentification {
  const { name, version } = analysis.provenance.software;
  return new AlgorithmIdentification(name, version, parameters);
}

function sizeMeasurements(region: SegmentRegion, input: ReportInput): Measurement[] {
  const { volumeMm3 } = sizeOf(region, input);
  const volume = new Measurement(
    MEASUREMENTS.volume,
    volumeMm3,
    UNITS.cubicMillimetre,
    software(input, 'Voxels of the segment x voxel volume'),
  );
  if (region === 'peritumour') {
    const { clippedFraction } = input.analysis.ring;
    const parameters = `Ring of ${input.model.preprocessing.regions.ringWidthMm} mm; part of it that is air or outside the image`;
    return [
      volume,
      new Measurement(
        MEASUREMENTS.ringClipped,
        clippedFraction,
        UNITS.none,
        software(input, parameters),
      ),
    ];
  }
  const habitat = input.analysis.habitats.find((item) => item.region === region);
  if (!habitat) return [volume];
  return [
    volume,
    new Measurement(
      MEASUREMENTS.habitatFraction,
      habitat.fraction,
      UNITS.none,
      software(input, HABITAT_FRACTION),
    ),
  ];
}

function sizeOf(region: SegmentRegion, { analysis }: ReportInput): RegionSize {
  if (region === 'tumour') return analysis.tumour;
  if (region === 'peritumour') return analysis.ring;
  const habitat = analysis.habitats.find((item) => item.region === region);
  if (!habitat) throw new Error(`the analysis has no ${region}`);
  return habitat;
}

function prognosisGroup(input: ReportInput): VolumetricRoiMeasurements {
  const { prognosis } = input.analysis;
  return group(
    'prognosis',
    'tumour',
    GROUP.sarcoma,
    input,
    [
      ...(prognosis.evaluable ? scoreMeasurements(prognosis, input) : []),
      ...registrationMeasurements(input),
      ...absentHabitats(input),
      ...featureMeasurements(input, homelessRegions(input), true),
    ],
    prognosis.evaluable
      ? [new Evaluation(MEASUREMENTS.riskGroup, MEASUREMENTS[prognosis.group])]
      : missingScore(input),
  );
}

/** Score and risks are named, so that nobody takes them for forgotten; a caution says why they are missing. */
function missingScore({ model }: ReportInput): Evaluation[] {
  const risks = model.nomogram.horizonsMonths.map(horizonConcept);
  return [
    ...[MEASUREMENTS.rprs, ...risks].map((name) => new Evaluation(name, NOT_ATTEMPTED)),
    new Evaluation(MEASUREMENTS.riskGroup, MEASUREMENTS.notEvaluable),
  ];
}

function scoreMeasurements(prognosis: Score, input: ReportInput): Measurement[] {
  const { model } = input;
  const scored = new AlgorithmIdentification(
    model.name,
    model.version,
    [`Model ${model.hash}, status ${model.status}, endpoint: ${model.endpoint}`],
    ALGORITHM_FAMILIES.artificialIntelligence,
  );
  const cutoff =
    prognosis.cutoffScale === 'rprs' ? MEASUREMENTS.rprsCutoff : MEASUREMENTS.linearPredictorCutoff;
  return [
    new Measurement(MEASUREMENTS.rprs, prognosis.rprs, UNITS.none, scored),
    new Measurement(cutoff, prognosis.cutoff, UNITS.none, scored),
    new Measurement(MEASUREMENTS.linearPredictor, prognosis.linearPredictor, UNITS.none, scored),
    new Measurement(MEASUREMENTS.points, prognosis.totalPoints, UNITS.none, scored),
    ...prognosis.points.map(
      ({ covariate, points }) =>
        new Measurement(MEASUREMENTS.pointsOf[covariate], points, UNITS.none, scored),
    ),
    ...prognosis.risks.map(
      ({ months, risk }) =>
        new Measurement(horizonConcept(months), 100 * risk, UNITS.percent, scored),
    ),
  ];
}

function registrationMeasurements(input: ReportInput): Measurement[] {
  const { registration } = input.analysis;
  if (!registration.applied) return [];
  const { registrationRotation, registrationTranslation } = MEASUREMENTS;
  const registered = software(
    input,
    'Rigid registration of CE-T1WI and FS-T2WI',
    // Read back to draw a stored result over the other series.
    `Matrix from the reference to the other series, LPS mm, by rows: ${JSON.stringify(registration.matrix)}`,
  );
  return [
    new Measurement(registrationRotation, registration.rotationDeg, UNITS.degree, registered),
    new Measurement(
      registrationTranslation,
      registration.translationMm,
      UNITS.millimetre,
      registered,
    ),
  ];
}

function absentHabitats(input: ReportInput): Measurement[] {
  const present = input.segmentation.segments.map(({ region }) => region);
  return (['habitat1', 'habitat2', 'habitat3'] as const)
    .filter((region) => !present.includes(region))
    .map(
      (region) =>
        new Measurement(
          MEASUREMENTS.absentHabitat[region],
          0,
          UNITS.none,
          software(input, HABITAT_FRACTION),
        ),
    );
}

/** The expansion, and regions that have no voxel: their features have no segment of their own. */
function homelessRegions({ segmentation }: ReportInput): RegionId[] {
  const segments = segmentation.segments.map(({ region }) => region);
  return ['expansion', ...SEGMENT_REGIONS.filter((region) => !segments.includes(region))];
}
