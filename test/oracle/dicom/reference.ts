import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as nifti from 'nifti-reader-js';
import type { DicomInstance } from '../../../src/dicom/instance';
import { parseInstance } from '../../../src/dicom/instance';

/** Readers of the reference data for the tests of this folder. */

export function readBytes(file: string): ArrayBuffer {
  const bytes = readFileSync(file);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

export function readInstances(folder: string): DicomInstance[] {
  return readdirSync(folder).map((file) => parseInstance(readBytes(path.join(folder, file)), file));
}

export interface NiftiImage {
  readonly size: readonly number[];
  /** Row-major 4 x 4, voxel index -> RAS mm. */
  readonly affine: readonly number[];
  readonly data: ArrayLike<number>;
}

export function readNifti(file: string): NiftiImage {
  const bytes = nifti.decompress(readBytes(file)) as ArrayBuffer;
  const header = nifti.readHeader(bytes);
  if (!header) throw new Error(`${file} is not NIfTI`);
  return {
    size: header.dims.slice(1, 4),
    affine: header.affine.flat(),
    data: typed(header.datatypeCode, nifti.readImage(header, bytes)),
  };
}

function typed(code: number, buffer: ArrayBuffer): ArrayLike<number> {
  switch (code) {
    case nifti.NIFTI1.TYPE_UINT8:
      return new Uint8Array(buffer);
    case nifti.NIFTI1.TYPE_INT16:
      return new Int16Array(buffer);
    case nifti.NIFTI1.TYPE_UINT16:
      return new Uint16Array(buffer);
    case nifti.NIFTI1.TYPE_INT32:
      return new Int32Array(buffer);
    case nifti.NIFTI1.TYPE_FLOAT32:
      return new Float32Array(buffer);
    case nifti.NIFTI1.TYPE_FLOAT64:
      return new Float64Array(buffer);
    default:
      throw new Error(`NIfTI data type ${code}`);
  }
}
