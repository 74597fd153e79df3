import { firstItem, number, sequence, text } from '../../../src/dicom/attributes';
import { PRIVATE_SCHEME } from '../../../src/dicom/codes';
import { parseInstance } from '../../../src/dicom/instance';
import { buildMeasurementReport } from '../../../src/dicom/measurementReport';
import type { ReportInput } from '../../../src/dicom/outputTypes';
import {
  container,
  coded,
  contains,
  numeric,
  personName,
  segmentReference,
  textual,
  uidReference,
} from '../../../src/dicom/report/contentItem';
import { DOCUMENT, GROUP, MEASUREMENTS } from '../../../src/dicom/report/concepts';
import { measurementReport } from '../../../src/dicom/report/document';
import type { MeasurementReportContent } from '../../../src/dicom/report/document';
import {
  AlgorithmIdentification,
  Measurement,
  VolumetricRoiMeasurements,
} from '../../../src/dicom/report/templates';
import { UNITS } from '../../../src/dicom/codes';
import type { DicomDataset } from '../../../src/dicom/series';
import { voxelVolumeMm3 } from '../../../src/volume/volume';
import { OBLIQUE, arrayBuffer, syntheticSeries } from '../../mechanics/dicom/synthetic';
import { labelsFor } from '../../mechanics/dicom/syntheticLabels';
import { reportInput, withoutScore } from '../../mechanics/dicom/syntheticReport';
import { scored } from '../../fixtures/scored';

const fsT2 = syntheticSeries({ name: 'FS-T2WI', direction: OBLIQUE });
const ceT1 = syntheticSeries({ name: 'CE-T1WI' });
const input = reportInput({ fsT2, ceT1 });
const report = read(buildMeasurementReport(input).part10);
const seg = read(input.segmentation.part10);

function read(part10: Uint8Array): DicomDataset {
  return parseInstance(arrayBuffer(part10)).dataset;
}

function conceptOf(item: DicomDataset): string {
  return text(firstItem(item, 'ConceptNameCodeSequence'), 'CodeValue');
}

function all(item: DicomDataset): DicomDataset[] {
  return [item, ...sequence(item, 'ContentSequence').flatMap(all)];
}

function groups(dataset: DicomDataset): DicomDataset[] {
  return all(dataset).filter((item) => conceptOf(item) === GROUP.name.value);
}

function valueOf(group: DicomDataset, concept: string): number | undefined {
  const item = sequence(group, 'ContentSequence').find((child) => conceptOf(child) === concept);
  return item && number(firstItem(item, 'MeasuredValueSequence'), 'FloatingPointValue');
}

describe('SEG and SR belong together', () => {
  test('the groups track the segments, by the same identifiers', () => {
    const segments = sequence(seg, 'SegmentSequence').map((segment) => [
      text(segment, 'TrackingID'),
      text(segment, 'TrackingUID'),
    ]);
    const tracked = groups(report).map((group) => {
      const [id, uid] = sequence(group, 'ContentSequence');
      return [text(id, 'TextValue'), text(uid, 'UID')];
    });
    const { id, uid } = input.uids.tracking.prognosis;
    expect(tracked).toEqual([...segments, [id, uid]]);
  });

  test('each group refers to its segment, and all that is referred to is evidence', () => {
    const targets = all(report)
      .filter((item) => text(item, 'ValueType') === 'IMAGE')
      .map((item) => firstItem(item, 'ReferencedSOPSequence'));
    expect(targets.map((target) => number(target, 'ReferencedSegmentNumber'))).toEqual([
      1, 2, 3, 4, 5, 1,
    ]);
    const evidence = sequence(report, 'CurrentRequestedProcedureEvidenceSequence')
      .flatMap((study) => sequence(study, 'ReferencedSeriesSequence'))
      .flatMap((series) => sequence(series, 'ReferencedSOPSequence'))
      .map((item) => text(item, 'ReferencedSOPInstanceUID'));
    const expected = [
      input.segmentation.sopInstanceUid,
      ...[...fsT2.slices, ...ceT1.slices].map(({ sopInstanceUid }) => sopInstanceUid),
    ];
    expect([...evidence].sort()).toEqual([...expected].sort());
    expect(
      targets.every((target) => evidence.includes(text(target, 'ReferencedSOPInstanceUID'))),
    ).toBe(true);
  });

  test('volumes are voxels times voxel volume', () => {
    const voxel = voxelVolumeMm3(fsT2.volume.grid);
    expect(
      groups(report)
        .slice(0, 5)
        .map((group) => valueOf(group, MEASUREMENTS.volume.value)),
    ).toEqual(input.segmentation.segments.map(({ voxels }) => voxels * voxel));
  });
});

