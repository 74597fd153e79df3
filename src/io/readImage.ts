import { gunzipSync } from 'fflate';
import type { Gunzip, ImageFile } from './imageFile';
import { unreadable } from './imageFile';
import { readNifti } from './nifti';
import { readNrrd } from './nrrd';

/**
 * Reads an image by what its bytes say, or, for what says nothing, by the file's name.
 * @param gunzip for programs that have a faster one.
 * @throws InputError FILE_UNREADABLE naming `file`.
 */
export function readImage(bytes: Uint8Array, file: string, gunzip: Gunzip = gunzipSync): ImageFile {
  if (bytes.byteLength === 0) throw unreadable(file, 'it is empty');
  const startsAsNrrd = String.fromCharCode(...bytes.subarray(0, 4)) === 'NRRD';
  if (startsAsNrrd || /\.nrrd$/i.test(file)) return readNrrd(bytes, file, gunzip);
  if (/\.nii(\.gz)?$/i.test(file)) return readNifti(bytes, file, gunzip);
  throw unreadable(file, 'it is neither .nii, .nii.gz nor .nrrd');
}
