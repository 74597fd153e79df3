import { featureList } from '../../../src/cohort/featureList';
import { EXTRACT_DEFAULTS, parseExtractSettings } from '../../../src/cohort/settings';
import { columnName } from '../../../src/training/featureName';

function columns(given: unknown): string[] {
  const { features, extraction } = parseExtractSettings(given, 'settings.yaml');
  return featureList(features, extraction).map(columnName);
}

describe('settings of an extraction', () => {
  test('are the published counts by default: 1906 of each region and sequence, 93 of each habitat', () => {
    const names = columns({});
    const of = (pattern: RegExp): number => names.filter((name) => pattern.test(name)).length;
    expect(of(/^peritumour\.fsT2\./)).toBe(1906 - 14);
    expect(of(/^tumour\.original_shape_/)).toBe(14);
    expect(of(/^habitat2\.ceT1\./)).toBe(93);
    expect(new Set(names).size).toBe(names.length);
  });

  test('replace single entries of the defaults', () => {
    const { preprocessing } = parseExtractSettings(
      { preprocessing: { regions: { ringWidthMm: 5 }, biasField: { method: 'none' } } },
      'settings.yaml',
    );
    expect(preprocessing.regions).toEqual({ ringWidthMm: 5, clippedFractionFlag: 0.2 });
    expect(preprocessing.biasField).toEqual({ method: 'none' });
    expect(preprocessing.registration).toEqual(EXTRACT_DEFAULTS.preprocessing.registration);
  });

  test('may be a PyRadiomics parameter file', () => {
    const file = {
      imageType: { Original: {}, LoG: { sigma: [2.5] } },
      featureClass: { shape: null, firstorder: ['Mean'] },
      setting: { binWidth: 25, resampledPixelSpacing: [2, 2, 2], interpolator: 'sitkLinear' },
    };
    const { preprocessing, extraction } = parseExtractSettings(file, 'parameters.yaml');
    expect(preprocessing.resampling).toEqual({ spacingMm: [2, 2, 2], image: 'linear' });
    expect(extraction).toEqual({ image: 'resampled', settings: { binWidth: 25 } });
    const names = columns(file);
    expect(names).toContain('peritumour.ceT1.log-sigma-2-5-mm-3D_firstorder_Mean');
    expect(names.filter((name) => name.startsWith('habitat1.'))).toEqual([
      'habitat1.voxelCount',
      'habitat1.fraction',
      'habitat1.fsT2.original_firstorder_Mean',
      'habitat1.ceT1.original_firstorder_Mean',
    ]);
  });

  test('refuse what landmarks do in a cohort', () => {
    expect(() => parseExtractSettings({ setting: { normalize: true } }, 'p.yaml')).toThrow(
      'asks for normalize',
    );
  });
});
