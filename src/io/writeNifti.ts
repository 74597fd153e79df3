import { gzipSync } from 'fflate';
import type { Grid, Samples } from '../volume/volume';

const HEADER_BYTES = 352;

/**
 * A gzipped NIfTI-1 file. The grid's LPS axes and origin become the RAS sform and the qform;
 * the data type follows the array type.
 */
export function writeNifti(image: { readonly grid: Grid; readonly data: Samples }): Uint8Array {
  const { grid, data } = image;
  const file = new Uint8Array(HEADER_BYTES + data.byteLength);
  const view = new DataView(file.buffer);
  const [code, bytes] = dataType(data);
  view.setInt32(0, 348, true);
  [3, ...grid.size, 1, 1, 1, 1].forEach((n, i) => view.setInt16(40 + 2 * i, n, true));
  view.setInt16(70, code, true);
  view.setInt16(72, 8 * bytes, true);
  view.setFloat32(108, HEADER_BYTES, true);
  view.setFloat32(112, 1, true);
  view.setUint8(123, 2);
  writeGeometry(view, grid);
  [0x6e, 0x2b, 0x31, 0].forEach((byte, i) => view.setUint8(344 + i, byte));
  writeVoxels(view, data, bytes);
  return gzipSync(file);
}

function dataType(data: Samples): readonly [code: number, bytes: number] {
  if (data instanceof Uint8Array) return [2, 1];
  if (data instanceof Int16Array) return [4, 2];
  if (data instanceof Uint16Array) return [512, 2];
  if (data instanceof Int32Array) return [8, 4];
  return data instanceof Float32Array ? [16, 4] : [64, 8];
}

function writeGeometry(view: DataView, grid: Grid): void {
  const d = grid.direction;
  // LPS to RAS: the first two world axes change their sign.
  const ras = [-d[0], -d[1], -d[2], -d[3], -d[4], -d[5], d[6], d[7], d[8]];
  const origin = [-grid.originMm[0], -grid.originMm[1], grid.originMm[2]];
  const { quaternion, handedness } = toQuaternion(ras);
  view.setFloat32(76, handedness, true);
  grid.spacingMm.forEach((s, i) => view.setFloat32(80 + 4 * i, s, true));
  view.setInt16(252, 1, true);
  view.setInt16(254, 1, true);
  [...quaternion, ...origin].forEach((v, i) => view.setFloat32(256 + 4 * i, v, true));
  for (let row = 0; row < 3; row++) {
    for (let axis = 0; axis < 3; axis++) {
      view.setFloat32(280 + 16 * row + 4 * axis, ras[3 * row + axis] * grid.spacingMm[axis], true);
    }
    view.setFloat32(292 + 16 * row, origin[row], true);
  }
}

/** b, c, d of the NIfTI quaternion of a row-major rotation; a left-handed one is mirrored in z. */
function toQuaternion(m: readonly number[]): { quaternion: number[]; handedness: 1 | -1 } {
  const determinant =
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6]);
  const handedness = determinant < 0 ? -1 : 1;
  const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = m.map((v, i) => (i % 3 === 2 ? v * handedness : v));
  const trace = xx + yy + zz + 1;
  if (trace > 0.5) {
    const a = 0.5 * Math.sqrt(trace);
    return {
      quaternion: [(zy - yz) / (4 * a), (xz - zx) / (4 * a), (yx - xy) / (4 * a)],
      handedness,
    };
  }
  const squares = [1 + xx - yy - zz, 1 + yy - xx - zz, 1 + zz - xx - yy];
  const [b2, c2, d2] = squares;
  let abcd: [number, number, number, number];
  if (b2 >= c2 && b2 >= d2) {
    const b = 0.5 * Math.sqrt(b2);
    abcd = [(zy - yz) / (4 * b), b, (xy + yx) / (4 * b), (xz + zx) / (4 * b)];
  } else if (c2 >= d2) {
    const c = 0.5 * Math.sqrt(c2);
    abcd = [(xz - zx) / (4 * c), (xy + yx) / (4 * c), c, (yz + zy) / (4 * c)];
  } else {
    const d = 0.5 * Math.sqrt(d2);
    abcd = [(yx - xy) / (4 * d), (xz + zx) / (4 * d), (yz + zy) / (4 * d), d];
  }
  const sign = abcd[0] < 0 ? -1 : 1;
  return { quaternion: abcd.slice(1).map((v) => v * sign), handedness };
}

function writeVoxels(view: DataView, data: Samples, bytes: number): void {
  for (let i = 0, at = HEADER_BYTES; i < data.length; i++, at += bytes) {
    if (data instanceof Uint8Array) view.setUint8(at, data[i]);
    else if (data instanceof Int16Array) view.setInt16(at, data[i], true);
    else if (data instanceof Uint16Array) view.setUint16(at, data[i], true);
    else if (data instanceof Int32Array) view.setInt32(at, data[i], true);
    else if (data instanceof Float32Array) view.setFloat32(at, data[i], true);
    else view.setFloat64(at, data[i], true);
  }
}
