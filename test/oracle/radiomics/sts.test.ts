import { describeWithShared } from '../../shared';
import { compare, complaints } from './coverage';
import { extract, readReference, settingsOf } from './references';

const cases = [
  ...['001', '002', '015', '018'].map((id) => [`STS_${id}`, 'MR_T1', 'full1mm']),
  ...['002', '015', '018'].map((id) => [`STS_${id}`, 'PET', 'native_bc32']),
];

describeWithShared('real cases: all 2060 features equal PyRadiomics', () => {
  test.each(cases)(
    '%s %s %s',
    async (patient, modality, setting) => {
      const reference = `${patient}_${modality}`;
      const folder = `data/sts/${patient}/nifti/${modality}`;
      const expected = readReference(`references/radiomics/sts/${reference}_${setting}.csv`);
      const values = await extract(
        `${folder}_image.nii.gz`,
        `${folder}_mask.nii.gz`,
        settingsOf(setting),
      );
      expect([...values.keys()]).toEqual([...expected.keys()]);
      expect(complaints(compare(values, expected, setting, reference), () => false)).toEqual([]);
    },
    120_000,
  );
});
