import { UNLABELLED_TUMOUR, RING } from '../../../src/regions/regionsOnSeries';
import type { AnalysisResult } from '../../../src/chain/analysis';
import { exampleModel } from '../../fixtures/exampleModel';
import { ball, ceT1, drawn, files, fsT2, limb, request, run } from '../../fixtures/madeUpStudy';
import { SILENT_RUN } from '../../../src/chain/stage';
import { readStudy } from '../../../src/chain/stages/read';
import { buildSegmentation } from '../../../src/dicom/segmentation';
import { syntheticSeries } from '../dicom/synthetic';
import { segmentationInput, testUids } from '../dicom/syntheticLabels';

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

describe('an excluded region', () => {
  it('may be smaller than a tumour may be', async () => {
    const vessel = drawn((i, j, k) => i === 28 && j === 20 && k > 3 && k < 8);
    const { flags, ring } = await run({ exclude: [vessel] });
    expect(ring.clippedFraction).toBeLessThan((await run({})).ring.clippedFraction + 0.02);
    expect(flags.length).toBeGreaterThan(0);
  });

  it('without a voxel is refused by a sentence of its own', async () => {
    await expect(run({ exclude: [drawn(() => false)] })).rejects.toMatchObject({
      code: 'MASK_EMPTY',
      message: expect.stringMatching(/nothing would be kept out of the ring; choose/) as string,
    });
  });

  it('lies on the series that its own SEG names, also where its number is that of the tumour', async () => {
    const series = {
      fsT2: syntheticSeries({ ...limb, name: 'fsT2' }),
      ceT1: syntheticSeries({ ...limb, name: 'ceT1' }),
    };
    const seg = (of: keyof typeof series): { uid: string; file: ArrayBuffer } => {
      const changes = { habitats: null, ring: null, uids: testUids(of), tumourLabel: of };
      const object = buildSegmentation(segmentationInput(series[of], changes));
      return { uid: object.seriesInstanceUid, file: Uint8Array.from(object.part10).buffer };
    };
    const [tumour, bone] = [seg('fsT2'), seg('ceT1')];
    const { value } = await readStudy(
      request({
        source: { kind: 'files', files: [...files(fsT2), ...files(ceT1), tumour.file, bone.file] },
        tumour: { kind: 'seg', seriesInstanceUid: tumour.uid, segmentNumber: 1 },
        exclude: [{ kind: 'seg', seriesInstanceUid: bone.uid, segmentNumber: 1 }],
      }),
      SILENT_RUN,
    );
    expect(value.tumour).toMatchObject({ drawnOn: 'fsT2', label: 'fsT2' });
    expect(value.exclusions).toMatchObject([{ drawnOn: 'ceT1', label: 'ceT1' }]);
  });
});
