import { InputError } from '../chain/errors';
import type { Grid, Samples } from '../volume/volume';

/** The type of a voxel in the file, which decides whether resampled values are rounded. */
export type PixelType =
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float32'
  | 'float64';

/** An image read from a file: world coordinates are LPS mm whatever the file's own convention. */
export interface ImageFile {
  readonly grid: Grid;
  /** x fastest. The narrowest array type that holds `pixelType` exactly (64-bit integers: doubles). */
  readonly data: Samples;
  readonly pixelType: PixelType;
}

/** Throws for data that is damaged. */
export type Gunzip = (bytes: Uint8Array) => Uint8Array;

const BYTES: Record<PixelType, number> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float32: 4,
  float64: 8,
};

export function bytesPerVoxel(type: PixelType): number {
  return BYTES[type];
}

export function isIntegerType(type: PixelType): boolean {
  return type !== 'float32' && type !== 'float64';
}

/** Smallest and largest value of an integer pixel type (64 bits: as far as a double counts). */
export function integerRange(type: PixelType): readonly [number, number] {
  const bits = 8 * BYTES[type];
  if (bits === 64)
    return [type === 'uint64' ? 0 : Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  return type.startsWith('u') ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
}

/** An array of zeros that holds the pixel type exactly. */
export function allocate(type: PixelType, length: number): Samples {
  switch (type) {
    case 'uint8':
      return new Uint8Array(length);
    case 'int8':
    case 'int16':
      return new Int16Array(length);
    case 'uint16':
      return new Uint16Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'float32':
      return new Float32Array(length);
    default:
      return new Float64Array(length);
  }
}

/** Reads voxels from `count` times their size in raw bytes. */
export function decodeVoxels(
  bytes: Uint8Array,
  type: PixelType,
  count: number,
  littleEndian: boolean,
): Samples {
  const direct = littleEndian ? sameBytes(type, ownBuffer(bytes)) : undefined;
  if (direct) return direct;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = allocate(type, count);
  const read = voxelReader(view, type, littleEndian);
  const step = BYTES[type];
  for (let i = 0; i < count; i++) data[i] = read(i * step);
  return data;
}

/** Types whose array has the bytes of the file; every platform that runs this is little-endian. */
function sameBytes(type: PixelType, buffer: ArrayBuffer): Samples | undefined {
  switch (type) {
    case 'uint8':
      return new Uint8Array(buffer);
    case 'int16':
      return new Int16Array(buffer);
    case 'uint16':
      return new Uint16Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'float32':
      return new Float32Array(buffer);
    case 'float64':
      return new Float64Array(buffer);
    default:
      return undefined;
  }
}

function voxelReader(view: DataView, type: PixelType, little: boolean): (offset: number) => number {
  switch (type) {
    case 'int8':
      return (at) => view.getInt8(at);
    case 'uint8':
      return (at) => view.getUint8(at);
    case 'int16':
      return (at) => view.getInt16(at, little);
    case 'uint16':
      return (at) => view.getUint16(at, little);
    case 'int32':
      return (at) => view.getInt32(at, little);
    case 'uint32':
      return (at) => view.getUint32(at, little);
    case 'int64':
      return (at) => Number(view.getBigInt64(at, little));
    case 'uint64':
      return (at) => Number(view.getBigUint64(at, little));
    case 'float32':
      return (at) => view.getFloat32(at, little);
    case 'float64':
      return (at) => view.getFloat64(at, little);
  }
}

/** The raw bytes of voxels in a pixel type, little-endian; numbers are cut to integer types. */
export function encodeVoxels(data: Samples, type: PixelType): Uint8Array {
  const step = BYTES[type];
  const bytes = new Uint8Array(data.length * step);
  const write = voxelWriter(new DataView(bytes.buffer), type);
  for (let i = 0; i < data.length; i++) write(i * step, data[i]);
  return bytes;
}

function voxelWriter(view: DataView, type: PixelType): (offset: number, value: number) => void {
  switch (type) {
    case 'int8':
      return (at, value) => view.setInt8(at, value);
    case 'uint8':
      return (at, value) => view.setUint8(at, value);
    case 'int16':
      return (at, value) => view.setInt16(at, value, true);
    case 'uint16':
      return (at, value) => view.setUint16(at, value, true);
    case 'int32':
      return (at, value) => view.setInt32(at, value, true);
    case 'uint32':
      return (at, value) => view.setUint32(at, value, true);
    case 'int64':
      return (at, value) => view.setBigInt64(at, BigInt(value), true);
    case 'uint64':
      return (at, value) => view.setBigUint64(at, BigInt(value), true);
    case 'float32':
      return (at, value) => view.setFloat32(at, value, true);
    case 'float64':
      return (at, value) => view.setFloat64(at, value, true);
  }
}

/** What a header says about the grid, checked once for every format. */
export function checkGrid(grid: Grid, file: string): Grid {
  if (!grid.size.every((n) => Number.isInteger(n) && n > 0)) {
    throw unreadable(file, `its header gives the size ${grid.size.join(' x ')}`);
  }
  if (!grid.spacingMm.every((s) => Number.isFinite(s) && s > 0)) {
    throw unreadable(file, `its header gives the voxel spacing ${grid.spacingMm.join(' x ')} mm`);
  }
  if (![...grid.originMm, ...grid.direction].every(Number.isFinite)) {
    throw unreadable(file, 'its header gives no finite position and orientation');
  }
  return grid;
}

export function unreadable(file: string, reason: string, cause?: unknown): InputError {
  return new InputError(
    'FILE_UNREADABLE',
    `${file} cannot be read: ${reason}; export the image again as NIfTI or NRRD.`,
    { cause },
  );
}

/** Copies bytes into a buffer of their own, for interfaces that take a whole ArrayBuffer. */
export function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
