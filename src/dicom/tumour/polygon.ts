/**
 * Scan conversion of closed polygons: a pixel is inside when its centre is, by the even-odd rule
 * over all polygons of the slice, so a contour inside a contour is a hole.
 */

/** x and y in pixel indices, alternating; the last point joins the first. */
export type Polygon = Float64Array;

/** @returns rows x columns, 1 inside. */
export function fillEvenOdd(
  polygons: readonly Polygon[],
  columns: number,
  rows: number,
): Uint8Array {
  const plane = new Uint8Array(columns * rows);
  const crossings: number[][] = Array.from({ length: rows }, () => []);
  for (const polygon of polygons) addCrossings(polygon, crossings);
  crossings.forEach((row, y) => {
    row.sort((a, b) => a - b);
    for (let i = 0; i + 1 < row.length; i += 2) {
      // Centres on the left edge are inside, on the right edge outside: touching regions do not overlap.
      const from = Math.max(0, Math.ceil(row[i]));
      const to = Math.min(columns, Math.ceil(row[i + 1]));
      if (to > from) plane.fill(1, y * columns + from, y * columns + to);
    }
  });
  return plane;
}

/** Where each edge crosses the centre line of a row; an edge owns its upper end only. */
function addCrossings(polygon: Polygon, crossings: number[][]): void {
  const points = polygon.length / 2;
  for (let i = 0; i < points; i++) {
    const j = (i + 1) % points;
    const upFirst = polygon[2 * i + 1] <= polygon[2 * j + 1];
    const [a, b] = upFirst ? [i, j] : [j, i];
    const [x0, y0, x1, y1] = [
      polygon[2 * a],
      polygon[2 * a + 1],
      polygon[2 * b],
      polygon[2 * b + 1],
    ];
    const last = Math.min(crossings.length - 1, Math.ceil(y1) - 1);
    for (let y = Math.max(0, Math.ceil(y0)); y <= last; y++) {
      crossings[y].push(x0 + ((y - y0) * (x1 - x0)) / (y1 - y0));
    }
  }
}
