import { buildMeasurementReport } from '../../../src/dicom/measurementReport';
import { firstItem, text } from '../../../src/dicom/attributes';
import { parseInstance } from '../../../src/dicom/instance';
import { readReport } from '../../../src/dicom/sr/readReport';
import { newestFirst, reportIdentity } from '../../../src/dicom/sr/reportIdentity';
import { PRIVATE_SCHEME } from '../../../src/dicom/codes';
import type { ReportInput } from '../../../src/dicom/outputTypes';
import type { DicomDataset } from '../../../src/dicom/series';
import { syntheticSeries } from '../../mechanics/dicom/synthetic';
import { reportInput, withoutScore } from '../../mechanics/dicom/syntheticReport';
import { scored } from '../../fixtures/scored';

const series = {
  fsT2: syntheticSeries({ size: [16, 12, 8] }),
  ceT1: syntheticSeries({ size: [16, 12, 8], name: 'second' }),
};

function input(changes: Partial<ReportInput> = {}): ReportInput {
  return reportInput(series, changes);
}

function written(of: ReportInput): DicomDataset {
  return parseInstance(new Uint8Array(buildMeasurementReport(of).part10).buffer).dataset;
}

/** Every item of every sequence, changed. */
function mapItems(
  dataset: DicomDataset,
  change: (item: DicomDataset) => DicomDataset,
): DicomDataset {
  return change(
    Object.fromEntries(
      Object.entries(dataset).map(([keyword, value]) => [
        keyword,
        keyword.endsWith('Sequence') && Array.isArray(value)
          ? (value as DicomDataset[]).map((item) => mapItems({ ...item }, change))
          : value,
      ]),
    ),
  );
}

test('what was written is read back, number for number', () => {
  const of = input();
  const { analysis } = of;
  const prognosis = scored(analysis.prognosis);
  const report = readReport(written(of));
  expect(report.prognosis).toEqual({
    ...prognosis,
    contributions: expect.arrayContaining([...prognosis.contributions]),
    risks: prognosis.risks.map(({ months, risk }) => ({
      months,
      risk: expect.closeTo(risk, 14),
    })),
  });
  expect(scored(report.prognosis).contributions).toHaveLength(prognosis.contributions.length);
  expect(report.flags).toEqual(analysis.flags);
  expect(report.software).toEqual(analysis.provenance.software);
  expect(report.model).toEqual(analysis.provenance.model);
  expect(report.stages).toEqual(
    analysis.provenance.stages.map((stage) => ({ ...stage, seconds: 0 })),
  );
  expect([report.age, report.batch, report.startedAt]).toEqual([55, null, '2026-01-02T12:30:15']);
  expect(report.regions.tumour?.volumeMm3).toBe(analysis.tumour.volumeMm3);
  expect(report.regions.habitat2?.fraction).toBe(analysis.habitats[1].fraction);
  expect(report.ringClippedFraction).toBe(analysis.ring.clippedFraction);
  expect(report.registration).toEqual({
    rotationDeg: 2.5,
    translationMm: 4.75,
    matrix: analysis.registration.matrix,
  });
  expect(report.tracking).toEqual(of.uids.tracking);
  expect(report.segmentation).toEqual({
    seriesInstanceUid: of.uids.segSeries,
    sopInstanceUid: of.uids.segInstance,
  });
  expect(report.referenceSeriesUid).toBe(series.fsT2.seriesInstanceUid);
  expect(report.images.map(({ seriesInstanceUid }) => seriesInstanceUid)).toEqual([
    series.fsT2.seriesInstanceUid,
    series.ceT1.seriesInstanceUid,
  ]);
});

test('a result without a score stays one, with its reason and what could be measured', () => {
  const of = withoutScore(input());
  const { prognosis, model, flags } = readReport(written(of));
  expect(prognosis).toEqual({
    ...of.analysis.prognosis,
    features: expect.arrayContaining(
      'features' in of.analysis.prognosis ? [...of.analysis.prognosis.features] : [],
    ),
  });
  expect(prognosis).toHaveProperty('features.length', 7);
  expect(flags).toEqual(of.analysis.flags);
  expect(model.name).toBe(of.analysis.provenance.model.name);
});

