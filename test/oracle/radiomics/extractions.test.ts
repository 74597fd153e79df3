import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SILENT_RUN } from '../../../src/chain/stage';
import { readImage } from '../../../src/io/readImage';
import { extractRadiomics } from '../../../src/radiomics/extractRadiomics';
import { readParameterFile } from '../../../src/radiomics/parameterFile';
import { toRadiomicsImage } from '../../../src/radiomics/radiomicsImage';
import { selectLabel } from '../../../src/radiomics/selectLabel';

/**
 * Whole extractions from small files, against PyRadiomics 3.1.1-dev: settings of the preprocessing,
 * oblique grids with ties between voxels, filters that the reference cases do not have.
 * test/fixtures/radiomics/makeExtractions.py wrote files and values.
 */
interface Extraction {
  readonly image: string;
  readonly mask: string;
  readonly parameters: { readonly setting: object; readonly imageType: object };
  readonly values: Record<string, number>;
}

const folder = path.join(process.cwd(), 'test/fixtures/radiomics');
const read = (name: string) => readImage(readFileSync(path.join(folder, name)), name);
// Python writes NaN, which JSON does not have.
const text = readFileSync(path.join(folder, 'extractions.json'), 'utf8');
const cases = JSON.parse(text.replaceAll(':NaN', ':null')) as Extraction[];

/** Of the reference's own rounding: its sums and ours run in another order. */
const RELATIVE = 1e-9;
const NEAR_ZERO = 1e-11;

const named = cases.map((each) => {
  const { setting, imageType } = each.parameters;
  const types = Object.keys(imageType).join('+');
  return [`${each.image} ${each.mask} ${types} ${JSON.stringify(setting)}`, each] as const;
});

test.each(named)('%s', async (_, { image, mask, parameters, values }) => {
  // As a file's text: 1 and 1.0 mm are different names.
  const set = readParameterFile(JSON.stringify(parameters), 'the case');
  const region = selectLabel(read(mask), set.settings.label, mask);
  const found = await extractRadiomics(toRadiomicsImage(read(image)), region, set, SILENT_RUN);
  expect([...found.keys()]).toEqual(Object.keys(values));
  const wrong = Object.entries(values).filter(([name, value]) => {
    const difference = Math.abs((found.get(name) ?? NaN) - value);
    return !(difference <= Math.max(NEAR_ZERO, RELATIVE * Math.abs(value)));
  });
  expect(wrong.map(([name, value]) => `${name} ${found.get(name)} instead of ${value}`)).toEqual(
    [],
  );
});
