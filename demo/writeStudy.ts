import { writePart10 } from '../src/dicom/dcmjsFacade';
import { parseInstance } from '../src/dicom/instance';
import { readImageSeries } from '../src/dicom/readSeries';
import { buildSegmentation } from '../src/dicom/segmentation';
import type { ImageSeries } from '../src/dicom/series';
import { sameGrid } from '../src/volume/geometry';
import {
  CE_T1_PROTOCOL,
  FS_T2_PROTOCOL,
  imageAttributes,
  seriesAttributes,
  studyAttributes,
} from './mrAttributes';
import type { Protocol } from './mrAttributes';
import type { SimulatedSeries, SimulatedStudy } from './simulateStudy';
import type { StudyIds } from './studyIds';

/** Rounding of positions and cosines to decimal strings. */
const GRID_TOLERANCE = 1e-6;

/**
 * The study as DICOM Part 10 files (Explicit VR Little Endian) by file name: two MR series and the
 * tumour contour as a BINARY segmentation of FS-T2WI. The same study and ids give the same bytes.
 */
export function writeStudy(study: SimulatedStudy, ids: StudyIds): Map<string, Uint8Array> {
  const fsT2 = writeSeries(study, study.fsT2, FS_T2_PROTOCOL, ids.fsT2Series, ids, 'feet first');
  const ceT1 = writeSeries(study, study.ceT1, CE_T1_PROTOCOL, ids.ceT1Series, ids, 'head first');
  const files = new Map<string, Uint8Array>();
  fsT2.forEach((bytes, i) => files.set(`FS-T2WI/${numbered(i)}`, bytes));
  ceT1.forEach((bytes, i) => files.set(`CE-T1WI/${numbered(i)}`, bytes));
  files.set('tumour-seg.dcm', writeContour(study, fsT2, ids));
  return files;
}

function numbered(i: number): string {
  return `${String(i + 1).padStart(4, '0')}.dcm`;
}

/** In the order of the instance numbers; the scanner may have planned the slices from either end. */
function writeSeries(
  study: SimulatedStudy,
  series: SimulatedSeries,
  protocol: Protocol,
  seriesInstanceUid: string,
  ids: StudyIds,
  order: 'feet first' | 'head first',
): Uint8Array[] {
  const shared = {
    ...studyAttributes(study, ids),
    ...seriesAttributes(study, series, protocol, seriesInstanceUid),
  };
  const slices = series.volume.grid.size[2];
  return Array.from({ length: slices }, (_, i) => {
    const k = order === 'feet first' ? i : slices - 1 - i;
    const sopInstanceUid = ids.instance(seriesInstanceUid, k);
    return writePart10({
      ...shared,
      ...imageAttributes(series, protocol, k, i + 1, sopInstanceUid),
    });
  });
}

function writeContour(
  study: SimulatedStudy,
  files: readonly Uint8Array[],
  ids: StudyIds,
): Uint8Array {
  const series = readBack(files);
  if (!sameGrid(series.volume.grid, study.contour.grid, GRID_TOLERANCE)) {
    throw new Error('The written FS-T2WI does not lie on the grid of the contour');
  }
  return buildSegmentation({
    series,
    tumour: study.contour.data,
    habitats: null,
    ring: null,
    habitatNames: ['', '', ''],
    tumourLabel: 'Tumour',
    tumourAlgorithmType: 'MANUAL',
    software: { name: 'STS Habitat study simulator', version: '1' },
    model: null,
    manufacturer: 'SIMULATED',
    when: readingTime(study.patient.studyDate),
    uids: ids.contour,
    seriesDescription: 'Tumour contour (simulated reader)',
  }).part10;
}

function readBack(files: readonly Uint8Array[]): ImageSeries {
  const instances = files.map((bytes) => parseInstance(Uint8Array.from(bytes).buffer));
  return readImageSeries(instances, 'FS-T2WI');
}

/** Local time, as the writer of the SEG prints it: the same bytes in every time zone. */
function readingTime(studyDate: string): Date {
  const [year, month, day] = [studyDate.slice(0, 4), studyDate.slice(4, 6), studyDate.slice(6)];
  return new Date(Number(year), Number(month) - 1, Number(day), 15, 30, 0);
}