describe('the content', () => {
  test('has a title that the text view of OHIF 3.13 can show', () => {
    expect(conceptOf(report)).toBe(DOCUMENT.title.value);
    expect(conceptOf(report)).not.toBe('126000');
  });

  test('declares the private scheme and names every item', () => {
    expect(
      text(firstItem(report, 'CodingSchemeIdentificationSequence'), 'CodingSchemeDesignator'),
    ).toBe(PRIVATE_SCHEME);
    expect(all(report).every((item) => conceptOf(item) !== '')).toBe(true);
  });

  test('keeps the full precision of numbers beside the 16 characters of DS', () => {
    const values = all(report)
      .map((item) => firstItem(item, 'MeasuredValueSequence'))
      .filter((item) => 'NumericValue' in item);
    expect(values.length).toBeGreaterThan(20);
    for (const value of values) {
      const exact = number(value, 'FloatingPointValue') ?? NaN;
      expect(text(value, 'NumericValue').length).toBeLessThanOrEqual(16);
      expect(Math.abs((number(value, 'NumericValue') ?? NaN) - exact)).toBeLessThanOrEqual(
        Math.abs(exact) * 1e-8,
      );
    }
  });

  test('has every feature with its part of the score, and the prognosis', () => {
    const prognosis = scored(input.analysis.prognosis);
    const parts = all(report).filter((item) => /^C[0-9a-f]{10}$/.test(conceptOf(item)));
    const total = parts
      .map((item) => number(firstItem(item, 'MeasuredValueSequence'), 'FloatingPointValue') ?? NaN)
      .reduce((sum, value) => sum + value, 0);
    expect(parts).toHaveLength(prognosis.contributions.length);
    expect(total).toBeCloseTo(
      prognosis.contributions.reduce((sum, { contribution }) => sum + contribution, 0),
      12,
    );
    const group = groups(report)[5];
    expect(valueOf(group, 'RPRS')).toBe(prognosis.rprs);
    expect(valueOf(group, 'NOMPROG24')).toBe(30);
  });

  test('says every flag, what was not applied, the model, and that it is for research and a demonstration', () => {
    const remarks = all(report)
      .map((item) => text(item, 'TextValue'))
      .join('\n');
    for (const { code, message } of input.analysis.flags)
      expect(remarks).toContain(`${code}: ${message}`);
    for (const words of [
      'Bias field correction (N4): not applied',
      'ComBat not applied',
      'For research use only',
      'trained on simulated patients',
      input.model.hash,
      'Cohort B: 53 patients, 20 events, C-index 0.71 (0.6 to 0.82)',
    ]) {
      expect(remarks).toContain(words);
    }
  });

  test('is the same, byte for byte, for the same input', () => {
    expect(buildMeasurementReport(input)).toEqual(buildMeasurementReport(input));
  });

  test('keeps an age over 89 to itself in a de-identified study', () => {
    const hidden = syntheticSeries({
      name: 'FS-T2WI',
      attributes: { PatientIdentityRemoved: 'YES' },
    });
    const old = reportInput({ fsT2: hidden, ceT1 });
    const dataset = read(
      buildMeasurementReport({ ...old, analysis: { ...old.analysis, age: 93 } }).part10,
    );
    const age = sequence(dataset, 'ContentSequence').find(
      (item) => conceptOf(item) === DOCUMENT.subjectAge.value,
    );
    expect(number(firstItem(age ?? {}, 'MeasuredValueSequence'), 'NumericValue')).toBe(90);
  });

  test('without a score: names of the numbers with a code for why there is none, and no group', () => {
    const dataset = read(buildMeasurementReport(withoutScore(input)).part10);
    const missing = all(dataset).flatMap((item) => {
      const { CodeValue, CodingSchemeDesignator } = firstItem(item, 'ConceptCodeSequence');
      if (CodingSchemeDesignator !== 'DCM' || !/^1140/.test(String(CodeValue))) return [];
      return [[conceptOf(item), CodeValue]];
    });
    const horizons = input.model.nomogram.horizonsMonths.map((months) => `NOMPROG${months}`);
    expect(missing).toEqual(['RPRS', ...horizons].map((name) => [name, '114007']));
    const concepts = all(dataset).map(conceptOf);
    for (const left of ['NOMLP', 'NOMPTS', 'RPRSCUT']) expect(concepts).not.toContain(left);
    const [group] = all(dataset).filter((item) => conceptOf(item) === 'RISKGRP');
    expect(firstItem(group, 'ConceptCodeSequence').CodeValue).toBe('NOTEVAL');
    const texts = all(dataset).map((item) => text(item, 'TextValue'));
    expect(texts).toContain('Tumour, FS-T2WI, original_glcm_Contrast');
    expect(texts).toContainEqual(expect.stringMatching(/^RPRS_NOT_EVALUABLE: 38\.2 % of/));
  });

  test('without habitats and ring: features of regions without a segment stand in the prognosis', () => {
    const { habitats } = labelsFor(fsT2);
    const some: ReportInput = reportInput(
      { fsT2, ceT1 },
      {},
      {
        habitats: habitats.map((label) => (label === 2 ? 0 : label)),
        ring: null,
      },
    );
    const dataset = read(buildMeasurementReport(some).part10);
    expect(groups(dataset)).toHaveLength(4);
    const parts = all(dataset).filter((item) => /^C[0-9a-f]{10}$/.test(conceptOf(item)));
    expect(parts).toHaveLength(scored(some.analysis.prognosis).contributions.length);
    // The fractions of all habitats are there, of the empty one too.
    const fractions = all(dataset).filter((item) => /^HAB\d?FRAC$/.test(conceptOf(item)));
    expect(fractions.map(conceptOf)).toEqual(['HABFRAC', 'HABFRAC', 'HAB2FRAC']);
  });
});

