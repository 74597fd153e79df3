import { jest } from '@jest/globals';
import { buildMeasurementReport } from '../../../src/dicom/measurementReport';
import type { ReportInput } from '../../../src/dicom/outputTypes';
import { readImageSeries } from '../../../src/dicom/readSeries';
import type { ImageSeries } from '../../../src/dicom/series';
import {
  AXIAL,
  CORONAL,
  OBLIQUE,
  SAGITTAL,
  enhancedInstance,
  syntheticInstances,
  syntheticSeries,
} from '../../mechanics/dicom/synthetic';
import type { SyntheticSeries } from '../../mechanics/dicom/synthetic';
import { labelsFor } from '../../mechanics/dicom/syntheticLabels';
import { reportInput, withoutScore } from '../../mechanics/dicom/syntheticReport';
import {
  HAS_PYDICOM,
  allReportComplaints,
  allSegmentationComplaints,
  describeWithValidators,
  entityComplaints,
  iodComplaints,
  pydicomVoxels,
  segmentationComplaints,
  withFiles,
} from './validators';

interface Case {
  readonly name: string;
  readonly series?: SyntheticSeries;
  readonly read?: (series: SyntheticSeries) => ImageSeries;
  readonly labels?: (series: ImageSeries) => Parameters<typeof reportInput>[2];
  readonly report?: Partial<ReportInput>;
  readonly age?: number;
  readonly noScore?: boolean;
}

const without = (labels: Uint8Array, label: number): Uint8Array =>
  labels.map((value) => (value === label ? 0 : value));
const named = (PatientName: string): SyntheticSeries => ({ attributes: { PatientName } });
const LONG_UID = `1.2.840.${'9'.repeat(56)}`;

const CASES: readonly Case[] = [
  { name: 'oblique', series: { direction: OBLIQUE, size: [24, 16, 8] } },
  { name: 'axial, odd rows and columns', series: { direction: AXIAL, size: [21, 19, 7] } },
  { name: 'sagittal, even rows and columns', series: { direction: SAGITTAL, size: [22, 18, 7] } },
  { name: 'coronal', series: { direction: CORONAL } },
  { name: 'one slice', series: { size: [24, 16, 1] } },
  {
    name: 'files in reverse order',
    read: (series) => readImageSeries(syntheticInstances(series).reverse(), 'FS-T2WI'),
  },
  {
    name: 'enhanced multi-frame source',
    read: (series) => readImageSeries([enhancedInstance(series)], 'FS-T2WI'),
  },
  {
    name: 'a gap in the tumour',
    labels: (series) => {
      const { tumour, habitats, ring } = labelsFor(series);
      const [columns, rows, slices] = series.volume.grid.size;
      const middle = Math.floor(slices / 2) * columns * rows;
      tumour.fill(0, middle, middle + columns * rows);
      habitats.fill(0, middle, middle + columns * rows);
      return { tumour, habitats, ring };
    },
  },
  { name: 'no ring', labels: () => ({ ring: null }) },
  {
    name: 'an empty habitat',
    labels: (series) => ({ habitats: without(labelsFor(series).habitats, 2) }),
  },
  {
    name: 'without optional attributes',
    series: {
      attributes: {
        PatientName: null,
        PatientBirthDate: null,
        PatientSex: null,
        PatientAge: undefined,
        StudyDescription: undefined,
        SeriesDescription: undefined,
        BodyPartExamined: undefined,
      },
    },
  },
  { name: 'a result without a score', noScore: true },
  { name: 'Chinese name', series: named('Wang^XiaoDong=王^小东') },
  { name: 'Japanese name', series: named('Yamada^Tarou=山田^太郎=やまだ^たろう') },
  { name: 'Arabic name', series: named('قباني^لنزار') },
  { name: 'Cyrillic name', series: named('Люкceмбypг^Иван') },
  {
    name: 'UIDs of 64 characters',
    series: {
      attributes: { StudyInstanceUID: LONG_UID, SeriesInstanceUID: `${LONG_UID.slice(0, -1)}8` },
    },
  },
  {
    name: 'right thigh, over 89 years and de-identified',
    series: {
      attributes: {
        PatientIdentityRemoved: 'YES',
        DeidentificationMethod: 'Test',
        PatientAge: '093Y',
        Laterality: 'R',
      },
    },
  },
  { name: 'over 89 years', series: { attributes: { PatientAge: '093Y' } }, age: 93 },
  {
    name: 'Comprehensive SR with a person and a predecessor',
    report: {
      sopClass: 'ComprehensiveSR',
      observerName: 'Doe^Jane',
      predecessor: {
        studyInstanceUid: '1.2.3',
        seriesInstanceUid: '1.2.3.4',
        sopClassUid: '1.2.840.10008.5.1.4.1.1.88.34',
        sopInstanceUid: '1.2.3.4.5',
      },
    },
  },
];

