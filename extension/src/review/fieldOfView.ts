import type { RegistrationCheck } from '../../../src/chain/analysis';

/** The part of a slice that the picture shows. */
export interface FieldOfView {
  /** Of the left and upper edge, in columns and rows; voxel centres lie at whole numbers. */
  readonly left: number;
  readonly top: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** Enough to see edges of muscle and skin beside the tumour. */
const MARGIN_MM = 25;
/** Height by width: a taller picture would leave no room for the controls. */
const TALLEST = 1.05;

/** @param close the tumour of all slices with a margin, instead of the whole slice */
export function fieldOfView({ grid, planes }: RegistrationCheck, close: boolean): FieldOfView {
  const [columns, rows] = grid.size;
  const [dx, dy] = grid.spacingMm;
  const box = close ? boxOf(planes, columns) : null;
  const [left, right, top, bottom] = box
    ? [
        Math.max(0, box.left - MARGIN_MM / dx),
        Math.min(columns - 1, box.right + MARGIN_MM / dx),
        Math.max(0, box.top - MARGIN_MM / dy),
        Math.min(rows - 1, box.bottom + MARGIN_MM / dy),
      ]
    : [0, columns - 1, 0, rows - 1];
  const widthMm = (right - left + 1) * dx;
  const heightMm = (bottom - top + 1) * dy;
  const wide = Math.max(widthMm, heightMm / TALLEST);
  // Centred when the part is too tall for the picture.
  return { left: left - 0.5 - (wide - widthMm) / 2 / dx, top: top - 0.5, widthMm: wide, heightMm };
}

function boxOf(planes: RegistrationCheck['planes'], columns: number) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { tumour } of planes) {
    tumour?.forEach((inside, i) => {
      if (inside === 0) return;
      const [x, y] = [i % columns, Math.floor(i / columns)];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    });
  }
  return left > right ? null : { left, right, top, bottom };
}
