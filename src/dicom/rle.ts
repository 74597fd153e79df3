/**
 * RLE Lossless of one frame (PS3.5 annex G): one PackBits segment for each byte of a sample, most
 * significant byte first.
 */

const HEADER_BYTES = 64;

/**
 * @param samples Rows x Columns of the frame.
 * @returns Little-endian samples, `samples * bytesPerSample` bytes.
 * @throws RangeError when the data are damaged.
 */
export function decodeRle(frame: Uint8Array, samples: number, bytesPerSample: number): Uint8Array {
  if (frame.length < HEADER_BYTES) throw new RangeError('RLE header is cut off');
  const header = new DataView(frame.buffer, frame.byteOffset, HEADER_BYTES);
  const segments = header.getUint32(0, true);
  if (segments !== bytesPerSample) {
    throw new RangeError(`RLE frame has ${segments} segments, not ${bytesPerSample}`);
  }
  const out = new Uint8Array(samples * bytesPerSample);
  for (let segment = 0; segment < segments; segment++) {
    const start = header.getUint32(4 + 4 * segment, true);
    const next = segment + 1 < segments ? header.getUint32(8 + 4 * segment, true) : frame.length;
    unpackBits(frame.subarray(start, next), out, segments - 1 - segment, bytesPerSample, samples);
  }
  return out;
}

function unpackBits(
  source: Uint8Array,
  out: Uint8Array,
  first: number,
  step: number,
  samples: number,
): void {
  let to = 0;
  let from = 0;
  while (to < samples && from < source.length) {
    const control = source[from++];
    if (control < 128) {
      for (let i = 0; i <= control && to < samples && from < source.length; i++) {
        out[first + step * to++] = source[from++];
      }
    } else if (control > 128 && from < source.length) {
      const value = source[from++];
      for (let i = 0; i < 257 - control && to < samples; i++) out[first + step * to++] = value;
    }
  }
  if (to < samples) throw new RangeError('RLE segment is cut off');
}
