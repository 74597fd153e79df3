import type { FeatureSettings } from '../../../src/features/settings';
import { FEATURE_CLASSES, defaultFeatureKeys } from '../../../src/features/names';
import { describeWithShared, sharedPath } from '../../shared';
import { differences, readRegion, readResult, referencesFor } from './reference';

/** All 107 default features of images that PyRadiomics used without resampling. */
const KEYS = FEATURE_CLASSES.flatMap(defaultFeatureKeys);

function compare(
  files: { image: string; mask: string; result: string; label?: number },
  settings: Partial<FeatureSettings>,
): string[] {
  const region = readRegion(sharedPath(files.image), sharedPath(files.mask), files.label);
  const result = readResult(sharedPath(files.result));
  return differences(region, referencesFor(result, 'original', KEYS), settings);
}

describeWithShared('PyRadiomics on the phantoms', () => {
  const folder = 'references/radiomics/phantom';
  for (const phantom of ['isotropic', 'anisotropic']) {
    const image = `${folder}/${phantom}_image.nii.gz`;
    const tumour = { image, mask: `${folder}/${phantom}_tumour.nii.gz` };

    test(`${phantom}, bin width 10`, () => {
      const result = `${folder}/${phantom}_tumour_native_bw10.csv`;
      expect(compare({ ...tumour, result }, { binWidth: 10 })).toEqual([]);
    });

    test(`${phantom}, 32 bins`, () => {
      const result = `${folder}/${phantom}_tumour_native_bc32.csv`;
      expect(compare({ ...tumour, result }, { binCount: 32 })).toEqual([]);
    });

    test.each([1, 2, 3])(`${phantom}, habitat %i, which is in pieces`, (label) => {
      const mask = `${folder}/${phantom}_habitats.nii.gz`;
      const result = `${folder}/${phantom}_habitat${label}_native_bw10.csv`;
      expect(compare({ image, mask, result, label }, { binWidth: 10 })).toEqual([]);
    });
  }
});

describeWithShared('PyRadiomics on PET, float32 with 32 bins', () => {
  test.each(['STS_002', 'STS_015', 'STS_018'])('%s', (study) => {
    const image = `data/sts/${study}/nifti/PET_image.nii.gz`;
    const mask = `data/sts/${study}/nifti/PET_mask.nii.gz`;
    const result = `references/radiomics/sts/${study}_PET_native_bc32.csv`;
    expect(compare({ image, mask, result }, { binCount: 32 })).toEqual([]);
  });
});
