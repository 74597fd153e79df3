import { readFileSync } from 'node:fs';
import { estimateBiasField } from '../../../src/biasField/correctBiasField';
import { N4_DEFAULTS, N4_RECOMMENDED } from '../../../src/biasField/n4Settings';
import { assessBiasField } from '../../../src/biasField/plausibility';
import { SILENT_RUN } from '../../../src/chain/stage';
import { readImage } from '../../../src/io/readImage';
import { bodyMask } from '../../../src/regions/bodyMask';
import { expandMask } from '../../../src/regions/expandMask';
import { invertAffine, type Mat4 } from '../../../src/volume/geometry';
import { resampleLabels } from '../../../src/volume/resampleLabels';
import type { Grid, Mask } from '../../../src/volume/volume';
import { compareFields } from '../../fixtures/biasField';
import { describeWithShared, sharedPath } from '../../shared';

/** The evidence of docs/decisions/0010-n4-bias-field.md, on the pairs with known fields. */
const SERIES = ['STS_002', 'STS_015', 'STS_018'].flatMap((patient) =>
  (['FS-T2WI', 'CE-T1WI'] as const).map((name) => ({ patient, name })),
);

describeWithShared('on the pairs with known fields', () => {
  test.each(SERIES)('$patient $name', async ({ patient, name }) => {
    const folder = `data/sts-pairs/${patient}`;
    const { grid, data } = read(`${folder}/native/${name}.nii.gz`);
    const volume = { stage: 'native', grid, data } as const;
    const truth = read(`${folder}/truth/${name}_log_bias.nii.gz`).data;
    const tumour = tumourOn(folder, name, grid);
    const near = expandMask(tumour, 10);
    const body = bodyMask(volume);

    const usual = await estimateBiasField(volume, N4_DEFAULTS, {}, SILENT_RUN);
    const recommended = await estimateBiasField(
      volume,
      N4_RECOMMENDED,
      { exclude: near },
      SILENT_RUN,
    );

    const error = (field: ArrayLike<number>): number =>
      compareFields(field, truth, (i) => near.data[i] !== 0 && body.data[i] !== 0).rms;
    const uncorrected = error(new Float32Array(truth.length));
    expect(error(usual.logField)).toBeGreaterThan(2 * uncorrected);
    expect(error(recommended.logField)).toBeLessThan(uncorrected);

    const flags = (field: Float32Array) => assessBiasField(field, body, tumour).flags;
    expect(flags(usual.logField)).toContain('FIELD_FOLLOWS_TUMOUR');
    expect(flags(recommended.logField)).toEqual([]);
    expect(flags(Float32Array.from(truth))).toEqual([]);
  });
});

function read(name: string) {
  return readImage(readFileSync(sharedPath(name)), name);
}

function tumourOn(folder: string, name: 'FS-T2WI' | 'CE-T1WI', grid: Grid): Mask {
  const drawn = read(`${folder}/truth/tumour_on_FS-T2WI.nii.gz`);
  const tumour = { grid: drawn.grid, data: Uint8Array.from(drawn.data, (v) => (v === 0 ? 0 : 1)) };
  if (name === 'FS-T2WI') return tumour;
  const truth: { fs_t2_world_to_ce_t1_world_lps_mm: number[][] } = JSON.parse(
    readFileSync(sharedPath(`${folder}/truth/truth.json`), 'utf8'),
  );
  const toCe = truth.fs_t2_world_to_ce_t1_world_lps_mm.flat();
  return resampleLabels(tumour, grid, SILENT_RUN, invertAffine(asMat4(toCe)));
}

function asMat4(values: readonly number[]): Mat4 {
  const [a, b, c, d, e, f, g, h, i, j, k, l] = values;
  return [a, b, c, d, e, f, g, h, i, j, k, l, 0, 0, 0, 1];
}
