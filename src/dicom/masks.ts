/** Loops over masks of whole volumes, written plainly: array methods with callbacks take ten times as long. */

/**
 * The same bytes, four at a time, so that a loop can pass over what is empty; the rest of up to
 * three bytes is left out. Empty where the bytes do not start at a word.
 */
export function wordsOf(mask: Uint8Array): Uint32Array {
  if (mask.byteOffset % 4 !== 0) return new Uint32Array();
  return new Uint32Array(mask.buffer, mask.byteOffset, mask.length >> 2);
}

/** Voxels that are 1. */
export function countOnes(mask: Uint8Array): number {
  const words = wordsOf(mask);
  let count = 0;
  for (let w = 0; w < words.length; w++) {
    // The four bytes, each 0 or 1, add up in the highest one.
    if (words[w] !== 0) count += Math.imul(words[w], 0x01010101) >>> 24;
  }
  for (let i = 4 * words.length; i < mask.length; i++) count += mask[i];
  return count;
}

/** 1 where `labels` is `label`, which is not 0. */
export function maskOfLabel(labels: Uint8Array, label: number): Uint8Array {
  const mask = new Uint8Array(labels.length);
  const words = wordsOf(labels);
  for (let w = 0; w < words.length; w++) {
    if (words[w] === 0) continue;
    for (let i = 4 * w; i < 4 * w + 4; i++) if (labels[i] === label) mask[i] = 1;
  }
  for (let i = 4 * words.length; i < labels.length; i++) if (labels[i] === label) mask[i] = 1;
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
