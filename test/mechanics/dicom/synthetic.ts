import { writePart10, decimalString } from '../../../src/dicom/dcmjsFacade';
import type { WritableDataset } from '../../../src/dicom/dcmjsFacade';
import { parseInstance } from '../../../src/dicom/instance';
import type { DicomInstance } from '../../../src/dicom/instance';
import { readImageSeries } from '../../../src/dicom/readSeries';
import type { ImageSeries } from '../../../src/dicom/series';
import { derivedUid } from '../../../src/dicom/uid';
import { applyToPoint, indexToWorld } from '../../../src/volume/geometry';
import type { Grid, Mat3, Vec3 } from '../../../src/volume/volume';

/** Small MR series made up for tests, written as DICOM and read back. */

export const AXIAL: Mat3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];
/** Columns: x to the back, y to the feet, z to the left (a right-handed sagittal grid). */
export const SAGITTAL: Mat3 = [0, 0, -1, 1, 0, 0, 0, -1, 0];
export const CORONAL: Mat3 = [1, 0, 0, 0, 0, 1, 0, -1, 0];
/** Rotation by 0.3, -0.2 and 0.1 rad about x, y and z: no axis stays where it was. */
export const OBLIQUE: Mat3 = rotation(0.3, -0.2, 0.1);

function rotation(a: number, b: number, c: number): Mat3 {
  const [ca, sa, cb, sb, cc, sc] = [a, b, c].flatMap((angle) => [Math.cos(angle), Math.sin(angle)]);
  return [
    cb * cc,
    sa * sb * cc - ca * sc,
    ca * sb * cc + sa * sc,
    cb * sc,
    sa * sb * sc + ca * cc,
    ca * sb * sc - sa * cc,
    -sb,
    sa * cb,
    ca * cb,
  ];
}

export interface SyntheticSeries {
  readonly size?: Vec3;
  readonly spacingMm?: Vec3;
  readonly originMm?: Vec3;
  readonly direction?: Mat3;
  /** Distinguishes series: UIDs are derived from it. */
  readonly name?: string;
  /** Added to, or replacing, the attributes of every image. */
  readonly attributes?: WritableDataset;
  /** Stored value at a voxel. */
  readonly value?: (i: number, j: number, k: number) => number;
}

export function gridOf(series: SyntheticSeries): Grid {
  return {
    size: series.size ?? [20, 18, 8],
    spacingMm: series.spacingMm ?? [0.9, 0.8, 4],
    originMm: series.originMm ?? [-12.5, 30.25, -101.5],
    direction: series.direction ?? AXIAL,
  };
}

/** Attributes of the image at z index k; for tests that spoil one of them. */
export function imageDataset(series: SyntheticSeries, k: number): WritableDataset {
  const grid = gridOf(series);
  const [columns, rows] = grid.size;
  const d = grid.direction;
  const name = series.name ?? 'series';
  const value = series.value ?? ((i, j, z) => i + 40 * j + 900 * z);
  const pixels = new Uint16Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) pixels[i + columns * j] = value(i, j, k);
  }
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
    SOPInstanceUID: derivedUid(name, 'image', String(k)),
    StudyInstanceUID: derivedUid('study'),
    SeriesInstanceUID: derivedUid(name, 'series'),
    FrameOfReferenceUID: derivedUid('frame'),
    ImageType: ['ORIGINAL', 'PRIMARY'],
    StudyDate: '20260102',
    StudyTime: '101500',
    AccessionNumber: null,
    Modality: 'MR',
    Manufacturer: 'TEST',
    ReferringPhysicianName: null,
    StudyDescription: 'MR thigh (test)',
    SeriesDescription: name,
    PatientName: 'Test^Patient',
    PatientID: 'TEST-1',
    PatientBirthDate: '19700501',
    PatientSex: 'F',
    PatientAge: '055Y',
    BodyPartExamined: 'THIGH',
    StudyID: '1',
    SeriesNumber: '3',
    InstanceNumber: String(k + 1),
    SliceThickness: decimalString(grid.spacingMm[2]),
    ImagePositionPatient: applyToPoint(indexToWorld(grid), [0, 0, k]).map(decimalString),
    ImageOrientationPatient: [d[0], d[3], d[6], d[1], d[4], d[7]].map(decimalString),
    PixelSpacing: [decimalString(grid.spacingMm[1]), decimalString(grid.spacingMm[0])],
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: rows,
    Columns: columns,
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    PixelData: new Uint8Array(pixels.buffer),
    ...series.attributes,
  };
}

export function instanceOf(dataset: WritableDataset, transferSyntaxUid?: string): DicomInstance {
  return parseInstance(arrayBuffer(writePart10(dataset, transferSyntaxUid)));
}

export function syntheticInstances(series: SyntheticSeries = {}): DicomInstance[] {
  return Array.from({ length: gridOf(series).size[2] }, (_, k) =>
    instanceOf(imageDataset(series, k)),
  );
}

export function syntheticSeries(series: SyntheticSeries = {}): ImageSeries {
  return readImageSeries(syntheticInstances(series), 'FS-T2WI');
}

export function arrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

/** The same volume as one enhanced multi-frame MR object. */
export function enhancedInstance(series: SyntheticSeries = {}): DicomInstance {
  const grid = gridOf(series);
  const slices = Array.from({ length: grid.size[2] }, (_, k) => imageDataset(series, k));
  const pixels = slices.map(({ PixelData }) =>
    PixelData instanceof Uint8Array ? PixelData : new Uint8Array(),
  );
  const { ImageOrientationPatient, PixelSpacing, SliceThickness, ...common } = slices[0];
  return instanceOf({
    ...common,
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.4.1',
    ImagePositionPatient: undefined,
    NumberOfFrames: String(slices.length),
    PixelData: Uint8Array.from(pixels.flatMap((plane) => [...plane])),
    SharedFunctionalGroupsSequence: [
      {
        PlaneOrientationSequence: [{ ImageOrientationPatient }],
        PixelMeasuresSequence: [{ PixelSpacing, SliceThickness }],
      },
    ],
    PerFrameFunctionalGroupsSequence: slices.map(({ ImagePositionPatient }) => ({
      PlanePositionSequence: [{ ImagePositionPatient }],
    })),
  });
}
