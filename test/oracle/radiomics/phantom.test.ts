import { describeWithShared } from '../../shared';
import { compare, complaints } from './coverage';
import { extract, readReference, settingsOf } from './references';

const phantoms = ['anisotropic', 'isotropic'];
const tumours = phantoms.flatMap((phantom) =>
  ['full1mm', 'native_bw10', 'native_bc32'].map(
    (setting) => [phantom, 'tumour', setting, 1] as const,
  ),
);
const habitats = phantoms.flatMap((phantom) =>
  [1, 2, 3].flatMap((label) =>
    ['native_bw10', 'orig93_1mm'].map((setting) => [phantom, 'habitat', setting, label] as const),
  ),
);

describeWithShared('phantoms: every feature equals PyRadiomics', () => {
  test.each([...tumours, ...habitats])(
    '%s %s %s, label %i',
    async (phantom, region, setting, label) => {
      const folder = 'references/radiomics/phantom';
      const reference = `${phantom}_${region}${region === 'habitat' ? label : ''}`;
      const mask = region === 'habitat' ? 'habitats' : 'tumour';
      const expected = readReference(`${folder}/${reference}_${setting}.csv`);
      const values = await extract(
        `${folder}/${phantom}_image.nii.gz`,
        `${folder}/${phantom}_${mask}.nii.gz`,
        settingsOf(setting),
        label,
      );
      expect([...values.keys()]).toEqual([...expected.keys()]);
      expect(complaints(compare(values, expected, setting, reference), () => false)).toEqual([]);
    },
    120_000,
  );
});
