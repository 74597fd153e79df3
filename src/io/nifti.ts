/**
 * NIfTI-1 and NIfTI-2 images. The geometry follows ITK's NiftiImageIO, so that files mean here what
 * they mean to SimpleITK: spacing from pixdim, axes from the sform when it has no shear and agrees
 * with the qform (or there is no qform), else from the qform; RAS in the file, LPS here.
 */
import { NIFTI1, isNIFTI, readHeader, type NIFTI2 } from 'nifti-reader-js';
import type { Grid, Mat3, Vec3 } from '../volume/volume';
import {
  bytesPerVoxel,
  checkGrid,
  decodeVoxels,
  isIntegerType,
  ownBuffer,
  unreadable,
  type Gunzip,
  type ImageFile,
  type PixelType,
} from './imageFile';

const PIXEL_TYPES: Readonly<Record<number, PixelType>> = {
  2: 'uint8',
  4: 'int16',
  8: 'int32',
  16: 'float32',
  64: 'float64',
  256: 'int8',
  512: 'uint16',
  768: 'uint32',
  1024: 'int64',
  1280: 'uint64',
};

const MILLIMETRES_PER_UNIT: Readonly<Record<number, number>> = { 1: 1000, 2: 1, 3: 0.001 };

type Header = NIFTI1 | NIFTI2;

/**
 * Reads a three-dimensional scalar NIfTI image, gzipped or not.
 * @throws InputError FILE_UNREADABLE naming `file`.
 */
export function readNifti(bytes: Uint8Array, file: string, gunzip: Gunzip): ImageFile {
  const plain = unzip(bytes, file, gunzip);
  const header = parseHeader(plain, file);
  const pixelType = PIXEL_TYPES[header.datatypeCode];
  if (pixelType === undefined) {
    throw unreadable(file, `its voxels are of NIfTI data type ${header.datatypeCode}, not scalars`);
  }
  const size = imageSize(header, file);
  const count = size[0] * size[1] * size[2];
  const start = header.vox_offset;
  const length = count * bytesPerVoxel(pixelType);
  if (plain.byteLength < start + length) {
    throw unreadable(file, `it ends after ${plain.byteLength} of ${start + length} bytes`);
  }
  const grid = checkGrid(readGrid(header, plain, size, file), file);
  const raw = decodeVoxels(
    plain.subarray(start, start + length),
    pixelType,
    count,
    header.littleEndian,
  );
  return applyScaling({ grid, data: raw, pixelType }, header.scl_slope, header.scl_inter);
}

function unzip(bytes: Uint8Array, file: string, gunzip: Gunzip): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzip(bytes);
  } catch (cause) {
    throw unreadable(file, 'its gzip compression is damaged', cause);
  }
}

function parseHeader(bytes: Uint8Array, file: string): Header {
  const buffer = ownBuffer(bytes.subarray(0, 544));
  if (buffer.byteLength < 348 || !isNIFTI(buffer)) throw unreadable(file, 'it is not a NIfTI file');
  try {
    return readHeader(buffer);
  } catch (cause) {
    throw unreadable(file, 'its NIfTI header is damaged', cause);
  }
}

function imageSize(header: Header, file: string): Vec3 {
  const rank = header.dims[0];
  const further = header.dims.slice(4, rank + 1);
  if (rank < 2 || rank > 7 || further.some((n) => n > 1)) {
    const size = header.dims.slice(1, rank + 1).join(' x ');
    throw unreadable(file, `it holds ${size} values, and one three-dimensional image is needed`);
  }
  return [header.dims[1], header.dims[2], rank > 2 ? header.dims[3] : 1];
}

function readGrid(header: Header, bytes: Uint8Array, size: Vec3, file: string): Grid {
  const unit = MILLIMETRES_PER_UNIT[header.xyzt_units & 7] ?? 1;
  const spacing = [1, 2, 3].map((axis) =>
    axis <= header.dims[0] ? Math.abs(header.pixDims[axis]) : 1,
  );
  if (!spacing.every((size) => size > 0 && Number.isFinite(size))) {
    throw unreadable(file, `its voxel spacing is ${spacing.join(' x ')}`);
  }
  const affine = chooseAffine(header, bytes, spacing, file);
  const lps = (row: number, value: number): number => (row < 2 ? 0 - value : value);
  const axes = [0, 1, 2].map((column) => normalise([0, 1, 2].map((r) => affine[4 * r + column])));
  const direction = [0, 1, 2].flatMap((row) => axes.map((axis) => lps(row, axis[row])));
  return {
    size,
    spacingMm: [spacing[0] * unit, spacing[1] * unit, spacing[2] * unit],
    originMm: [lps(0, affine[3]) * unit, lps(1, affine[7]) * unit, affine[11] * unit],
    direction: toMat3(direction),
  };
}

