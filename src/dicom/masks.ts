/** Loops over masks of whole volumes, written plainly: array methods with callbacks take ten times as long. */

/** Voxels that are 1. */
export function countOnes(mask: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) count += mask[i];
  return count;
}

/** 1 where `labels` is `label`. */
export function maskOfLabel(labels: Uint8Array, label: number): Uint8Array {
  const mask = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) mask[i] = labels[i] === label ? 1 : 0;
  return mask;
}

/** Whether any voxel is 1 in two of the masks. */
export function overlap(masks: readonly Uint8Array[]): boolean {
  const [first = new Uint8Array()] = masks;
  const seen = Uint8Array.from(first);
  return masks.slice(1).some((mask) => {
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] & seen[i]) return true;
      seen[i] |= mask[i];
    }
    return false;
  });
}

export function sameMask(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}
