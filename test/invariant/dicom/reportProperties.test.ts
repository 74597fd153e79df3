import fc from 'fast-check';
import type { FeatureContribution, FlagCode, Score } from '../../../src/chain/analysis';
import { STAGES } from '../../../src/chain/stage';
import { firstItem, sequence, text } from '../../../src/dicom/attributes';
import { parseInstance } from '../../../src/dicom/instance';
import { buildMeasurementReport } from '../../../src/dicom/measurementReport';
import type { ReportInput } from '../../../src/dicom/outputTypes';
import type { DicomDataset } from '../../../src/dicom/series';
import { readReport } from '../../../src/dicom/sr/readReport';
import { REGIONS } from '../../../src/model/schema';
import { arrayBuffer, syntheticSeries } from '../../mechanics/dicom/synthetic';
import { reportInput } from '../../mechanics/dicom/syntheticReport';
import { scored } from '../../fixtures/scored';

/** Any analysis is written as a report and read back equal: as a tree, and by `readReport`. */

const SERIES = {
  fsT2: syntheticSeries({ size: [12, 10, 2] }),
  ceT1: syntheticSeries({ size: [12, 10, 2], name: 'CE-T1WI' }),
};
const base = reportInput(SERIES);

/** Numbers of any size that a double holds, and zero; -0 is written as 0. */
const finite = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => (value === 0 ? 0 : value));
const moderate = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);
const fraction = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);

/** Letters of any script; text values lose blanks at their ends (PS3.5 6.2). */
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  // eslint-disable-next-line no-control-regex -- control characters have no place in a text value.
  .map((value) => `a${value.replace(/[\u0000-\u001f\u007f-\u009f\\]/g, '')}.`);

const FEATURES = [
  'original_glcm_Contrast',
  'original_shape_Sphericity',
  'log-sigma-5-0-mm-3D_glszm_ZoneEntropy',
  'wavelet-LLH_firstorder_Mean',
  'fraction',
];
const contribution: fc.Arbitrary<FeatureContribution> = fc
  .record({
    region: fc.constantFrom(...REGIONS),
    sequence: fc.constantFrom('fsT2', 'ceT1', null),
    feature: fc.constantFrom(...FEATURES),
    value: fc.option(finite),
    z: moderate,
    coefficient: moderate,
    contribution: finite,
  })
  .map((one) => ({ ...one, harmonised: one.value, imputed: one.value === null }));
const keyOf = ({ region, sequence: of, feature }: FeatureContribution): string =>
  `${region}|${of}|${feature}`;

const prognosis: fc.Arbitrary<Score> = fc.record({
  evaluable: fc.constant(true as const),
  rprs: finite,
  contributions: fc.uniqueArray(contribution, { maxLength: 6, selector: keyOf }),
  linearPredictor: finite,
  points: fc.tuple(finite, finite).map(([a, b]) => [
    { covariate: 'rprs' as const, value: 0, points: a },
    { covariate: 'age' as const, value: 0, points: b },
  ]),
  totalPoints: finite,
  risks: fc
    .uniqueArray(
      fc.integer({ min: 1, max: 240 }).map((half) => half / 2),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .chain((months) =>
      fc
        .array(fraction, { minLength: months.length, maxLength: months.length })
        .map((risks) =>
          [...months].sort((a, b) => a - b).map((month, i) => ({ months: month, risk: risks[i] })),
        ),
    ),
  group: fc.constantFrom('low', 'high'),
  cutoff: finite,
  cutoffScale: fc.constantFrom('rprs', 'linearPredictor'),
});

const FLAGS: readonly FlagCode[] = ['RING_CLIPPED', 'FEATURE_OUT_OF_RANGE', 'MULTIFOCAL'];
const analysis = fc.record({
  prognosis,
  age: fc.integer({ min: 1, max: 120 }),
  batch: fc.option(words),
  flags: fc.array(
    fc.record({
      code: fc.constantFrom(...FLAGS),
      stage: fc.constant('score' as const),
      message: words,
    }),
    { maxLength: 3 },
  ),
  stages: fc.subarray(STAGES.map(({ id }) => id)).chain((ids) =>
    fc.tuple(
      ...ids.map((stage) =>
        fc.record({
          stage: fc.constant(stage),
          applied: fc.boolean(),
          note: words,
          seconds: fc.constant(0),
        }),
      ),
    ),
  ),
  rotationDeg: fraction,
  translationMm: fraction,
  clippedFraction: fraction,
});

type Random = typeof analysis extends fc.Arbitrary<infer T> ? T : never;

function inputOf(random: Random): ReportInput {
  const { stages, rotationDeg, translationMm, clippedFraction, ...rest } = random;
  return {
    ...base,
    analysis: {
      ...base.analysis,
      ...rest,
      ring: { ...base.analysis.ring, clippedFraction },
      registration: { ...base.analysis.registration, rotationDeg, translationMm },
      provenance: { ...base.analysis.provenance, stages },
    },
  };
}

/** Values of all items with their names, whatever their place in the tree. */
function values(item: DicomDataset): string[] {
  const name = text(firstItem(item, 'ConceptNameCodeSequence'), 'CodeValue');
  const number = firstItem(item, 'MeasuredValueSequence').FloatingPointValue;
  const one = number === undefined ? text(item, 'TextValue') : String(number);
  return [`${name} ${one}`, ...sequence(item, 'ContentSequence').flatMap(values)];
}

test('any analysis is written as a report and read back equal', () => {
  fc.assert(
    fc.property(analysis, (random) => {
      const input = inputOf(random);
      const { dataset } = parseInstance(arrayBuffer(buildMeasurementReport(input).part10));
      const report = readReport(dataset);
      const { contributions, risks, points, ...numbers } = random.prognosis;

      const read = scored(report.prognosis);
      expect(read).toMatchObject(numbers);
      expect(read.points.map((one) => one.points)).toEqual(points.map((one) => one.points));
      expect(read.risks).toEqual(
        // Written as percent.
        risks.map(({ months, risk }) => ({ months, risk: (100 * risk) / 100 })),
      );
      const sorted = (all: readonly FeatureContribution[]): FeatureContribution[] =>
        [...all].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      expect(sorted(read.contributions)).toEqual(sorted(contributions));

      const { age, batch, ringClippedFraction, flags, stages } = report;
      expect({ age, batch, ringClippedFraction, stages }).toEqual({
        age: random.age,
        batch: random.batch,
        ringClippedFraction: random.clippedFraction,
        stages: random.stages,
      });
      expect(flags.map(({ code, message }) => ({ code, message }))).toEqual(
        random.flags.map(({ code, message }) => ({ code, message })),
      );

      const tree = values(dataset);
      for (const { message } of random.flags)
        expect(tree.some((value) => value.endsWith(message))).toBe(true);
      expect(tree).toContain(`RPRS ${String(random.prognosis.rprs)}`);
    }),
    { numRuns: 200, seed: 5 },
  );
});
