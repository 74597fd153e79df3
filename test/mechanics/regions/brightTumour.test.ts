import { estimateBiasField } from '../../../src/biasField/correctBiasField';
import { N4_DEFAULTS, N4_RECOMMENDED } from '../../../src/biasField/n4Settings';
import type { N4Settings } from '../../../src/biasField/n4Settings';
import { otsuMask } from '../../../src/biasField/otsuMask';
import { SILENT_RUN } from '../../../src/chain/stage';
import { bodyMask } from '../../../src/regions/bodyMask';
import { expandMask } from '../../../src/regions/expandMask';
import type { Mask, Volume } from '../../../src/volume/volume';
import { exampleModel } from '../../fixtures/exampleModel';
import { gridOf } from '../../fixtures/biasField';
import { ceT1, files, fsT2, run } from '../../fixtures/madeUpStudy';

/** A limb with a tumour in it that is `times` as bright as muscle, and what the tumour is. */
function limb(times: number): { volume: Volume<'native'>; body: Uint8Array; tumour: Mask } {
  const grid = gridOf([64, 64, 10], [2, 2, 4]);
  const at = (i: number): readonly [number, number, number] => {
    const [x, y, z] = [i % 64, Math.floor(i / 64) % 64, Math.floor(i / 4096)];
    return [Math.hypot(x - 32, y - 32), Math.hypot(x - 30, y - 26, 2 * (z - 5)), (7 * i) % 13];
  };
  const size = 64 * 64 * 10;
  const data = Float32Array.from({ length: size }, (_, i) => {
    const [fromAxis, fromTumour, noise] = at(i);
    if (fromTumour < 6) return times * 100 + noise;
    return fromAxis < 26 ? 100 + noise + (i % 64) / 2 : noise / 2;
  });
  const body = Uint8Array.from({ length: size }, (_, i) => (at(i)[0] < 26 ? 1 : 0));
  const tumour = Uint8Array.from({ length: size }, (_, i) => (at(i)[1] < 6 ? 1 : 0));
  return { volume: { stage: 'native', grid, data }, body, tumour: { grid, data: tumour } };
}

describe('a tumour of many times the brightness of the limb', () => {
  it.each([3, 3000])('x %i leaves the body what it is', (times) => {
    const { volume, body, tumour } = limb(times);
    const found = bodyMask(volume, expandMask(tumour, 10));
    expect(found.withoutTumour).toBe(times > 3);
    expect(found.data).toEqual(body);
  });

  it('takes the mask of the bias field for itself, unless it is excluded', async () => {
    const { volume, body, tumour } = limb(50);
    const exclude = expandMask(tumour, 10);
    const field = await estimateBiasField(volume, N4_RECOMMENDED, { exclude }, SILENT_RUN);
    expect(field.withoutExcluded).toBe(true);
    const away = (mask: Uint8Array) => mask.filter((_, i) => exclude.data[i] === 0);
    expect(away(field.body.data)).toEqual(away(body));
    // The limb brightens by 30 % from left to right, and the field follows that.
    const [left, right] = [10, 54].map((x) => field.logField[x + 64 * (32 + 64 * 5)]);
    expect(right - left).toBeGreaterThan(0.05);
    // As ITK does it: the mask of the whole image.
    const settings: N4Settings = { ...N4_DEFAULTS, shrink: [1, 1, 1] };
    const literal = await estimateBiasField(volume, settings, {}, SILENT_RUN);
    expect(literal).toMatchObject({ withoutExcluded: false, body: otsuMask(volume) });
  });

  it('changes nothing of an ordinary one', async () => {
    const { volume, tumour } = limb(3);
    const exclude = expandMask(tumour, 10);
    const { body, withoutExcluded } = await estimateBiasField(
      volume,
      N4_RECOMMENDED,
      { exclude },
      SILENT_RUN,
    );
    expect(withoutExcluded).toBe(false);
    expect(body).toEqual(otsuMask(volume));
  });
});

it('a study with such a tumour is analysed, and says so', async () => {
  const { value } = fsT2;
  if (!value) throw new Error('the made-up series has values');
  const isTumour = (i: number, j: number, k: number) => Math.hypot(i - 20, j - 20, 2 * (k - 6)) < 6;
  const bright = {
    ...fsT2,
    value: (i: number, j: number, k: number) =>
      isTumour(i, j, k) ? 30_000 + 20 * i : value(i, j, k),
  };
  const base = exampleModel();
  const model = exampleModel({
    preprocessing: { ...base.preprocessing, biasField: { ...N4_RECOMMENDED, shrink: [2, 2, 1] } },
  });
  const { flags, ring } = await run({
    model,
    source: { kind: 'files', files: [...files(bright), ...files(ceT1)] },
  });
  const said = flags.filter(({ code }) => code === 'BRIGHT_TUMOUR');
  expect(said.map(({ stage }) => stage)).toContain('biasField');
  expect(said[0].message).toMatch(/^FS-T2WI: the tumour is so much brighter/);
  expect(ring.clippedFraction).toBeLessThan(0.2);
});