function inputOf({
  series = {},
  read = syntheticSeries,
  labels,
  report,
  age,
  noScore,
}: Case): ReportInput {
  const fsT2 = read({ name: 'FS-T2WI', ...series });
  const ceT1 = syntheticSeries({
    ...series,
    name: 'CE-T1WI',
    attributes: { ...series.attributes, SeriesInstanceUID: '1.2.3.9' },
  });
  const scored = reportInput({ fsT2, ceT1 }, report, labels?.(fsT2));
  const input = noScore ? withoutScore(scored) : scored;
  return age === undefined ? input : { ...input, analysis: { ...input.analysis, age } };
}

/** Java on a busy machine. */
jest.setTimeout(1_800_000);

describeWithValidators('what is written passes the validators', () => {
  const inputs = CASES.map(inputOf);
  const segs = inputs.map(({ segmentation }) => segmentation.part10);
  const reports = inputs.map((input) => buildMeasurementReport(input).part10);

  test(`${segs.length} SEG objects, and pydicom finds their voxels`, () => {
    withFiles(segs, (files) => {
      expect(byName(allSegmentationComplaints(files))).toEqual(byName(CASES.map(() => [])));
      if (!HAS_PYDICOM) return;
      const written = inputs.map(({ segmentation }) =>
        segmentation.segments.map((segment) => [String(segment.segmentNumber), segment.voxels]),
      );
      expect(byName(files.map(pydicomVoxels))).toEqual(
        byName(written.map((segments) => Object.fromEntries(segments) as Record<string, number>)),
      );
    });
  });

  test(`${reports.length} SR objects, their templates too`, () => {
    withFiles(reports, (files) => {
      expect(byName(allReportComplaints(files))).toEqual(byName(CASES.map(() => [])));
    });
  });

  test.each(CASES.map(({ name }, i) => ({ name, i })))('SEG and SR agree: $name', ({ i }) => {
    withFiles([segs[i], reports[i]], (files) => {
      expect(entityComplaints(files)).toEqual([]);
    });
  });

  test('a spoilt SEG and a spoilt SR do not pass', () => {
    // SegmentAlgorithmType and CompletionFlag, each with a word that is none of theirs.
    const spoilt = [
      spoil(segs[0], 'AUTOMATIC', 'AUTOMATIX'),
      spoil(reports[0], 'COMPLETE', 'COMPLETX'),
    ];
    withFiles(spoilt, ([seg, report]) => {
      expect(segmentationComplaints(seg)).not.toEqual([]);
      expect(iodComplaints(report)).not.toEqual([]);
    });
  });
});

function byName<T>(values: readonly T[]): Record<string, T> {
  return Object.fromEntries(values.map((value, i) => [CASES[i].name, value]));
}

function spoil(part10: Uint8Array, from: string, to: string): Uint8Array {
  const spoilt = Buffer.from(part10);
  spoilt.set(Buffer.from(to), spoilt.indexOf(from));
  return spoilt;
}
