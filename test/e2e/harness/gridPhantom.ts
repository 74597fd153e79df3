import { decimalString, writePart10, type WritableDataset } from '../../../src/dicom/dcmjsFacade';
import { newUid } from '../../../src/dicom/uid';
import type { Placement } from './viewer';

const MR_IMAGE = '1.2.840.10008.5.1.4.1.1.4';
const SEGMENTATION = '1.2.840.10008.5.1.4.1.1.66.4';
const SPACING_MM = 1.5;
const SLICE_MM = 4;

/** A study of one MR series on a grid, to see which segmentations on that grid a viewer loads. */
export interface GridPhantom {
  readonly study: string;
  readonly rows: number;
  readonly columns: number;
  readonly slices: readonly WritableDataset[];
}

export function gridPhantom(rows: number, columns: number, slices: number): GridPhantom {
  const study = newUid();
  const common = { SeriesInstanceUID: newUid(), FrameOfReferenceUID: newUid() };
  return {
    study,
    rows,
    columns,
    slices: Array.from({ length: slices }, (_, index) => ({
      ...patientAndStudy(study, rows, columns),
      ...common,
      SOPClassUID: MR_IMAGE,
      SOPInstanceUID: newUid(),
      Modality: 'MR',
      SeriesNumber: 1,
      SeriesDescription: 'AX T2 FS (simulated)',
      InstanceNumber: index + 1,
      ...plane(index),
      ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'],
      PixelSpacing: [String(SPACING_MM), String(SPACING_MM)],
      SliceThickness: String(SLICE_MM),
      Rows: rows,
      Columns: columns,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      BitsAllocated: 16,
      BitsStored: 12,
      HighBit: 11,
      PixelRepresentation: 0,
      PixelData: new Uint8Array(ramp(rows, columns).buffer),
    })),
  };
}

/**
 * A BINARY SEG with one segment: the same block of voxels on the first `frames` slices, then
 * `emptyFrames` slices with nothing, each frame packed behind the other without alignment.
 */
export function binarySegmentation(
  phantom: GridPhantom,
  frames: number,
  emptyFrames: number,
): { dataset: WritableDataset; placement: Placement; byteLength: number } {
  const { rows, columns } = phantom;
  const total = frames + emptyFrames;
  const bits = new Uint8Array(total * rows * columns);
  const placement: Record<string, [number, number, number]> = {};
  for (let frame = 0; frame < frames; frame++) {
    const block = blockIndices(columns);
    for (const index of block) bits[frame * rows * columns + index] = 1;
    placement[`1, ${String(phantom.slices[frame]['SOPInstanceUID'])}`] = [
      block.length,
      block.reduce((sum, index) => sum + index, 0),
      block.reduce((sum, index) => sum + index * index, 0),
    ];
  }
  const byteLength = Math.ceil(bits.length / 8);
  const [image] = phantom.slices;
  return {
    placement,
    byteLength,
    dataset: {
      ...patientAndStudy(phantom.study, rows, columns),
      SOPClassUID: SEGMENTATION,
      SOPInstanceUID: newUid(),
      Modality: 'SEG',
      SeriesInstanceUID: newUid(),
      FrameOfReferenceUID: image['FrameOfReferenceUID'],
      SeriesNumber: 2,
      SeriesDescription: `${String(total)} frames, ${String(byteLength)} bytes`,
      InstanceNumber: 1,
      ImageType: ['DERIVED', 'PRIMARY'],
      ContentLabel: 'SEGMENTATION',
      ...frameFormat(phantom, total),
      ReferencedSeriesSequence: [
        {
          SeriesInstanceUID: image['SeriesInstanceUID'],
          ReferencedInstanceSequence: phantom.slices.map(reference),
        },
      ],
      SegmentSequence: [
        {
          SegmentNumber: 1,
          SegmentLabel: 'Block',
          SegmentAlgorithmType: 'MANUAL',
          SegmentedPropertyCategoryCodeSequence: [code('85756007', 'Tissue')],
          SegmentedPropertyTypeCodeSequence: [code('85756007', 'Tissue')],
        },
      ],
      PerFrameFunctionalGroupsSequence: phantom.slices.slice(0, total).map(frameGroups),
      PixelData: packBits(bits, byteLength),
    },
  };
}

/** A ragged block, so that no symmetry hides voxels that moved. */
function blockIndices(columns: number): number[] {
  const indices: number[] = [];
  for (let row = 10; row < 30; row++)
    for (let column = 12; column < 27 + (row % 5); column++) indices.push(row * columns + column);
  return indices;
}

export function part10Of(datasets: readonly WritableDataset[]): Uint8Array[] {
  return datasets.map((dataset) => writePart10(dataset));
}

function patientAndStudy(study: string, rows: number, columns: number): WritableDataset {
  return {
    StudyInstanceUID: study,
    StudyDate: '20260101',
    StudyTime: '120000',
    StudyDescription: 'Grid phantom (SIMULATED)',
    PatientName: `SIMULATED^Grid ${String(rows)}x${String(columns)}`,
    PatientID: `SIM-GRID-${String(rows)}-${String(columns)}`,
    Manufacturer: 'SIMULATED',
  };
}

function frameFormat({ rows, columns }: GridPhantom, frames: number): WritableDataset {
  return {
    NumberOfFrames: frames,
    Rows: rows,
    Columns: columns,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    BitsAllocated: 1,
    BitsStored: 1,
    HighBit: 0,
    PixelRepresentation: 0,
    LossyImageCompression: '00',
    SegmentationType: 'BINARY',
    SharedFunctionalGroupsSequence: [
      {
        PixelMeasuresSequence: [
          {
            PixelSpacing: [String(SPACING_MM), String(SPACING_MM)],
            SliceThickness: String(SLICE_MM),
            SpacingBetweenSlices: String(SLICE_MM),
          },
        ],
        PlaneOrientationSequence: [{ ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'] }],
      },
    ],
  };
}

function frameGroups(image: WritableDataset, index: number): WritableDataset {
  return {
    FrameContentSequence: [{ DimensionIndexValues: [1, index + 1] }],
    PlanePositionSequence: [plane(index)],
    SegmentIdentificationSequence: [{ ReferencedSegmentNumber: 1 }],
    DerivationImageSequence: [
      {
        DerivationCodeSequence: [
          { ...code('113076', 'Segmentation'), CodingSchemeDesignator: 'DCM' },
        ],
        SourceImageSequence: [reference(image)],
      },
    ],
  };
}

function reference(image: WritableDataset): WritableDataset {
  return {
    ReferencedSOPClassUID: image['SOPClassUID'],
    ReferencedSOPInstanceUID: image['SOPInstanceUID'],
  };
}

function plane(index: number): WritableDataset {
  return { ImagePositionPatient: ['0', '0', decimalString(index * SLICE_MM)] };
}

function code(value: string, meaning: string): WritableDataset {
  return { CodeValue: value, CodingSchemeDesignator: 'SCT', CodeMeaning: meaning };
}

function ramp(rows: number, columns: number): Uint16Array {
  return Uint16Array.from({ length: rows * columns }, (_, index) => (index % columns) * 8);
}

/** First voxel in the least significant bit (PS3.5, 8.1.1). */
function packBits(bits: Uint8Array, byteLength: number): Uint8Array {
  const packed = new Uint8Array(byteLength);
  bits.forEach((bit, index) => {
    packed[index >> 3] |= bit << (index & 7);
  });
  return packed;
}
