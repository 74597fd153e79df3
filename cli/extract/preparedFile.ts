/**
 * A prepared patient as one file: the length of a JSON header, the header, both images (little-endian
 * 32-bit floats), one byte of region bits for each voxel.
 */
import { z } from 'zod';
import type { PreparedStudy } from '../../src/cohort/prepareStudy';
import { ownBuffer } from '../../src/io/imageFile';
import { SEQUENCES } from '../../src/model/schema';
import type { Mask, Vec3 } from '../../src/volume/volume';

const TUMOUR = 1;
const RING = 2;
const EXPANSION = 4;
const PREFIX_BYTES = 4;
const BYTES_PER_VOXEL = 9;

const n = z.number();
const numbers = z.array(n);
const triple = z.tuple([n, n, n]);
const headerSchema = z.strictObject({
  reference: z.enum(SEQUENCES),
  grid: z.strictObject({
    size: triple,
    spacingMm: triple,
    originMm: triple,
    direction: z.tuple([n, n, n, n, n, n, n, n, n]),
  }),
  landmarks: z.strictObject({ fsT2: numbers, ceT1: numbers }),
});

type PreparedHeader = z.infer<typeof headerSchema>;

/** Without the flags, which are kept beside it. */
export function encodePrepared({
  reference,
  images,
  regions,
  landmarks,
}: PreparedStudy): Uint8Array {
  const { grid } = images.fsT2;
  const header = new TextEncoder().encode(JSON.stringify({ reference, grid, landmarks }));
  const voxels = images.fsT2.data.length;
  const bytes = new Uint8Array(PREFIX_BYTES + header.length + BYTES_PER_VOXEL * voxels);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, PREFIX_BYTES);
  let at = PREFIX_BYTES + header.length;
  for (const sequence of SEQUENCES) {
    const { data } = images[sequence];
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  const { tumour, ring, expansion } = regions;
  for (let i = 0; i < voxels; i++) {
    bytes[at + i] =
      (TUMOUR * tumour.data[i]) | (RING * ring.data[i]) | (EXPANSION * expansion.data[i]);
  }
  return bytes;
}

/** null for a file that is not whole. */
export function decodePrepared(bytes: Uint8Array): Omit<PreparedStudy, 'flags'> | null {
  const header = decodeHeader(bytes);
  if (header === null) return null;
  const { grid, reference, landmarks } = header;
  const voxels = voxelsOf(grid.size);
  const start = headerEnd(bytes);
  const image = (number: number) => {
    const from = start + 4 * voxels * number;
    const data = new Float32Array(ownBuffer(bytes.subarray(from, from + 4 * voxels)));
    return { stage: 'resampled', grid, data } as const;
  };
  const bits = bytes.subarray(start + 8 * voxels);
  const region = (bit: number): Mask => ({
    grid,
    data: Uint8Array.from(bits, (value) => ((value & bit) === 0 ? 0 : 1)),
  });
  return {
    reference,
    landmarks,
    images: { fsT2: image(0), ceT1: image(1) },
    regions: { tumour: region(TUMOUR), ring: region(RING), expansion: region(EXPANSION) },
  };
}

function decodeHeader(bytes: Uint8Array): PreparedHeader | null {
  if (bytes.length < PREFIX_BYTES || bytes.length < headerEnd(bytes)) return null;
  const text = new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, headerEnd(bytes)));
  const parsed = headerSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return null;
  const length = headerEnd(bytes) + BYTES_PER_VOXEL * voxelsOf(parsed.data.grid.size);
  return bytes.length === length ? parsed.data : null;
}

function headerEnd(bytes: Uint8Array): number {
  return PREFIX_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

function voxelsOf(size: Vec3): number {
  return size[0] * size[1] * size[2];
}
