import { InputError } from '../chain/errors';
import type { ImageFile } from '../io/imageFile';
import type { Mask } from '../volume/volume';

/**
 * The region of one label. Values are cut to integers first, as PyRadiomics' cast does.
 * @throws InputError MASK_EMPTY with the labels that there are.
 */
export function selectLabel({ grid, data }: ImageFile, label: number, file: string): Mask {
  const mask = new Uint8Array(data.length);
  let inside = 0;
  for (let i = 0; i < data.length; i++) {
    if (!(data[i] >= label && data[i] < label + 1)) continue;
    mask[i] = 1;
    inside++;
  }
  if (inside > 0) return { grid, data: mask };
  const labels = [...new Set(data)].map(Math.trunc).filter((value) => value !== 0);
  const found = [...new Set(labels)].sort((a, b) => a - b).slice(0, 20);
  if (found.length === 0 && data.some((value) => value !== 0)) {
    throw new InputError(
      'MASK_EMPTY',
      `${file} holds no whole number above 0, only values between -1 and 1, which count as 0 (as in PyRadiomics): round them first.`,
    );
  }
  throw new InputError(
    'MASK_EMPTY',
    found.length === 0
      ? `${file} is empty: no voxel is marked. Draw the region, or choose another file.`
      : `${file} has no voxel of label ${label}: choose one of ${found.join(', ')} with --label.`,
  );
}
