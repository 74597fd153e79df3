import type { TumourSource } from '../../../src/chain/analysis';
import type { WritableDataset } from '../../../src/dicom/dcmjsFacade';
import type { DicomInstance } from '../../../src/dicom/instance';
import { parseInstance } from '../../../src/dicom/instance';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import type { ImageSeries } from '../../../src/dicom/series';
import { derivedUid } from '../../../src/dicom/uid';
import { applyToPoint, indexToWorld } from '../../../src/volume/geometry';
import { OBLIQUE, arrayBuffer, instanceOf, syntheticSeries } from './synthetic';
import { segmentationInput } from './syntheticLabels';

/** Tumours on a small oblique series, as SEG and as RTSTRUCT. */

export const SEG_UID = derivedUid('seg');
/** Segment 1. */
export const SOURCE: TumourSource = { kind: 'seg', seriesInstanceUid: SEG_UID, segmentNumber: 1 };
export const series = syntheticSeries({ direction: OBLIQUE, name: 'AX T2' });

/** A SEG of ours. */
export function segOn(
  images: ImageSeries,
  changes: Partial<Parameters<typeof segmentationInput>[1]> = {},
): DicomInstance {
  const input = segmentationInput(images, { habitats: null, ring: null, ...changes });
  const object = buildSegmentation({ ...input, uids: { ...input.uids, segSeries: SEG_UID } });
  return parseInstance(arrayBuffer(object.part10));
}

/** Contours given in voxel indices of the series. */
export function rtstruct(
  contours: readonly (readonly (readonly [number, number, number])[])[],
  changes: WritableDataset = {},
): DicomInstance {
  const toWorld = indexToWorld(series.volume.grid);
  return instanceOf({
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.481.3',
    SOPInstanceUID: derivedUid('rtstruct'),
    SeriesInstanceUID: SEG_UID,
    Modality: 'RTSTRUCT',
    FrameOfReferenceUID: series.frameOfReferenceUid,
    StructureSetROISequence: [
      { ROINumber: '5', ROIName: 'GTV' },
      { ROINumber: '6', ROIName: 'Empty' },
    ],
    ROIContourSequence: [
      {
        ReferencedROINumber: '5',
        ContourSequence: contours.map((points) => ({
          ContourGeometricType: 'CLOSED_PLANAR',
          NumberOfContourPoints: String(points.length),
          ContourData: points.flatMap((point) =>
            applyToPoint(toWorld, point).map((v) => v.toFixed(6)),
          ),
        })),
      },
    ],
    ...changes,
  });
}

export const square = (k: number, from: number, to: number): [number, number, number][] => [
  [from, from, k],
  [to, from, k],
  [to, to, k],
  [from, to, k],
];
export const ROI: TumourSource = { kind: 'rtstruct', seriesInstanceUid: SEG_UID, roiNumber: 5 };
