/** Convex hulls of grid points in a plane, from the first and last point of each of its lines. */

/** Least and greatest position on each line; first > last on a line without points. */
export interface LineEnds {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

export function lineEnds(lines: number): LineEnds {
  return { first: new Int32Array(lines).fill(0x7fffffff), last: new Int32Array(lines).fill(-1) };
}

export function extendLine({ first, last }: LineEnds, line: number, position: number): void {
  if (position < first[line]) first[line] = position;
  if (position > last[line]) last[line] = position;
}

/** Position on its line, and number of the line in the plane. */
type PlanePoint = readonly [number, number];

/**
 * Corners of the hull of a plane made of the lines start, start + stride, ... (Andrew's monotone
 * chain; positions are whole numbers, so that the turns are exact).
 */
export function hullCorners(
  { first, last }: LineEnds,
  start: number,
  stride: number,
  lines: number,
): PlanePoint[] {
  const lower: PlanePoint[] = [];
  const upper: PlanePoint[] = [];
  for (let k = 0; k < lines; k++) {
    const line = start + k * stride;
    if (last[line] < 0) continue;
    addCorner(lower, [first[line], k], 1);
    addCorner(upper, [last[line], k], -1);
  }
  return [...lower, ...upper];
}

/** Drops corners that the new point makes flat or inward. */
function addCorner(chain: PlanePoint[], point: PlanePoint, outward: 1 | -1): void {
  while (chain.length > 1) {
    const a = chain[chain.length - 2];
    const b = chain[chain.length - 1];
    const turn = (b[1] - a[1]) * (point[0] - a[0]) - (b[0] - a[0]) * (point[1] - a[1]);
    if (outward * turn > 0) break;
    chain.pop();
  }
  chain.push(point);
}
