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

/** One frame of 8-bit samples as an RLE Lossless frame; rows are encoded one by one (PS3.5 G.3.1). */
export function encodeRle8(samples: Uint8Array, columns: number): Uint8Array {
  const out: number[] = [];
  for (let start = 0; start < samples.length; start += columns) {
    packBits(samples.subarray(start, start + columns), out);
  }
  const frame = new Uint8Array(HEADER_BYTES + out.length + (out.length & 1));
  const header = new DataView(frame.buffer);
  header.setUint32(0, 1, true);
  header.setUint32(4, HEADER_BYTES, true);
  frame.set(out, HEADER_BYTES);
  return frame;
}

const LONGEST_RUN = 128;

function packBits(row: Uint8Array, out: number[]): void {
  let at = 0;
  while (at < row.length) {
    const run = runLength(row, at);
    if (run > 1) {
      out.push(257 - run, row[at]);
      at += run;
    } else {
      const literal = literalLength(row, at);
      out.push(literal - 1, ...row.subarray(at, at + literal));
      at += literal;
    }
  }
}

function runLength(row: Uint8Array, at: number): number {
  let length = 1;
  while (length < LONGEST_RUN && at + length < row.length && row[at + length] === row[at]) length++;
  return length;
}

/** Up to the next run of three: a shorter run costs as much as it saves. */
function literalLength(row: Uint8Array, at: number): number {
  let length = 1;
  while (length < LONGEST_RUN && at + length < row.length && runLength(row, at + length) < 3)
    length++;
  return length;
}
