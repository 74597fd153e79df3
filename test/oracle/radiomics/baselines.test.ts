import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { parseParameterSet } from '../../../src/radiomics/parameterSet';
import { describeWithShared, sharedPath } from '../../shared';
import { compare, complaints, type Row } from './coverage';
import { extract } from './references';

const classes = ['shape', 'firstorder', 'glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm'];
const studies = ['brain1', 'brain2', 'breast1'];
const variants = ['', '_normalization', '_resampling', '_resegmentation'];

interface Baseline {
  readonly settings: Record<string, unknown>;
  readonly values: Map<string, number>;
}

/** One column of a baseline table: PyRadiomics' settings as Python writes them, and its values. */
function readBaseline(featureClass: string, column: string): Baseline | undefined {
  const file = sharedPath(`data/pyradiomics/baseline_${featureClass}.csv`);
  const rows: Record<string, string>[] = parse(readFileSync(file, 'utf8'), { columns: true });
  // Not every class has a baseline of every variant.
  if (!Object.hasOwn(rows[0], column)) return undefined;
  const cell = (row: Record<string, string>): string => row[column];
  const python = rows.find((row) => row.featureName === 'diagnostics_Configuration_Settings');
  const json = (python ? cell(python) : '{}')
    .replaceAll("'", '"')
    .replaceAll('None', 'null')
    .replaceAll('True', 'true')
    .replaceAll('False', 'false');
  const features = rows.filter(
    (row) => row.featureName.startsWith('original_') && cell(row) !== '',
  );
  return {
    settings: JSON.parse(json),
    values: new Map(features.map((row) => [row.featureName, Number(cell(row))])),
  };
}

/** The mesh of brain1 was made by an older PyRadiomics; today it gives other values as well. */
const stale = ({ feature, reference }: Row): boolean =>
  reference === 'brain1' &&
  ['MeshVolume', 'SurfaceArea', 'SurfaceVolumeRatio', 'Sphericity'].some(
    (name) => feature === `shape_${name}`,
  );

describeWithShared("PyRadiomics' own baselines", () => {
  const cases = studies.flatMap((study) => variants.map((variant) => [study, variant] as const));
  test.each(cases)('%s%s', async (study, variant) => {
    const found: string[] = [];
    const rows: Row[] = [];
    for (const featureClass of classes) {
      const baseline = readBaseline(featureClass, study + variant);
      if (!baseline) continue;
      const { settings, values: expected } = baseline;
      const names = [...expected.keys()].map((name) => name.split('_')[2]);
      const set = parseParameterSet(
        { featureClass: { [featureClass]: names }, setting: settings },
        'the baseline',
      );
      const values = await extract(
        `data/pyradiomics/${study}_image.nrrd`,
        `data/pyradiomics/${study}_label.nrrd`,
        set,
      );
      found.push(...values.keys());
      rows.push(...compare(values, expected, `baseline${variant}`, study));
    }
    expect(found.length).toBe(rows.length);
    expect(complaints(rows, stale)).toEqual([]);
  });
});
