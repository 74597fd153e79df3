/**
 * Local binary patterns slice by slice as PyRadiomics' `getLBP2DImage`, which calls
 * `skimage.feature.local_binary_pattern` and stores its result in the type of the image.
 */
import type { Samples, Vec3 } from '../volume/volume';

export interface Lbp2DSettings {
  readonly lbp2DRadius: number;
  readonly lbp2DSamples: number;
  readonly lbp2DMethod: 'default' | 'ror' | 'uniform' | 'var';
  /** The axis across the slices: 0 is z, 1 is y, 2 is x. */
  readonly force2Ddimension: 0 | 1 | 2;
}

/** Rows and columns of a slice as steps through the image. */
interface Plane {
  readonly rows: number;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

interface Neighbour {
  readonly row: number;
  readonly column: number;
}

export function lbp2D(data: Samples, [nx, ny, nz]: Vec3, settings: Lbp2DSettings): Samples {
  const slice = nx * ny;
  const planes: readonly (Plane & { slices: number; sliceStep: number })[] = [
    { slices: nz, sliceStep: slice, rows: ny, rowStep: nx, columns: nx, columnStep: 1 },
    { slices: ny, sliceStep: nx, rows: nz, rowStep: slice, columns: nx, columnStep: 1 },
    { slices: nx, sliceStep: 1, rows: ny, rowStep: nx, columns: nz, columnStep: slice },
  ];
  const plane = planes[settings.force2Ddimension];
  const { lbp2DSamples: count, lbp2DRadius: radius, lbp2DMethod: method } = settings;
  const neighbours = circle(count, radius);
  const texture = new Float64Array(count);
  const result = data.slice();
  for (let s = 0; s < plane.slices; s++) {
    for (let row = 0; row < plane.rows; row++) {
      for (let column = 0; column < plane.columns; column++) {
        const start = s * plane.sliceStep;
        for (let k = 0; k < count; k++) {
          const { row: dr, column: dc } = neighbours[k];
          texture[k] = interpolate(data, start, plane, row + dr, column + dc);
        }
        const at = start + row * plane.rowStep + column * plane.columnStep;
        result[at] = patternCode(texture, data[at], method);
      }
    }
  }
  return result;
}

/** Positions are rounded to five decimals, so that those on the axes fall on voxels. */
function circle(count: number, radius: number): Neighbour[] {
  const round = (value: number): number => Number(value.toFixed(5));
  const r = Math.fround(radius);
  return Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * k) / count;
    return { row: round(-r * Math.sin(angle)), column: round(r * Math.cos(angle)) };
  });
}

/** Bilinear, 0 beyond the slice. */
function interpolate(
  data: Samples,
  start: number,
  plane: Plane,
  row: number,
  column: number,
): number {
  const pixel = (r: number, c: number): number =>
    r < 0 || c < 0 || r >= plane.rows || c >= plane.columns
      ? 0
      : data[start + r * plane.rowStep + c * plane.columnStep];
  const [r0, r1, c0, c1] = [Math.floor(row), Math.ceil(row), Math.floor(column), Math.ceil(column)];
  const [dr, dc] = [row - r0, column - c0];
  const top = (1 - dc) * pixel(r0, c0) + dc * pixel(r0, c1);
  const bottom = (1 - dc) * pixel(r1, c0) + dc * pixel(r1, c1);
  return (1 - dr) * top + dr * bottom;
}

function patternCode(
  texture: Float64Array,
  centre: number,
  method: Lbp2DSettings['lbp2DMethod'],
): number {
  if (method === 'var') return varianceOf(texture);
  const signs = Array.from(texture, (value) => (value - centre >= 0 ? 1 : 0));
  if (method === 'default' || method === 'ror') {
    const code = signs.reduce<number>((sum, sign, k) => sum + sign * 2 ** k, 0);
    return method === 'ror' ? smallestRotation(code, signs.length) : code;
  }
  const changes = signs.slice(1).filter((sign, k) => sign !== signs[k]).length;
  const ones = signs.reduce<number>((sum, sign) => sum + sign, 0);
  return changes <= 2 ? ones : signs.length + 1;
}

/** As scikit-image 0.19 and later; earlier versions divided the uniform pattern by it. */
function varianceOf(texture: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const value of texture) {
    sum += value;
    squares += value * value;
  }
  const variance = (squares - (sum * sum) / texture.length) / texture.length;
  return variance === 0 ? NaN : variance;
}

function smallestRotation(code: number, bits: number): number {
  let smallest = code;
  let rotated = code;
  for (let k = 1; k < bits; k++) {
    rotated = Math.floor(rotated / 2) + (rotated % 2) * 2 ** (bits - 1);
    smallest = Math.min(smallest, rotated);
  }
  return smallest;
}
