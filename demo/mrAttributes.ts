import { decimalString } from '../src/dicom/dcmjsFacade';
import type { WritableDataset } from '../src/dicom/dcmjsFacade';
import { applyToPoint, indexToWorld } from '../src/volume/geometry';
import type { SimulatedSeries, SimulatedStudy } from './simulateStudy';
import type { StudyIds } from './studyIds';

/** What tells the two series apart, as a 1.5 T scanner writes it. */
export interface Protocol {
  readonly description: string;
  readonly protocolName: string;
  readonly seriesNumber: string;
  /** HHMMSS */
  readonly time: string;
  readonly window: readonly [centre: number, width: number];
  readonly attributes: WritableDataset;
}

export const FS_T2_PROTOCOL: Protocol = {
  description: 'FS T2W TSE ax',
  protocolName: 't2_tse_fs_tra',
  seriesNumber: '4',
  time: '101500',
  window: [420, 840],
  attributes: {
    ScanningSequence: 'SE',
    SequenceVariant: ['SK', 'SP', 'OSP'],
    ScanOptions: ['FS'],
    SequenceName: '*tse2d1_15',
    RepetitionTime: '4200',
    EchoTime: '74',
    EchoTrainLength: '15',
    FlipAngle: '150',
    NumberOfAverages: '2',
    PixelBandwidth: '190',
  },
};

export const CE_T1_PROTOCOL: Protocol = {
  description: 'T1W fs +Gd ax',
  protocolName: 't1_tse_fs_tra_km',
  seriesNumber: '9',
  time: '103800',
  window: [520, 1040],
  attributes: {
    ContrastBolusAgent: 'Gadobutrol (simulated)',
    ContrastBolusRoute: 'IV',
    ContrastBolusVolume: '7.5',
    ScanningSequence: 'SE',
    SequenceVariant: ['SK', 'SP', 'OSP'],
    ScanOptions: ['FS'],
    SequenceName: '*tse2d1_3',
    RepetitionTime: '640',
    EchoTime: '11',
    EchoTrainLength: '3',
    FlipAngle: '150',
    NumberOfAverages: '1',
    PixelBandwidth: '230',
  },
};

const MR_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.4';

/** Attributes that all images of a study share. */
export function studyAttributes(study: SimulatedStudy, ids: StudyIds): WritableDataset {
  const { patient } = study;
  return {
    SpecificCharacterSet: 'ISO_IR 192',
    PatientName: patient.name,
    PatientID: patient.id,
    PatientBirthDate: patient.birthDate,
    PatientSex: patient.sex,
    PatientAge: `${String(patient.ageYears).padStart(3, '0')}Y`,
    StudyInstanceUID: ids.study,
    StudyDate: patient.studyDate,
    StudyTime: '100200',
    StudyID: ids.studyId,
    AccessionNumber: ids.accessionNumber,
    ReferringPhysicianName: null,
    StudyDescription: `MR thigh ${study.side} without/with contrast (SIMULATED)`,
    FrameOfReferenceUID: ids.frameOfReference,
    PositionReferenceIndicator: null,
    Manufacturer: 'SIMULATED',
    ManufacturerModelName: 'STS Habitat study simulator',
    DeviceSerialNumber: '0',
    SoftwareVersions: '1',
    InstitutionName: 'SIMULATED',
  };
}

/** Attributes of one series, the same in all of its images. */
export function seriesAttributes(
  study: SimulatedStudy,
  series: SimulatedSeries,
  protocol: Protocol,
  seriesInstanceUid: string,
): WritableDataset {
  const [columns, rows] = series.volume.grid.size;
  const date = study.patient.studyDate;
  return {
    Modality: 'MR',
    SeriesInstanceUID: seriesInstanceUid,
    SeriesNumber: protocol.seriesNumber,
    SeriesDescription: protocol.description,
    ProtocolName: protocol.protocolName,
    SeriesDate: date,
    SeriesTime: protocol.time,
    AcquisitionDate: date,
    AcquisitionTime: protocol.time,
    ContentDate: date,
    ContentTime: protocol.time,
    BodyPartExamined: 'THIGH',
    ImageLaterality: study.side === 'left' ? 'L' : 'R',
    PatientPosition: 'FFS',
    ImageType: ['ORIGINAL', 'PRIMARY', 'OTHER'],
    MRAcquisitionType: '2D',
    MagneticFieldStrength: '1.5',
    ImagingFrequency: '63.87',
    ImagedNucleus: '1H',
    InPlanePhaseEncodingDirection: 'ROW',
    AcquisitionMatrix: [0, rows, columns, 0],
    PercentSampling: '100',
    PercentPhaseFieldOfView: '100',
    ReceiveCoilName: 'Body (simulated)',
    AcquisitionNumber: '1',
    ...protocol.attributes,
  };
}

/** Attributes and pixels of image k of the volume. */
export function imageAttributes(
  series: SimulatedSeries,
  protocol: Protocol,
  k: number,
  instanceNumber: number,
  sopInstanceUid: string,
): WritableDataset {
  const { grid, data } = series.volume;
  const [columns, rows] = grid.size;
  const d = grid.direction;
  const position = applyToPoint(indexToWorld(grid), [0, 0, k]);
  const normal = [d[2], d[5], d[8]];
  const along = normal.reduce((sum, n, a) => sum + n * position[a], 0);
  const plane = data.subarray(k * columns * rows, (k + 1) * columns * rows);
  return {
    SOPClassUID: MR_IMAGE_STORAGE,
    SOPInstanceUID: sopInstanceUid,
    InstanceNumber: String(instanceNumber),
    ImagePositionPatient: position.map(decimalString),
    ImageOrientationPatient: [d[0], d[3], d[6], d[1], d[4], d[7]].map(decimalString),
    PixelSpacing: [grid.spacingMm[1], grid.spacingMm[0]].map(decimalString),
    SliceThickness: decimalString(series.sliceThicknessMm),
    SpacingBetweenSlices: decimalString(grid.spacingMm[2]),
    SliceLocation: decimalString(along),
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: rows,
    Columns: columns,
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    WindowCenter: String(protocol.window[0]),
    WindowWidth: String(protocol.window[1]),
    LossyImageCompression: '00',
    PixelData: littleEndian(plane),
  };
}

function littleEndian(values: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setUint16(2 * i, value, true));
  return bytes;
}
