import { writePart10, type WritableDataset } from '../../../src/dicom/dcmjsFacade';
import type { ImageSeries } from '../../../src/dicom/series';
import { newUid } from '../../../src/dicom/uid';
import { applyToPoint, indexToWorld } from '../../../src/volume/geometry';

/** Images that are not in the study, as some planning systems name them. */
export type References = 'images of the series' | 'images that are nowhere';

/**
 * An RT Structure Set with the region `mask` (0 or 1 on the grid of `series`) as its second ROI. The
 * contours run along the edges of the pixels, so that the pixel centres inside are exactly the mask.
 */
export function structureSetOf(
  mask: Uint8Array,
  series: ImageSeries,
  references: References,
): Uint8Array {
  const [columns, rows] = series.volume.grid.size;
  const toWorld = indexToWorld(series.volume.grid);
  const { PatientName, PatientID, PatientBirthDate, PatientSex, StudyDate, StudyTime } =
    series.header as WritableDataset;
  const images = series.slices.map(({ sopClassUid, sopInstanceUid }) => ({
    ReferencedSOPClassUID: sopClassUid,
    ReferencedSOPInstanceUID: references === 'images of the series' ? sopInstanceUid : newUid(),
  }));
  const contours = images.flatMap((image, k) => {
    const plane = mask.subarray(k * columns * rows, (k + 1) * columns * rows);
    return outlines(plane, columns, rows).map((points) => ({
      ContourImageSequence: [image],
      ContourGeometricType: 'CLOSED_PLANAR',
      NumberOfContourPoints: String(points.length),
      ContourData: points.flatMap(([x, y]) =>
        applyToPoint(toWorld, [x, y, k]).map((at) => at.toFixed(4)),
      ),
    }));
  });
  const body = square(columns, rows).flatMap(([x, y]) =>
    applyToPoint(toWorld, [x, y, 0]).map((at) => at.toFixed(4)),
  );
  return writePart10({
    ...{ PatientName, PatientID, PatientBirthDate, PatientSex, StudyDate, StudyTime },
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.481.3',
    SOPInstanceUID: newUid(),
    StudyInstanceUID: series.studyInstanceUid,
    SeriesInstanceUID: newUid(),
    Modality: 'RTSTRUCT',
    SeriesNumber: '20',
    SeriesDescription: 'Planning contours',
    Manufacturer: 'SIMULATED',
    StructureSetLabel: 'Plan',
    StructureSetDate: '20260205',
    StructureSetTime: '090000',
    FrameOfReferenceUID: series.frameOfReferenceUid,
    ReferencedFrameOfReferenceSequence: [
      {
        FrameOfReferenceUID: series.frameOfReferenceUid,
        RTReferencedStudySequence: [
          {
            ReferencedSOPClassUID: '1.2.840.10008.3.1.2.3.1',
            ReferencedSOPInstanceUID: series.studyInstanceUid,
            RTReferencedSeriesSequence: [
              { SeriesInstanceUID: series.seriesInstanceUid, ContourImageSequence: images },
            ],
          },
        ],
      },
    ],
    StructureSetROISequence: [roi('1', 'BODY', series), roi('2', 'GTV sarcoma', series)],
    ROIContourSequence: [
      {
        ROIDisplayColor: ['0', '128', '0'],
        ReferencedROINumber: '1',
        ContourSequence: [
          {
            ContourImageSequence: [images[0]],
            ContourGeometricType: 'CLOSED_PLANAR',
            NumberOfContourPoints: '4',
            ContourData: body,
          },
        ],
      },
      { ROIDisplayColor: ['255', '0', '0'], ReferencedROINumber: '2', ContourSequence: contours },
    ],
    RTROIObservationsSequence: ['1', '2'].map((number) => ({
      ObservationNumber: number,
      ReferencedROINumber: number,
      RTROIInterpretedType: number === '1' ? 'EXTERNAL' : 'GTV',
      ROIInterpreter: null,
    })),
    ApprovalStatus: 'UNAPPROVED',
  });
}

function roi(number: string, name: string, series: ImageSeries): WritableDataset {
  return {
    ROINumber: number,
    ReferencedFrameOfReferenceUID: series.frameOfReferenceUid,
    ROIName: name,
    ROIGenerationAlgorithm: 'MANUAL',
  };
}

type Corner = readonly [x: number, y: number];

function square(columns: number, rows: number): Corner[] {
  return [
    [1, 1],
    [columns - 2, 1],
    [columns - 2, rows - 2],
    [1, rows - 2],
  ];
}

/** Closed lines along the edges of the pixels, the region on the right; corners are at half indices. */
function outlines(plane: Uint8Array, columns: number, rows: number): Corner[][] {
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < columns && y < rows && plane[x + columns * y] !== 0;
  // Directed edges by their start; where two pixels touch at a corner, two start at the same place.
  const edges = new Map<string, Corner[]>();
  const add = (from: Corner, to: Corner): void => {
    edges.set(from.join(), [...(edges.get(from.join()) ?? []), to]);
  };
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      if (!inside(x, y)) continue;
      const [west, east, north, south] = [x - 0.5, x + 0.5, y - 0.5, y + 0.5];
      if (!inside(x, y - 1)) add([west, north], [east, north]);
      if (!inside(x + 1, y)) add([east, north], [east, south]);
      if (!inside(x, y + 1)) add([east, south], [west, south]);
      if (!inside(x - 1, y)) add([west, south], [west, north]);
    }
  }
  const lines: Corner[][] = [];
  for (const [start, targets] of edges) {
    while (targets.length > 0) {
      const line: Corner[] = [];
      let at = start;
      for (let next = edges.get(at)?.pop(); next; next = edges.get(at)?.pop()) {
        line.push(next);
        at = next.join();
      }
      lines.push(line);
    }
  }
  return lines;
}