describe('an invalid report cannot be built', () => {
  const algorithm = new AlgorithmIdentification('a', '1', []);
  const rprs = new Measurement(MEASUREMENTS.rprs, 1, UNITS.none, algorithm);
  const groupOf = (measurements: readonly Measurement[]): VolumetricRoiMeasurements =>
    new VolumetricRoiMeasurements(
      { id: 'T', uid: '1.2.3.4' },
      GROUP.sarcoma,
      { sopClassUid: '1.2', sopInstanceUid: '1.2.3', segmentNumber: 1, sourceSeriesUid: '1.2.4' },
      { region: GROUP.sarcoma, laterality: undefined },
      measurements,
    );
  const reportOf = (changes: Partial<MeasurementReportContent>): unknown =>
    measurementReport({
      title: DOCUMENT.title,
      context: [],
      groups: [groupOf([rprs])],
      evaluations: [contains(textual(DOCUMENT.deviceName, 'x'))],
      evidence: new Set(['1.2.3']),
      ...changes,
    });

  test('what is valid can', () => {
    expect(() => reportOf({})).not.toThrow();
  });

  test.each<[string, () => unknown]>([
    ['a number that is none', () => new Measurement(MEASUREMENTS.rprs, NaN, UNITS.none, algorithm)],
    ['an infinite number', () => numeric(MEASUREMENTS.rprs, Infinity, UNITS.none)],
    ['an empty text', () => textual(DOCUMENT.deviceName, ' ')],
    [
      'a code value of 17 characters',
      () => coded({ ...GROUP.finding, value: '1'.repeat(17) }, GROUP.sarcoma),
    ],
    ['a code without a meaning', () => coded(GROUP.finding, { ...GROUP.sarcoma, meaning: '' })],
    ['a code without a scheme', () => coded(GROUP.finding, { ...GROUP.sarcoma, scheme: '' })],
    [
      'a unit with a backslash',
      () => numeric(MEASUREMENTS.rprs, 1, { ...UNITS.none, value: 'a\\b' }),
    ],
    ['a person of six components', () => personName(DOCUMENT.personName, 'a^b^c^d^e^f')],
    ['segment 0', () => segmentReference(GROUP.segment, '1.2', '1.3', 0)],
    ['half a segment', () => segmentReference(GROUP.segment, '1.2', '1.3', 1.5)],
    ['a segment of no object', () => segmentReference(GROUP.segment, '1.2', '', 1)],
    ['an algorithm without a version', () => new AlgorithmIdentification('a', '', [])],
    ['a group without measurements', () => groupOf([])],
    ['a group with a measurement twice', () => groupOf([rprs, rprs])],
    [
      'the title that OHIF fails on',
      () => reportOf({ title: { ...DOCUMENT.title, value: '126000' } }),
    ],
    ['a report without groups', () => reportOf({ groups: [] })],
    ['a report without remarks', () => reportOf({ evaluations: [] })],
    [
      'two groups that track the same',
      () => reportOf({ groups: [groupOf([rprs]), groupOf([rprs])] }),
    ],
    ['a segment that is not evidence', () => reportOf({ evidence: new Set(['1.2.9']) })],
    [
      'a private code of another scheme',
      () =>
        reportOf({
          evaluations: [contains(textual({ value: 'X', scheme: '99X', meaning: 'x' }, 'x'))],
        }),
    ],
    ['a wrong UID', () => uidReference(DOCUMENT.deviceUid, '1.02.3')],
    ['an empty container', () => container(DOCUMENT.title, [])],
    [
      'a wrong relationship',
      () => coded(GROUP.finding, GROUP.sarcoma, [contains(textual(DOCUMENT.deviceName, 'x'))]),
    ],
  ])('%s', (_, build) => {
    expect(build).toThrow();
  });
});
