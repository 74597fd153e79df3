import { existsSync, readdirSync } from 'node:fs';
import { FEATURE_CLASSES, defaultFeatureKeys } from '../../../src/features/names';
import { describeWithShared, sharedPath } from '../../shared';
import { differences, readRegion, readResult, referencesFor } from './reference';

/** All 2060 values of preset `full`, from the filtered images PyRadiomics took them from. */
describeWithShared('PyRadiomics on its own filtered images', () => {
  const folder = sharedPath('references/radiomics/phantom/filtered');
  const result = sharedPath('references/radiomics/phantom/anisotropic_tumour_full1mm.csv');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const types = files
    .filter((file) => !file.startsWith('_'))
    .map((file) => file.replace('.nrrd', ''));

  for (const type of types) test(type, () => compare(type));

  function compare(type: string): void {
    const region = readRegion(`${folder}/${type}.nrrd`, `${folder}/_resampled_mask.nrrd`);
    const classes = FEATURE_CLASSES.filter((name) => name !== 'shape' || type === 'original');
    const references = referencesFor(readResult(result), type, classes.flatMap(defaultFeatureKeys));
    expect(differences(region, references, {})).toEqual([]);
  }

  test('covers 22 image types', () => expect(types).toHaveLength(22));
});
