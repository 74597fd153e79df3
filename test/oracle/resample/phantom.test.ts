import { readFileSync } from 'node:fs';
import { SILENT_RUN } from '../../../src/chain/stage';
import { readImage } from '../../../src/io/readImage';
import { resample } from '../../../src/volume/resample';
import { describeWithShared, sharedPath } from '../../shared';

const read = (name: string) => {
  const path = `references/radiomics/phantom/${name}`;
  return readImage(readFileSync(sharedPath(path)), path);
};

describeWithShared('resampling the phantom to 1 mm, against ITK 5.2.1', () => {
  test('cubic B-spline, integers kept', () => {
    const reference = read('filtered/_resampled_image.nrrd');
    const source = read('anisotropic_image.nii.gz');
    const how = { interpolator: 'bspline', outside: 0, keepIntegers: true } as const;
    const { data } = resample(source, reference.grid, how, SILENT_RUN);
    expect(Buffer.compare(bytes(data), bytes(reference.data))).toBe(0);
  });

  test('nearest neighbour mask', () => {
    const reference = read('filtered/_resampled_mask.nrrd');
    const source = read('anisotropic_tumour.nii.gz');
    const how = { interpolator: 'nearest', outside: 0, keepIntegers: true } as const;
    const { data } = resample(source, reference.grid, how, SILENT_RUN);
    expect([...data]).toEqual([...reference.data]);
  });
});

const bytes = (data: ArrayBufferView): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
