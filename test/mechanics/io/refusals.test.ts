import { gunzipSync, gzipSync } from 'fflate';
import { isInputError } from '../../../src/chain/errors';
import { readImage } from '../../../src/io/readImage';
import { writeNifti } from '../../../src/io/writeNifti';

const nifti = writeNifti({
  grid: {
    size: [4, 4, 4],
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  },
  data: new Int16Array(64),
});
const plain = gunzipSync(nifti);
const text = (s: string): Uint8Array => new TextEncoder().encode(s);
const edited = (edit: (view: DataView) => void): Uint8Array => {
  const copy = plain.slice();
  edit(new DataView(copy.buffer));
  return copy;
};

test.each<[string, Uint8Array, string, RegExp]>([
  ['empty', new Uint8Array(0), 'a.nii', /empty/],
  ['unknown name', text('hello there'), 'a.png', /neither/],
  ['not NIfTI', text('hello '.repeat(100)), 'a.nii', /not a NIfTI/],
  ['damaged gzip', nifti.subarray(0, nifti.length - 40), 'a.nii.gz', /gzip/],
  ['truncated', gzipSync(plain.subarray(0, 400)), 'a.nii.gz', /ends after/],
  [
    'four-dimensional',
    edited((v) => (v.setInt16(40, 4, true), v.setInt16(48, 2, true))),
    'a.nii',
    /4 x 4 x 4 x 2/,
  ],
  ['colour', edited((v) => v.setInt16(70, 128, true)), 'a.nii', /data type 128/],
  ['no spacing', edited((v) => v.setFloat32(80, 0, true)), 'a.nii', /spacing/],
  [
    'no spacing in header and sform',
    edited((v) => [80, 280].forEach((at) => v.setFloat32(at, 0, true))),
    'a.nii',
    /its voxel spacing is 0 x 1 x 1/,
  ],
  ['NRRD without sizes', text('NRRD0004\ntype: short\nencoding: raw\n\nxx'), 'a.nrrd', /sizes/],
  ['NRRD without end', text('NRRD0004\ntype: short'), 'a.nrrd', /no end/],
  [
    'NRRD truncated',
    text('NRRD0004\ntype: short\nsizes: 4 4 4\nencoding: raw\n\nxx'),
    'a.nrrd',
    /of 128 bytes/,
  ],
  [
    'NRRD bzip2',
    text('NRRD0004\ntype: short\nsizes: 4 4 4\nencoding: bzip2\n\nxx'),
    'a.nrrd',
    /bzip2/,
  ],
])('%s: refused, naming the file', (_, bytes, file, reason) => {
  let refusal: unknown;
  try {
    readImage(bytes, file);
  } catch (error) {
    refusal = error;
  }
  expect(isInputError(refusal) && refusal.code).toBe('FILE_UNREADABLE');
  expect(String(refusal)).toContain(file);
  expect(String(refusal)).toMatch(reason);
});

test('a NIfTI that scales its voxels holds real numbers', () => {
  const scaled = edited((v) => {
    v.setFloat32(112, 0.5, true);
    v.setFloat32(116, 10, true);
    v.setInt16(352, 7, true);
  });
  const image = readImage(scaled, 'a.nii');
  expect(image.pixelType).toBe('float32');
  expect(image.data[0]).toBe(13.5);
});

test('big-endian NRRD', () => {
  const bytes = new Uint8Array([
    ...text('NRRD0004\ntype: short\nsizes: 1 1 2\nendian: big\nencoding: raw\n\n'),
    1,
    2,
    0xff,
    0xfe,
  ]);
  expect([...readImage(bytes, 'a.nrrd').data]).toEqual([258, -2]);
});
