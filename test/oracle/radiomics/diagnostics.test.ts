import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { SILENT_RUN } from '../../../src/chain/stage';
import { readImage } from '../../../src/io/readImage';
import { diagnostics } from '../../../src/radiomics/diagnostics';
import { prepareRegion } from '../../../src/radiomics/extractRadiomics';
import { planOf } from '../../../src/radiomics/plan';
import { toRadiomicsImage } from '../../../src/radiomics/radiomicsImage';
import { selectLabel } from '../../../src/radiomics/selectLabel';
import { describeWithShared, sharedPath } from '../../shared';
import { settingsOf } from './references';

function referenceRows(file: string): [string, string][] {
  const rows: string[][] = parse(readFileSync(sharedPath(file), 'utf8'), { from_line: 2 });
  return rows
    .filter(([name]) => name.startsWith('diagnostics_') && !name.includes('_Versions_'))
    .map(([name, text]) => [name, text]);
}

function ourRows(imageFile: string, maskFile: string, setting: string, label: number) {
  const read = (file: string) => readImage(readFileSync(sharedPath(file)), file);
  const image = read(imageFile);
  const labels = read(maskFile);
  const mask = selectLabel(labels, label, maskFile);
  const set = settingsOf(setting);
  const prepared = prepareRegion(toRadiomicsImage(image), mask, planOf(set), SILENT_RUN);
  const { settings, given } = set;
  return diagnostics({ version: '1', image, labels, mask, prepared, settings, label, given });
}

/** Text as it is; its numbers apart, where additions in another order may round differently. */
function split(text: string): { words: string; numbers: number[] } {
  const number = /-?\d+\.\d+(?:e[+-]\d+)?/g;
  return { words: text.replace(number, '#'), numbers: (text.match(number) ?? []).map(Number) };
}

const sts = (file: string, setting: string, id: string) =>
  [
    `data/sts/${id}/nifti/${file}_image.nii.gz`,
    `data/sts/${id}/nifti/${file}_mask.nii.gz`,
    setting,
    1,
    `references/radiomics/sts/${id}_${file}_${setting}.csv`,
  ] as const;

const phantom = (name: string, mask: string, label: number, region: string, setting: string) =>
  [
    `references/radiomics/phantom/${name}_image.nii.gz`,
    `references/radiomics/phantom/${name}_${mask}.nii.gz`,
    setting,
    label,
    `references/radiomics/phantom/${name}_${region}_${setting}.csv`,
  ] as const;

describeWithShared('diagnostics equal PyRadiomics', () => {
  test.each([
    sts('MR_T1', 'full1mm', 'STS_001'),
    sts('PET', 'native_bc32', 'STS_018'),
    phantom('anisotropic', 'tumour', 1, 'tumour', 'full1mm'),
    phantom('anisotropic', 'habitats', 1, 'habitat1', 'native_bw10'),
    phantom('isotropic', 'habitats', 3, 'habitat3', 'native_bw10'),
  ])('%s %s %s, label %i', (image, mask, setting, label, reference) => {
    const ours = ourRows(image, mask, setting, label);
    const expected = referenceRows(reference);
    const compared = [...ours.keys()].filter((name) => !name.includes('_Versions_'));
    expect(compared).toEqual(expected.map(([name]) => name));
    for (const [name, text] of expected) {
      // Our preset writes the same settings in another order, without additionalInfo.
      if (name.endsWith('_Configuration_Settings') && setting === 'full1mm') continue;
      const [got, wanted] = [split(ours.get(name) ?? ''), split(text)];
      expect([name, got.words]).toEqual([name, wanted.words]);
      wanted.numbers.forEach((value, i) => {
        expect(Math.abs(got.numbers[i] - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value));
      });
    }
  });
});
