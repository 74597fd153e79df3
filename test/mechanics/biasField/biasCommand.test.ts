import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { biasCommand } from '../../../cli/commands/bias';
import { readImage } from '../../../src/io/readImage';
import { writeNifti } from '../../../src/io/writeNifti';
import { coil, limb, refusal } from '../../fixtures/biasField';
import { temporaryFolder } from '../../fixtures/temporaryFolder';

let folder = '';
let image = '';
const volume = limb([40, 40, 6], coil);

beforeAll(async () => {
  folder = temporaryFolder();
  image = path.join(folder, 'image.nii.gz');
  await writeFile(image, writeNifti(volume));
});

async function bias(...argv: string[]): Promise<string> {
  const write = process.stdout.write;
  let printed = '';
  process.stdout.write = (chunk: string | Uint8Array): boolean => {
    printed += String(chunk);
    return true;
  };
  try {
    const command = biasCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    await command.parseAsync(argv, { from: 'user' });
  } finally {
    process.stdout.write = write;
  }
  return printed;
}

test('writes the corrected image and the log field', async () => {
  const out = path.join(folder, 'corrected.nii');
  const log = path.join(folder, 'log.nii.gz');
  const printed = await bias(
    ...[image, '--out', out, '--log-bias', log, '--shrink', '2,2,1', '--iterations', '20,20'],
    ...['--json', '--quiet'],
  );
  expect(JSON.parse(printed)).toMatchObject({ levels: [{}, {}], flags: [] });
  const corrected = readImage(await readFile(out), out);
  const field = readImage(await readFile(log), log);
  expect(corrected.grid.size).toEqual(volume.grid.size);
  const restored = volume.data.map((_, i) => corrected.data[i] * Math.exp(field.data[i]));
  const error = restored.map((value, i) => Math.abs(value / volume.data[i] - 1));
  expect(Math.max(...error)).toBeLessThan(1e-6);
});

test('refuses a mask on another grid, naming the image', async () => {
  const mask = path.join(folder, 'mask.nii.gz');
  await writeFile(mask, writeNifti(limb([20, 20, 6])));
  const out = path.join(folder, 'x.nii.gz');
  const error = await refusal(bias(image, '--out', out, '--mask', mask, '--quiet'));
  expect(error.code).toBe('MASK_GRID');
  expect(error.message).toContain(image);
});

test('refuses a name that is no NIfTI before it works', async () => {
  const error = await refusal(bias(image, '--out', path.join(folder, 'x.mha')));
  expect(error.message).toContain('.nii.gz');
});

test('refuses a file that is not there', async () => {
  const error = await refusal(bias('nowhere.nii.gz', '--out', path.join(folder, 'x.nii.gz')));
  expect(error.code).toBe('FILE_UNREADABLE');
});

test.each([['--shrink', '4,4'], ['--iterations', 'many'], []])(
  'wrong usage: %s %s',
  async (...extra) => {
    await expect(bias(image, ...extra)).rejects.toMatchObject({ name: 'CommanderError' });
  },
);

test('takes control points for each axis, or a distance of knots', async () => {
  const out = path.join(folder, 'distance.nii.gz');
  const points = async (...argv: string[]): Promise<unknown> => {
    const more = ['--shrink', '2,2,1', '--iterations', '3', '--json', '--quiet'];
    const printed = await bias(image, '--out', out, ...more, ...argv);
    const { levels } = JSON.parse(printed) as { levels: { controlPoints: number[] }[] };
    return levels[0].controlPoints;
  };
  expect(await points('--control-points', '5')).toEqual([5, 5, 5]);
  expect(await points('--control-points', '5,6,4')).toEqual([5, 6, 4]);
  // 40 mm in two spans of at most 30 mm; six slices of 4 mm in one.
  expect(await points('--spline-distance', '30')).toEqual([5, 5, 4]);
});
