import { isInputError } from '../../../src/chain/errors';
import { readParameterFile } from '../../../src/radiomics/parameterFile';
import { fullNames } from '../../../src/radiomics/parameterSet';
import { preset } from '../../../src/radiomics/presets';

function refusal(text: string): string {
  try {
    readParameterFile(text, 'params.yaml');
  } catch (error) {
    if (isInputError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'accepted';
}

test('an example file of PyRadiomics is read with its names, order and defaults', () => {
  const set = readParameterFile(
    `
imageType:
  Original: {}
  LoG:
    sigma: [2.0, 3]
    binWidth: 10
  Wavelet: {}
featureClass:
  shape:
  firstorder: []
  glcm:
    - 'Contrast'
setting:
  normalize: true
  normalizeScale: 100
  interpolator: 'sitkLinear' # a comment
  resampledPixelSpacing: [2, 2, 0]
  weightingNorm:
  binWidth: 5
`,
    'params.yaml',
  );
  const { settings } = set;
  expect(settings).toMatchObject({ normalize: true, normalizeScale: 100, interpolator: 'linear' });
  expect(settings).toMatchObject({ weightingNorm: null, padDistance: 5, minimumROIDimensions: 2 });
  expect(set.imageTypes.map(({ type }) => type)).toEqual(['Original', 'LoG', 'Wavelet']);
  expect(set.imageTypes.map((t) => t.settings.binWidth)).toEqual([5, 10, 5]);
  const names = fullNames(set);
  expect(names.length).toBe(14 + 11 * 19);
  expect(names[0]).toBe('original_shape_Elongation');
  expect(names).toContain('log-sigma-2-0-mm-3D_glcm_Contrast');
  // An integer in the file stays one in the name, as in Python.
  expect(names).toContain('log-sigma-3-mm-3D_glcm_Contrast');
  expect(names.at(-1)).toBe('wavelet-LLL_glcm_Contrast');
});

test('nothing given: the original image and all classes', () => {
  expect(fullNames(readParameterFile('', 'params.yaml')).length).toBe(107);
});

test.each([
  ['full', 2060],
  ['paper1906', 1906],
  ['orig107', 107],
  ['orig93', 93],
] as const)('preset %s has %i features', (name, count) => {
  const names = fullNames(preset(name));
  expect(new Set(names).size).toBe(count);
  expect(names.length).toBe(count);
});

test('deprecated features are computed when asked for by name', () => {
  const set = readParameterFile('featureClass: {shape: [Compactness1]}', 'params.yaml');
  expect(set.features).toEqual(['shape_Compactness1']);
});

test.each([
  ['setting: {binwidth: 5}', /SETTING_UNSUPPORTED.*binwidth.*did you mean binWidth/],
  ['setting: {kernelRadius: 2}', /SETTING_UNSUPPORTED.*kernelRadius.*voxel-based/],
  ['voxelSetting: {initValue: 0}', /SETTING_UNSUPPORTED.*initValue/],
  ['setting: {binWidth: -5}', /SETTING_UNSUPPORTED.*binWidth.*-5/],
  ['setting: {interpolator: sitkGaussian}', /SETTING_UNSUPPORTED.*interpolator.*sitkBSpline/],
  ['setting: {resampledPixelSpacing: [1, 1]}', /SETTING_UNSUPPORTED.*resampledPixelSpacing/],
  ['imageType: {Wavelet: {wavelet: coif71}}', /SETTING_UNSUPPORTED.*wavelet.*coif/],
  ['imageType: {Wavlet: {}}', /FEATURE_UNKNOWN.*Wavlet.*did you mean Wavelet/],
  ['imageType: {LoG: [1]}', /SETTING_UNSUPPORTED.*LoG/],
  ['featureClass: {glmc: null}', /FEATURE_UNKNOWN.*glmc.*did you mean glcm/],
  ['featureClass: {glcm: [Contrats]}', /FEATURE_UNKNOWN.*glcm_Contrats.*glcm_Contrast/],
  ['featureClass: {glcm: [Homogeneity1]}', /FEATURE_UNKNOWN.*take glcm_Id,/],
  ['imageTypes: {Original: {}}', /SETTING_UNSUPPORTED.*imageTypes.*did you mean imageType/],
  ['[1, 2]', /SETTING_UNSUPPORTED.*params.yaml/],
  ['a: [', /FILE_UNREADABLE.*params.yaml/],
])('%s: refused by name', (text, expected) => {
  expect(refusal(text)).toMatch(expected);
});
