import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULTS } from '../../../demo/settings';
import { simulateStudy } from '../../../demo/simulateStudy';
import { DEMO_STUDIES } from '../../../demo/studies';
import { studyIds } from '../../../demo/studyIds';
import { writeStudy } from '../../../demo/writeStudy';
import { number, text, texts } from '../../../src/dicom/attributes';
import { parseInstance } from '../../../src/dicom/instance';
import type { DicomInstance } from '../../../src/dicom/instance';
import { ageAtStudy } from '../../../src/dicom/patientAge';
import { readImageSeries } from '../../../src/dicom/readSeries';
import { guessSeriesRoles } from '../../../src/dicom/seriesRoles';
import { isUid } from '../../../src/dicom/uid';
import { listSegments, readSegment } from '../../../src/dicom/tumour/seg';
import { sameGrid } from '../../../src/volume/geometry';
import { SMALL_STUDY } from '../../fixtures/smallStudy';

const patient = { name: 'SIMULATED^Small', ageYears: 61, birthDate: '19640907' };
const study = simulateStudy({ ...SMALL_STUDY, patient });
const ids = studyIds('small');
const files = writeStudy(study, ids);

function same(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && Buffer.compare(a, b) === 0;
}

function instancesIn(folder: string): DicomInstance[] {
  return [...files]
    .filter(([name]) => name.startsWith(folder))
    .map(([name, bytes]) => parseInstance(Uint8Array.from(bytes).buffer, name));
}

describe('the files of a simulated study', () => {
  const fsT2 = readImageSeries(instancesIn('FS-T2WI/'), 'FS-T2WI');
  const ceT1 = readImageSeries(instancesIn('CE-T1WI/'), 'CE-T1WI');

  it('are the same bytes every time', () => {
    const again = writeStudy(simulateStudy({ ...SMALL_STUDY, patient }), studyIds('small'));
    expect([...again.keys()]).toEqual([...files.keys()]);
    for (const [name, bytes] of again) expect(same(bytes, files.get(name))).toBe(true);
  });

  it('read back as the simulated volumes on their grids', () => {
    for (const [read, simulated] of [
      [fsT2, study.fsT2],
      [ceT1, study.ceT1],
    ] as const) {
      // Decimal strings keep at least 12 digits of positions and cosines.
      expect(sameGrid(read.volume.grid, simulated.volume.grid, 1e-9)).toBe(true);
      expect(read.volume.data.every((value, i) => value === simulated.volume.data[i])).toBe(true);
    }
    expect(fsT2.frameOfReferenceUid).toBe(ceT1.frameOfReferenceUid);
  });

  it('hold the contour as a segment on the images of FS-T2WI', () => {
    const [seg] = instancesIn('tumour-seg');
    const segments = listSegments(seg.dataset);
    expect(segments).toEqual([{ label: 'Tumour', number: 1 }]);
    expect(same(readSegment(seg, 1, fsT2).data, study.contour.data)).toBe(true);
  });

  it('say what they are: simulated, a thigh, fat-saturated, with contrast medium in one', () => {
    for (const { dataset } of instancesIn('')) {
      for (const keyword of ['PatientName', 'StudyDescription', 'Manufacturer']) {
        expect(text(dataset, keyword)).toContain('SIMULATED');
      }
      expect(isUid(text(dataset, 'SOPInstanceUID'))).toBe(true);
    }
    expect(ageAtStudy({ patientAge: text(fsT2.header, 'PatientAge') })).toBe(61);
    const described = [fsT2, ceT1].map(({ header, slices, ...series }) => ({
      seriesInstanceUid: series.seriesInstanceUid,
      modality: text(header, 'Modality'),
      description: series.description,
      images: slices.length,
      echoTimeMs: number(header, 'EchoTime') ?? NaN,
      repetitionTimeMs: number(header, 'RepetitionTime') ?? NaN,
      contrastAgent: text(header, 'ContrastBolusAgent'),
      scanOptions: texts(header, 'ScanOptions'),
    }));
    expect(guessSeriesRoles(described)).toEqual({ fsT2: ids.fsT2Series, ceT1: ids.ceT1Series });
  });

  it('have one UID each', () => {
    const uids = instancesIn('').map(({ dataset }) => text(dataset, 'SOPInstanceUID'));
    expect(new Set(uids).size).toBe(files.size);
  });
});

describe('the demo studies', () => {
  it('cover frames of whole bytes and frames that end within one', () => {
    const bits = DEMO_STUDIES.map(({ options }) => {
      const { columns, rows } = { ...DEFAULTS.grids.fsT2, ...options.grids?.fsT2 };
      return columns * rows;
    });
    expect(bits[0] % 8).toBe(0);
    expect(bits[1] % 8).not.toBe(0);
  });

  it('are two patients of 61 and 47 years, in different limbs, with their own UIDs', () => {
    const [one, two] = DEMO_STUDIES;
    expect(one.options.patient?.name).toBe('SIMULATED^Demo One');
    expect(two.options.patient?.name).toBe('SIMULATED^Demo Two');
    for (const { options } of DEMO_STUDIES) {
      expect(
        ageAtStudy({
          patientBirthDate: options.patient?.birthDate ?? '',
          studyDate: options.patient?.studyDate ?? '',
        }),
      ).toBe(options.patient?.ageYears);
    }
    expect(DEMO_STUDIES.map(({ options }) => options.patient?.ageYears)).toEqual([61, 47]);
    expect(one.options.side).not.toBe(two.options.side);
    expect(one.ids.study).not.toBe(two.ids.study);
  });
});

const hasValidator = spawnSync('dciodvfy', ['-version']).error === undefined;
const describeWithValidator = hasValidator ? describe : describe.skip;

describeWithValidator(
  `dciodvfy on the files${hasValidator ? '' : ' (skipped: dciodvfy of dicom3tools is not installed)'}`,
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sts-demo-'));
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    it.each([
      ['FS-T2WI/0001.dcm', 'MRImage'],
      ['CE-T1WI/0018.dcm', 'MRImage'],
      ['tumour-seg.dcm', 'Segmentation'],
    ])('finds no error in %s', (name, iod) => {
      const bytes = files.get(name);
      if (bytes === undefined) throw new Error(`${name} was not written`);
      const file = path.join(folder, path.basename(name));
      writeFileSync(file, bytes);
      const { status, stderr } = spawnSync('dciodvfy', ['-new', file], { encoding: 'utf8' });
      expect(stderr.split('\n')[0]).toBe(iod);
      const complaints = stderr.split('\n').filter((line) => /^(Error|Warning)/.test(line));
      // The validator's table is older than this attribute.
      expect(complaints.filter((line) => !/Contributing.*DeviceUID/.test(line))).toEqual([]);
      expect(status).toBe(0);
    });
  },
);