/** Three rows of four, RAS. */
type Affine = readonly number[];

function chooseAffine(header: Header, bytes: Uint8Array, spacing: number[], file: string): Affine {
  const sform = header.sform_code > 0 ? readSform(header, bytes) : undefined;
  const qform = header.qform_code > 0 ? quaternionAffine(header, spacing) : undefined;
  const usable = sform !== undefined && isOrthonormal(sform) ? sform : undefined;
  if (usable && (!qform || header.sform_code === 1 || areSimilar(usable, qform))) return usable;
  if (qform) return qform;
  if (sform) {
    throw unreadable(file, 'the axes of its sform are not perpendicular and it has no qform');
  }
  return [spacing[0], 0, 0, 0, 0, spacing[1], 0, 0, 0, 0, spacing[2], 0];
}

/** The library replaces the sform by its own choice of affine, hence the second look at the bytes. */
function readSform(header: Header, bytes: Uint8Array): Affine {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = header.littleEndian;
  const single = header instanceof NIFTI1;
  return Array.from({ length: 12 }, (_, i) =>
    single ? view.getFloat32(280 + 4 * i, little) : view.getFloat64(400 + 8 * i, little),
  );
}

function quaternionAffine(header: Header, spacing: readonly number[]): Affine {
  let [b, c, d] = [header.quatern_b, header.quatern_c, header.quatern_d];
  let a = 1 - (b * b + c * c + d * d);
  if (a < 1e-7) {
    const scale = 1 / Math.sqrt(b * b + c * c + d * d);
    [a, b, c, d] = [0, b * scale, c * scale, d * scale];
  } else a = Math.sqrt(a);
  const handed = header.pixDims[0] < 0 ? -spacing[2] : spacing[2];
  const [x, y, z] = [spacing[0], spacing[1], handed];
  // The NIfTI library that ITK uses keeps this matrix in single precision.
  return [
    (a * a + b * b - c * c - d * d) * x,
    2 * (b * c - a * d) * y,
    2 * (b * d + a * c) * z,
    header.qoffset_x,
    2 * (b * c + a * d) * x,
    (a * a + c * c - b * b - d * d) * y,
    2 * (c * d - a * b) * z,
    header.qoffset_y,
    2 * (b * d - a * c) * x,
    2 * (c * d + a * b) * y,
    (a * a + d * d - c * c - b * b) * z,
    header.qoffset_z,
  ].map(Math.fround);
}

function toMat3(v: readonly number[]): Mat3 {
  return [v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]];
}

function normalise(v: readonly number[]): number[] {
  // Not Math.hypot: its last bits differ from ITK's, and ITK's shrinking takes another voxel by them.
  const length = Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
  return v.map((value) => value / length);
}

function isOrthonormal(affine: Affine): boolean {
  const axes = [0, 1, 2].map((column) => normalise([0, 1, 2].map((r) => affine[4 * r + column])));
  const dot = (p: number[], q: number[]): number => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
  return axes.every((p, i) =>
    axes.every((q, j) => Math.abs(dot(p, q) - (i === j ? 1 : 0)) <= 1e-4),
  );
}

function areSimilar(a: Affine, b: Affine): boolean {
  return a.every((value, i) => Math.abs(value - b[i]) <= 1e-4);
}

/** Scaled voxels are real numbers, whatever they were stored as. */
function applyScaling(image: ImageFile, slope: number, intercept: number): ImageFile {
  const scaled = Number.isFinite(slope) && slope !== 0 && (slope !== 1 || intercept !== 0);
  if (!scaled) return image;
  const pixelType = isIntegerType(image.pixelType) ? 'float32' : image.pixelType;
  const count = image.data.length;
  const data = pixelType === 'float32' ? new Float32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) data[i] = image.data[i] * slope + intercept;
  return { grid: image.grid, data, pixelType };
}
