import { UNLABELLED_TUMOUR, RING } from '../../../src/regions/regionsOnSeries';
import type { AnalysisResult } from '../../../src/chain/analysis';
import { exampleModel } from '../../fixtures/exampleModel';
import { ball, drawn, run } from '../../fixtures/madeUpStudy';

/** Voxels of FS-T2WI with one of the labels, as `i,j,k of the overlay`. */
function where({ overlays }: AnalysisResult, has: (label: number) => boolean): Set<string> {
  const found = new Set<string>();
  for (const { sopInstanceUid, labels } of overlays.fsT2) {
    labels.forEach((label, p) => {
      if (has(label)) found.add(`${p % 40},${Math.floor(p / 40)},${sopInstanceUid}`);
    });
  }
  return found;
}

const isRing = (label: number): boolean => label === RING;
const isTumour = (label: number): boolean => label >= 1 && label <= UNLABELLED_TUMOUR;

it('an excluded region keeps the ring out and takes nothing from the tumour', async () => {
  const plain = await run({});
  const medial = await run({ exclude: [drawn((i) => i > 24)] });
  expect(where(medial, isTumour)).toEqual(where(plain, isTumour));
  const columns = [...where(medial, isRing)].map((voxel) => Number(voxel.split(',')[0]));
  expect(columns.length).toBeGreaterThan(100);
  // Regions are carried to 1 mm voxels, which may differ by half a voxel of the image.
  expect(columns.every((i) => i <= 25)).toBe(true);
  expect(medial.ring.clippedFraction).toBeGreaterThan(plain.ring.clippedFraction + 0.1);
  const note = medial.provenance.stages.find(({ stage }) => stage === 'regions')?.note;
  expect(note).toMatch(/, \d+\.\d %, to the excluded regions/);
});

describe('a tumour of two pieces', () => {
  const both = drawn(
    (i, j, k) =>
      Math.hypot(i - 20, j - 20, 2 * (k - 6)) < 6 || Math.hypot(i - 30, j - 20, 2 * (k - 6)) < 3,
  );

  it('is measured as one', async () => {
    const { flags, tumour } = await run({ tumour: both });
    expect(flags.find(({ code }) => code === 'MULTIFOCAL')?.message).toContain('measured as one');
    expect(tumour.voxels).toBeGreaterThan((await run({})).tumour.voxels);
  });

  it('or by its largest piece, and the ring stays out of the other', async () => {
    const largest = await run({ tumour: both, lesions: 'largest' });
    expect(where(largest, isTumour)).toEqual(where(await run({ tumour: ball }), isTumour));
    const small = [...where(largest, isRing)].filter((voxel) => {
      const [i, j] = voxel.split(',').map(Number);
      return Math.hypot(i - 30, j - 20) < 1.5;
    });
    expect(small.length).toBeLessThan(where(largest, isRing).size / 20);
    expect(largest.flags.find(({ code }) => code === 'MULTIFOCAL')?.message).toMatch(
      /^The tumour region has 2 separate pieces; only the largest, 8\d % of all, was measured\.$/,
    );
  });
});

it('habitats of the patient alone are flagged as not comparable', async () => {
  const base = exampleModel();
  const model = exampleModel({ habitats: { ...base.habitats, method: 'perPatient' } });
  const { flags, habitats } = await run({ model });
  expect(flags.map(({ code }) => code)).toContain('HABITATS_PER_PATIENT');
  // Whatever the model's centroids are, each patient has all three habitats.
  for (const { voxels } of habitats) expect(voxels).toBeGreaterThan(0);
});
