import type { TumourSource } from '../../../src/chain/analysis';
import type { WritableDataset } from '../../../src/dicom/dcmjsFacade';
import type { DicomInstance } from '../../../src/dicom/instance';
import { readTumour } from '../../../src/dicom/readTumour';
import { applyToPoint, indexToWorld } from '../../../src/volume/geometry';
import { refusal } from './refusal';
import { ROI, rtstruct, series, square } from './tumourObjects';

const voxelsOf = (contours: Parameters<typeof rtstruct>[0]): number =>
  readTumour(ROI, [rtstruct(contours)], series).data.reduce((sum, value) => sum + value, 0);

describe('RTSTRUCT', () => {
  test('pixel centres within the contour, on the slice of the contour', () => {
    const { data } = readTumour(ROI, [rtstruct([square(3, 1.5, 11.5)])], series);
    const [columns, rows] = series.volume.grid.size;
    data.forEach((value, index) => {
      const [i, j, k] = [
        index % columns,
        Math.floor(index / columns) % rows,
        Math.floor(index / (columns * rows)),
      ];
      expect(value).toBe(k === 3 && i >= 2 && i <= 11 && j >= 2 && j <= 11 ? 1 : 0);
    });
  });

  test('a contour within a contour is a hole, and several regions add up', () => {
    expect(voxelsOf([square(2, 1.5, 13.5), square(2, 4.5, 8.5)])).toBe(144 - 16);
    expect(voxelsOf([square(2, 1.5, 9.5), square(2, 10.5, 13.5)])).toBe(64 + 9);
  });

  test('a hole by a keyhole: one contour that goes in and out on the same line', () => {
    const [outer, inner] = [square(2, 1.5, 13.5), square(2, 4.5, 8.5)];
    const keyhole = [
      ...outer,
      outer[0],
      inner[0],
      inner[3],
      inner[2],
      inner[1],
      inner[0],
      outer[0],
    ];
    expect(voxelsOf([keyhole])).toBe(144 - 16);
  });

  test('points and open lines are no part of the region', () => {
    const contour = (type: string, from: number, to: number): WritableDataset => ({
      ContourGeometricType: type,
      NumberOfContourPoints: '4',
      ContourData: square(2, from, to).flatMap((point) =>
        applyToPoint(indexToWorld(series.volume.grid), point).map((v) => v.toFixed(6)),
      ),
    });
    const ContourSequence = [contour('OPEN_PLANAR', 1.5, 15.5), contour('CLOSED_PLANAR', 1.5, 9.5)];
    const structures = rtstruct([], {
      ROIContourSequence: [{ ReferencedROINumber: '5', ContourSequence }],
    });
    const { data } = readTumour(ROI, [structures], series);
    expect(data.reduce((sum, value) => sum + value, 0)).toBe(64);
  });

  test('contours on every second slice stand for the slices between', () => {
    expect(voxelsOf([square(1, 1.5, 9.5), square(3, 1.5, 9.5)])).toBeGreaterThanOrEqual(64 * 3);
  });

  test('is refused with a reason', () => {
    const refused = (object: DicomInstance, source: TumourSource = ROI): string =>
      refusal(() => readTumour(source, [object], series));
    expect(refused(rtstruct([square(2, 1.5, 9.5)]), { ...ROI, roiNumber: 9 } as TumourSource)).toBe(
      'MASK_UNREADABLE: The RTSTRUCT has no ROI 9; it has 5 "GTV", 6 "Empty".',
    );
    expect(
      refused(rtstruct([square(2, 1.5, 9.5)]), { ...ROI, roiNumber: 6 } as TumourSource),
    ).toMatch(/^MASK_EMPTY/);
    expect(refused(rtstruct([square(2, 1.5, 5.5)]))).toMatch(
      /^MASK_TOO_SMALL: ROI "GTV" of the RTSTRUCT has 16 voxels/,
    );
    expect(refused(rtstruct([square(40, 1.5, 9.5)]))).toMatch(/^MASK_OUTSIDE/);
    expect(refused(rtstruct([square(2, 1.5, 9.5)], { FrameOfReferenceUID: '1.2' }))).toMatch(
      /^FRAME_OF_REFERENCE/,
    );
    const across: [number, number, number][] = [
      [2, 2, 1],
      [9, 2, 1],
      [9, 2, 5],
      [2, 2, 5],
    ];
    expect(refused(rtstruct([across]))).toMatch(/^MASK_GRID: .*across the slices/);
  });
});
