import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseInstance } from '../../../src/dicom/instance';
import { readImageSeries } from '../../../src/dicom/readSeries';
import { readImage } from '../../../src/io/readImage';
import { writeNifti } from '../../../src/io/writeNifti';
import { exampleModel } from '../../fixtures/exampleModel';
import { ball, ceT1, files, fsT2, run } from '../../fixtures/madeUpStudy';
import { temporaryFolder } from '../../fixtures/temporaryFolder';
import { runCommand } from './capture';

let folder = '';
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = temporaryFolder();
  const read = (series: typeof fsT2) =>
    readImageSeries(
      files(series).map((file) => parseInstance(file)),
      series.name,
    ).volume;
  await writeFile(at('t2.nii.gz'), writeNifti(read(fsT2)));
  await writeFile(at('ce.nii.gz'), writeNifti(read(ceT1)));
  const { grid } = read(fsT2);
  const planes = ball.kind === 'drawn' ? ball.planes.map(({ data }) => [...data]) : [];
  await writeFile(at('mask.nii.gz'), writeNifti({ grid, data: Uint8Array.from(planes.flat()) }));
  const empty = new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2]);
  await writeFile(at('empty.nii.gz'), writeNifti({ grid, data: empty }));
  await writeFile(at('model.json'), JSON.stringify(exampleModel()));
});

function habitats(...more: string[]): ReturnType<typeof runCommand> {
  const images = ['--fs-t2', at('t2.nii.gz'), '--ce-t1', at('ce.nii.gz')];
  return runCommand(
    ...['habitats', ...images, '--model', at('model.json'), '--out', at('labels.nii.gz')],
    ...['--quiet', ...more],
  );
}

test('gives the labels of the chain', async () => {
  const { code, stdout } = await habitats('--tumour', at('mask.nii.gz'), '--json', '--stability');
  expect(code).toBe(0);
  const chain = await run({ registration: 'identity' });
  const labels = readImage(await readFile(at('labels.nii.gz')), 'labels.nii.gz');
  const counts = [1, 2, 3].map((label) => labels.data.filter((value) => value === label).length);
  expect(counts).toEqual(chain.habitats.map(({ voxels }) => voxels));
  expect([...new Set(labels.data)].sort()).toEqual([
    0,
    ...[1, 2, 3].filter((label) => counts[label - 1] > 0),
  ]);
  expect(JSON.parse(stdout)).toMatchObject({
    tumour: { voxels: chain.tumour.voxels },
    habitats: chain.habitats.map(({ voxels, fraction }) => ({ voxels, fraction })),
    ring: { clippedFraction: chain.ring.clippedFraction, excludedFraction: 0 },
    registration: { applied: false },
    stability: Array.from({ length: 7 }, () => ({ dice: expect.any(Array) as unknown })),
  });
});

test('prints volumes, fractions and cautions', async () => {
  const { stdout } = await habitats('--tumour', at('mask.nii.gz'), '--exclude', at('mask.nii.gz'));
  expect(stdout).toMatch(/^Tumour +\d+\.\d ml$/m);
  expect(stdout).toMatch(/^Habitat 3 +\d+\.\d ml +\d+\.\d % {2}hypoactive/m);
  expect(stdout).toMatch(/^Ring .* 0\.0 % excluded\)$/m);
  expect(stdout).toMatch(/^Caution: No bias field correction was applied/m);
});

test.each([
  ['an empty mask', ['--tumour', 'empty.nii.gz'], /empty\.nii\.gz is empty/],
  ['an image as the mask', ['--tumour', 't2.nii.gz'], /say which is the tumour with --label/],
  ['a label that is not there', ['--tumour', 'mask.nii.gz', '--label', '7'], /no voxel of label 7/],
])('refuses %s in one line', async (_, argv, sentence) => {
  const { code, stderr } = await habitats(
    ...argv.map((word) => (word.endsWith('.gz') ? at(word) : word)),
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
