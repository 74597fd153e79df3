import type { TumourSource } from '../../../src/chain/analysis';
import type { WritableDataset } from '../../../src/dicom/dcmjsFacade';
import type { DicomInstance } from '../../../src/dicom/instance';
import { readImageSeries } from '../../../src/dicom/readSeries';
import { listTumours, readTumour } from '../../../src/dicom/readTumour';
import { OBLIQUE, enhancedInstance, imageDataset, instanceOf, syntheticSeries } from './synthetic';
import { labelsFor } from './syntheticLabels';
import { refusal } from './refusal';
import { SEG_UID, SOURCE, rtstruct, segOn, series, square } from './tumourObjects';

describe('a drawn tumour', () => {
  const { tumour } = labelsFor(series);
  const perSlice = series.volume.grid.size[0] * series.volume.grid.size[1];
  const planes = series.slices.map(({ sopInstanceUid }, k) => ({
    sopInstanceUid,
    data: tumour.slice(k * perSlice, (k + 1) * perSlice),
  }));
  const drawn = (changes: object = {}): TumourSource => ({
    kind: 'drawn',
    label: 'Mine',
    seriesInstanceUid: series.seriesInstanceUid,
    planes: [...planes].reverse(),
    ...changes,
  });

  test('is placed by SOP Instance UID', () => {
    expect(readTumour(drawn(), [], series).data).toEqual(tumour);
  });

  test('on the frames of a multi-frame image, by their numbers', () => {
    const multi = readImageSeries([enhancedInstance({ direction: OBLIQUE })], 'FS-T2WI');
    const frames = planes.map(({ data }, k) => ({
      sopInstanceUid: multi.slices[k].sopInstanceUid,
      frameNumber: k + 1,
      data,
    }));
    expect(readTumour(drawn({ planes: frames }), [], multi).data).toEqual(tumour);
    const unnumbered = frames.map(({ sopInstanceUid, data }) => ({ sopInstanceUid, data }));
    expect(refusal(() => readTumour(drawn({ planes: unnumbered }), [], multi))).toMatch(
      /^MASK_GRID/,
    );
  });

  test('on images of another series is refused', () => {
    const [plane] = planes;
    const other = drawn({ planes: [{ ...plane, sopInstanceUid: '1.2.3' }] });
    expect(refusal(() => readTumour(other, [], series))).toMatch(
      /^MASK_GRID: The drawn tumour "Mine"/,
    );
  });

  test('that is empty is refused', () => {
    expect(refusal(() => readTumour(drawn({ planes: [] }), [], series))).toMatch(/^MASK_EMPTY/);
  });
});

test('tumours are listed with the series that they were drawn on', () => {
  const objects = [segOn(series), rtstruct([square(2, 1.5, 9.5)]), instanceOf(imageDataset({}, 0))];
  expect(listTumours(objects)).toEqual([
    {
      kind: 'seg',
      label: 'Tumour',
      number: 1,
      seriesInstanceUid: SEG_UID,
      referencedSeriesUid: series.seriesInstanceUid,
    },
    {
      kind: 'rtstruct',
      label: 'GTV',
      number: 5,
      seriesInstanceUid: SEG_UID,
      referencedSeriesUid: '',
    },
  ]);
});

test('labels and names in other scripts are read as they were written', () => {
  const seg = segOn(series, { tumourLabel: '肿瘤 опухоль ورم' });
  const named = rtstruct([square(2, 1.5, 9.5)], {
    SpecificCharacterSet: 'ISO_IR 192',
    StructureSetROISequence: [{ ROINumber: '5', ROIName: '腫瘍' }],
  });
  expect(listTumours([seg, named]).map(({ label }) => label)).toEqual(['肿瘤 опухоль ورم', '腫瘍']);
});

describe('whose tumour it is', () => {
  const of = (attributes: WritableDataset): DicomInstance =>
    segOn(syntheticSeries({ direction: OBLIQUE, name: 'AX T2', attributes }));

  test('a SEG of another patient is refused', () => {
    expect(refusal(() => readTumour(SOURCE, [of({ PatientID: 'other' })], series))).toMatch(
      /^PATIENT_MISMATCH: The SEG ".*" belongs to another patient than the series/,
    );
    const sentence = refusal(() => readTumour(SOURCE, [of({ PatientID: 'other' })], series));
    expect(sentence).not.toContain('other"');
  });

  test('a SEG that does not say whose it is is taken', () => {
    expect(refusal(() => readTumour(SOURCE, [of({ PatientID: null })], series))).toBe('accepted');
  });
});
