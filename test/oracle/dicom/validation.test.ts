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
import { reportInput } from '../../mechanics/dicom/syntheticReport';
import {
  HAS_PYDICOM,
  describeWithValidators,
  entityComplaints,
  iodComplaints,
  pydicomVoxels,
  reportComplaints,
  segmentationComplaints,
  withFiles,
} from './validators';

interface Case {
  readonly name: string;
  readonly series?: SyntheticSeries;
  readonly read?: (series: SyntheticSeries) => ImageSeries;
  readonly labels?: (series: ImageSeries) => Parameters<typeof reportInput>[2];
  readonly report?: Partial<ReportInput>;
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
    name: 'a slice of the tumour missing, no ring, an empty habitat',
    labels: (series) => {
      const { tumour, habitats } = labelsFor(series);
      const [columns, rows, slices] = series.volume.grid.size;
      const middle = Math.floor(slices / 2) * columns * rows;
      tumour.fill(0, middle, middle + columns * rows);
      habitats.fill(0, middle, middle + columns * rows);
      return { tumour, habitats: without(habitats, 2), ring: null };
    },
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

function inputOf({ series = {}, read = syntheticSeries, labels, report }: Case): ReportInput {
  const fsT2 = read({ name: 'FS-T2WI', ...series });
  const ceT1 = syntheticSeries({
    ...series,
    name: 'CE-T1WI',
    attributes: { ...series.attributes, SeriesInstanceUID: '1.2.3.9' },
  });
  return reportInput({ fsT2, ceT1 }, report, labels?.(fsT2));
}

/** Java on a busy machine. */
jest.setTimeout(900_000);

describeWithValidators('what is written passes the validators', () => {
  test.each(CASES)('SEG: $name', (one) => {
    const { segmentation } = inputOf(one);
    withFiles([segmentation.part10], ([file]) => {
      expect(segmentationComplaints(file)).toEqual([]);
      if (HAS_PYDICOM) {
        expect(pydicomVoxels(file)).toEqual(
          Object.fromEntries(segmentation.segments.map((s) => [String(s.segmentNumber), s.voxels])),
        );
      }
    });
  });

  /** The template check takes 17 s of processor time: every case gets the quick ones, some get it. */
  const TEMPLATES = [
    'oblique',
    'a slice of the tumour',
    'without optional',
    'right thigh',
    'Comprehensive SR',
  ];

  test.each(CASES)('SR: $name', (one) => {
    const input = inputOf(one);
    const report = buildMeasurementReport(input);
    const complete = TEMPLATES.some((start) => one.name.startsWith(start));
    withFiles([input.segmentation.part10, report.part10], (files) => {
      expect(complete ? reportComplaints(files[1]) : iodComplaints(files[1])).toEqual([]);
      expect(entityComplaints(files)).toEqual([]);
    });
  });

  test('a spoilt object does not pass', () => {
    const { segmentation } = inputOf(CASES[0]);
    const spoilt = Uint8Array.from(segmentation.part10);
    // SegmentAlgorithmType AUTOMATIC -> an unknown word.
    const at = Buffer.from(spoilt).indexOf('AUTOMATIC');
    spoilt.set(Buffer.from('AUTOMATIX'), at);
    withFiles([spoilt], ([file]) => {
      expect(segmentationComplaints(file)).not.toEqual([]);
    });
  });
});
