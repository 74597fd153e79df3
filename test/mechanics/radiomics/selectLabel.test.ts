import { selectLabel } from '../../../src/radiomics/selectLabel';
import { gridOf } from '../../fixtures/biasField';

const mask = (...data: number[]) => ({
  pixelType: 'float64' as const,
  grid: gridOf([data.length, 1, 1]),
  data: new Float64Array(data),
});

it('a label is the whole part of a value, as in PyRadiomics', () => {
  expect([...selectLabel(mask(0, 1, 1.9, 2), 1, 'm.nii').data]).toEqual([0, 1, 1, 0]);
});

it.each([
  ['nothing', mask(0, 0), /^m\.nii is empty: no voxel is marked/],
  ['almost ones, of a resampled mask', mask(0, 0.9999999), /only values between -1 and 1.*round/],
  ['another label', mask(0, 3), /no voxel of label 1: choose one of 3 with --label/],
])('a mask of %s says what is wrong', (_, file, sentence) => {
  expect(() => selectLabel(file, 1, 'm.nii')).toThrow(sentence);
});
