import { readFileSync } from 'node:fs';
import { readImage } from '../../../src/io/readImage';
import { describeWithShared, sharedPath } from '../../shared';

const read = (relative: string) => readImage(readFileSync(sharedPath(relative)), relative);

describeWithShared('image files, against what SimpleITK says of them', () => {
  test('NIfTI with a qform: LPS origin and spacing in single precision', () => {
    const image = read('data/sts/STS_001/nifti/MR_T1_image.nii.gz');
    expect(image.pixelType).toBe('float32');
    expect(image.grid.size).toEqual([174, 158, 59]);
    expect(image.grid.spacingMm).toEqual([0.976562, 0.976562, 3.269955].map(expectSingle));
    expect(image.grid.direction.map((v) => v + 0)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(image.grid.originMm[1]).toBeCloseTo(-67.382904, 5);
    expect(image.grid.originMm[2]).toBeCloseTo(-881.314575, 5);
  });

  test('NIfTI with an sform only', () => {
    const { grid, pixelType } = read('references/radiomics/phantom/anisotropic_image.nii.gz');
    expect(pixelType).toBe('int16');
    expect(grid.originMm).toEqual([-20.5, 11.25, -300]);
    expect(grid.direction).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  test('NRRD: gzip, LPS', () => {
    const image = read('references/radiomics/phantom/filtered/_resampled_image.nrrd');
    expect(image.pixelType).toBe('int16');
    expect(image.grid).toEqual({
      size: [39, 35, 52],
      spacingMm: [1, 1, 1],
      originMm: [-15.46875, 15.28125, -282.14999997615814],
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    });
    expect(image.data.length).toBe(39 * 35 * 52);
  });
});

/** The files give the spacing to six decimals' worth of a single. */
function expectSingle(value: number): unknown {
  return expect.closeTo(value, 6);
}
