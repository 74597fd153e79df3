import { fullNames } from '../../../src/radiomics/parameterSet';
import { preset } from '../../../src/radiomics/presets';
import { readCoverage, RELATIVE_LIMIT } from '../../oracle/radiomics/coverage';

const rows = readCoverage();
const names = new Set(rows.map(({ imageType, feature }) => `${imageType}_${feature}`));

test(`test/oracle/coverage.csv: ${names.size} features vetted by ${rows.length} comparisons`, () => {
  const unvetted = fullNames(preset('full')).filter((name) => !names.has(name));
  expect(unvetted).toEqual([]);
});

test('nothing in the record is beyond the limit but the four stale values of brain1', () => {
  const beyond = rows.filter(({ difference }) => !(difference < RELATIVE_LIMIT));
  expect(beyond.map(({ reference, feature }) => `${reference} ${feature}`).sort()).toEqual([
    'brain1 shape_MeshVolume',
    'brain1 shape_Sphericity',
    'brain1 shape_SurfaceArea',
    'brain1 shape_SurfaceVolumeRatio',
  ]);
});
