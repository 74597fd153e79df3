/**
 * How the time of preset `full` grows with the region: synthetic ellipsoids in a process that has
 * compiled the code, and the straight line a + b · voxels through the CPU times.
 */
import { SILENT_RUN } from '../src/chain/stage';
import { extractRadiomics } from '../src/radiomics/extractRadiomics';
import { preset } from '../src/radiomics/presets';
import { cpuMs } from './stages';
import { syntheticCase, type Case } from './synthetic';

const SIZES = [10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];
/** Runs that are not counted: V8 stops compiling after about as many. */
const WARM_UP = 5;
const REPEATS = 3;
const FULL = preset('full');

export interface Line {
  readonly a: number;
  readonly b: number;
  /** Coefficient of determination. */
  readonly r2: number;
}

/** Least squares. */
export function fitLine(xs: readonly number[], ys: readonly number[]): Line {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const product = (us: readonly number[], mu: number, vs: readonly number[], mv: number): number =>
    us.reduce((sum, u, i) => sum + (u - mu) * (vs[i] - mv), 0);
  const b = product(xs, mx, ys, my) / product(xs, mx, xs, mx);
  const a = my - b * mx;
  const left = ys.reduce((sum, y, i) => sum + (y - a - b * xs[i]) ** 2, 0);
  return { a, b, r2: 1 - left / product(ys, my, ys, my) };
}

export async function benchGrowth(sizes: readonly number[]): Promise<void> {
  const cases = (sizes.length > 0 ? sizes : SIZES).map(syntheticCase);
  for (let i = 0; i < WARM_UP; i++) await cpuOf(cases[Math.min(2, cases.length - 1)]);
  const times: number[] = [];
  for (const subject of cases) {
    const runs: number[] = [];
    for (let i = 0; i < REPEATS; i++) runs.push(await cpuOf(subject));
    times.push(Math.min(...runs));
  }
  const voxels = cases.map((subject) => subject.voxels);
  const { a, b, r2 } = fitLine(voxels, times);
  console.log(`\nPreset full, compiled code, best of ${REPEATS}\n`);
  console.log('| voxels | CPU ms | µs per voxel | a + b · voxels, ms |\n| --- | --- | --- | --- |');
  voxels.forEach((n, i) => {
    const perVoxel = ((1000 * times[i]) / n).toFixed(1);
    console.log(`| ${n} | ${times[i].toFixed(0)} | ${perVoxel} | ${(a + b * n).toFixed(0)} |`);
  });
  console.log(`\na = ${a.toFixed(0)} ms, b = ${(1000 * b).toFixed(2)} µs, R² = ${r2.toFixed(4)}`);
}

async function cpuOf({ image, mask }: Case): Promise<number> {
  const start = cpuMs();
  await extractRadiomics(image, mask, FULL, SILENT_RUN);
  return cpuMs() - start;
}