test.each<[string, (item: DicomDataset) => DicomDataset]>([
  ['cautions', (item) => (/NOT_EVALUABLE/.test(text(item, 'TextValue')) ? {} : item)],
  [
    'cautions and standard codes',
    (item) =>
      /NOT_EVALUABLE/.test(text(item, 'TextValue')) || item.CodeValue === '114007' ? {} : item,
  ],
])('an archive that loses %s does not turn it into a damaged report', (_, strip) => {
  const { prognosis } = readReport(mapItems(written(withoutScore(input())), strip));
  expect(prognosis).toMatchObject({
    evaluable: false,
    reason: 'The stored report no longer says why.',
  });
});

test('a score that is merely lost is not taken for one that does not exist', () => {
  const lost = mapItems(written(input()), (item) =>
    text(firstItem(item, 'ConceptNameCodeSequence'), 'CodeValue') === 'RPRS' ? {} : item,
  );
  expect(() => readReport(lost)).toThrow(/does not give the RPRS/);
});

test.each<[string, (item: DicomDataset) => DicomDataset]>([
  [
    'designators of the private scheme',
    (item) =>
      item.CodingSchemeDesignator === PRIVATE_SCHEME
        ? { ...item, CodingSchemeDesignator: '' }
        : item,
  ],
  [
    'private codes but their meanings',
    (item) =>
      item.CodingSchemeDesignator === PRIVATE_SCHEME ? { CodeMeaning: item.CodeMeaning } : item,
  ],
])('an archive that strips %s loses no number that counts', (_, strip) => {
  const of = input({ analysis: { ...input().analysis } });
  const software = { name: 'STS Habitat', version: '0.1.0' };
  const provenance = { ...of.analysis.provenance, software };
  const dataset = written({ ...of, analysis: { ...of.analysis, provenance } });
  const report = readReport(mapItems(dataset, strip));
  const { rprs, group, risks } = scored(readReport(dataset).prognosis);
  expect(report.prognosis).toMatchObject({ rprs, group, risks });
  expect(report.tracking).toEqual(of.uids.tracking);
  expect(report.flags).toEqual(of.analysis.flags);
});

test.each<[string, (dataset: DicomDataset) => DicomDataset, RegExp]>([
  [
    'another SR',
    (dataset) => ({ ...dataset, CodingSchemeIdentificationSequence: [] }),
    /not a report/,
  ],
  ['no content', (dataset) => ({ ...dataset, ContentSequence: [] }), /measurements of the tumour/],
  [
    'numbers without values',
    (dataset) => mapItems(dataset, (item) => ({ ...item, MeasuredValueSequence: [] })),
    /does not give the age/,
  ],
  [
    'no evidence',
    (dataset) => ({ ...dataset, CurrentRequestedProcedureEvidenceSequence: [] }),
    /where its segmentation is/,
  ],
])('a damaged report is refused in a sentence: %s', (_, damage, sentence) => {
  const dataset = damage(written(input()));
  expect(() => readReport(dataset)).toThrow(
    expect.objectContaining({
      code: 'REPORT_UNREADABLE',
      message: expect.stringMatching(sentence),
    }),
  );
});

test('a report stands before the one it replaces, even when the clock was set back', () => {
  const base = reportIdentity(written(input()));
  const report = (sopInstanceUid: string, writtenAt: string, predecessors: string[] = []) => ({
    ...base,
    sopInstanceUid,
    writtenAt,
    predecessors,
  });
  const names = (...reports: ReturnType<typeof report>[]): string =>
    newestFirst(reports)
      .map(({ sopInstanceUid }) => sopInstanceUid)
      .join(' ');
  expect(names(report('a', '20260101'), report('b', '20260102'))).toBe('b a');
  expect(names(report('a', '20260105'), report('b', '20260102', ['a']))).toBe('b a');
  expect(
    names(report('a', '20260105'), report('b', '20260102', ['a']), report('c', '20260101', ['b'])),
  ).toBe('c b a');
  // Nonsense must end, too.
  expect(
    names(report('a', '1', ['b']), report('b', '2', ['a']))
      .split(' ')
      .sort(),
  ).toEqual(['a', 'b']);
});
