/** NRRD images with the data in the same file (teem's format description, versions 1 to 5). */
import type { Grid, Vec3 } from '../volume/volume';
import {
  bytesPerVoxel,
  checkGrid,
  decodeVoxels,
  unreadable,
  type Gunzip,
  type ImageFile,
  type PixelType,
} from './imageFile';

const PIXEL_TYPES: Readonly<Record<string, PixelType>> = {
  'signed char': 'int8',
  int8: 'int8',
  int8_t: 'int8',
  uchar: 'uint8',
  'unsigned char': 'uint8',
  uint8: 'uint8',
  uint8_t: 'uint8',
  short: 'int16',
  'short int': 'int16',
  'signed short': 'int16',
  'signed short int': 'int16',
  int16: 'int16',
  int16_t: 'int16',
  ushort: 'uint16',
  'unsigned short': 'uint16',
  'unsigned short int': 'uint16',
  uint16: 'uint16',
  uint16_t: 'uint16',
  int: 'int32',
  'signed int': 'int32',
  int32: 'int32',
  int32_t: 'int32',
  uint: 'uint32',
  'unsigned int': 'uint32',
  uint32: 'uint32',
  uint32_t: 'uint32',
  longlong: 'int64',
  'long long': 'int64',
  'long long int': 'int64',
  'signed long long': 'int64',
  'signed long long int': 'int64',
  int64: 'int64',
  int64_t: 'int64',
  ulonglong: 'uint64',
  'unsigned long long': 'uint64',
  'unsigned long long int': 'uint64',
  uint64: 'uint64',
  uint64_t: 'uint64',
  float: 'float32',
  double: 'float64',
};

/** Factors that bring the first two world axes to left and posterior. */
const SPACES: Readonly<Record<string, readonly [number, number]>> = {
  'left-posterior-superior': [1, 1],
  lps: [1, 1],
  'right-anterior-superior': [-1, -1],
  ras: [-1, -1],
  'left-anterior-superior': [1, -1],
  las: [1, -1],
};

type Fields = ReadonlyMap<string, string>;

/**
 * Reads a three-dimensional scalar NRRD image, raw or gzip.
 * @throws InputError FILE_UNREADABLE naming `file`.
 */
export function readNrrd(bytes: Uint8Array, file: string, gunzip: Gunzip): ImageFile {
  const { fields, dataStart } = parseHeader(bytes, file);
  const typeName = required(fields, 'type', file).toLowerCase();
  const pixelType = PIXEL_TYPES[typeName];
  if (pixelType === undefined) throw unreadable(file, `its voxels are of type "${typeName}"`);
  const grid = checkGrid(readGrid(fields, file), file);
  const raw = decompress(bytes.subarray(dataStart), fields, file, gunzip);
  const count = grid.size[0] * grid.size[1] * grid.size[2];
  const length = count * bytesPerVoxel(pixelType);
  if (raw.byteLength < length) {
    throw unreadable(file, `it holds ${raw.byteLength} of ${length} bytes of voxels`);
  }
  const littleEndian = (fields.get('endian') ?? 'little').toLowerCase() !== 'big';
  return {
    grid,
    data: decodeVoxels(raw.subarray(0, length), pixelType, count, littleEndian),
    pixelType,
  };
}

function parseHeader(bytes: Uint8Array, file: string): { fields: Fields; dataStart: number } {
  const fields = new Map<string, string>();
  const decoder = new TextDecoder();
  let start = 0;
  for (let line = 0; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    const text = decoder.decode(bytes.subarray(start, end < 0 ? undefined : end)).trimEnd();
    if (line === 0 && !/^NRRD000\d$/.test(text)) throw unreadable(file, 'it is not an NRRD file');
    if (end < 0) throw unreadable(file, 'its NRRD header has no end');
    start = end + 1;
    if (text === '') return { fields, dataStart: start };
    const field = /^([^:#]+):[ =]\s*(.*)$/.exec(text);
    if (field) fields.set(field[1].trim().toLowerCase().replace(/\s+/g, ' '), field[2].trim());
  }
}

function required(fields: Fields, name: string, file: string): string {
  const value = fields.get(name);
  if (value === undefined) throw unreadable(file, `its NRRD header has no field "${name}"`);
  return value;
}

function numbers(text: string): number[] {
  return text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
}

function vectors(text: string): number[][] {
  return [...text.matchAll(/\(([^)]*)\)/g)].map((match) => numbers(match[1]));
}

function readGrid(fields: Fields, file: string): Grid {
  const sizes = numbers(required(fields, 'sizes', file));
  if (sizes.length !== 3) {
    throw unreadable(file, `it has ${sizes.length} axes, and a three-dimensional image is needed`);
  }
  const size: Vec3 = [sizes[0], sizes[1], sizes[2]];
  const directions = fields.get('space directions');
  if (directions === undefined) return gridWithoutSpace(fields, size);
  const space = (fields.get('space') ?? 'left-posterior-superior').toLowerCase();
  const factors = SPACES[space];
  if (factors === undefined) throw unreadable(file, `its space "${space}" is not anatomical`);
  const world = (v: readonly number[]): Vec3 => [v[0] * factors[0], v[1] * factors[1], v[2]];
  const axes = vectors(directions).map(world);
  if (axes.length !== 3) throw unreadable(file, `its space directions are "${directions}"`);
  const origin = vectors(fields.get('space origin') ?? '(0,0,0)').map(world)[0];
  // As teem: the last bits decide where resampled grids begin, and Math.hypot or a division differ.
  const [i, j, k] = axes.map(([x, y, z]) => Math.sqrt(x * x + y * y + z * z));
  const [p, q, r] = [1 / i, 1 / j, 1 / k];
  const [x, y, z] = axes;
  return {
    size,
    spacingMm: [i, j, k],
    originMm: origin,
    direction: [
      x[0] * p,
      y[0] * q,
      z[0] * r,
      x[1] * p,
      y[1] * q,
      z[1] * r,
      x[2] * p,
      y[2] * q,
      z[2] * r,
    ],
  };
}

function gridWithoutSpace(fields: Fields, size: Vec3): Grid {
  const [x, y, z] = numbers(fields.get('spacings') ?? '1 1 1');
  return {
    size,
    spacingMm: [x, y, z],
    originMm: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  };
}

function decompress(data: Uint8Array, fields: Fields, file: string, gunzip: Gunzip): Uint8Array {
  if (fields.has('data file') || fields.has('datafile')) {
    throw unreadable(file, 'its voxels are in another file, which is not supported');
  }
  const encoding = (fields.get('encoding') ?? 'raw').toLowerCase();
  if (encoding === 'raw') return data;
  if (encoding !== 'gzip' && encoding !== 'gz') {
    throw unreadable(file, `its encoding "${encoding}" is not supported (raw and gzip are)`);
  }
  try {
    return gunzip(data);
  } catch (cause) {
    throw unreadable(file, 'its gzip compression is damaged', cause);
  }
}
