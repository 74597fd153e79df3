import { demoStudyFiles, DEMO_STUDIES } from '../../../demo/studies';
import { simulateStudy } from '../../../demo/simulateStudy';
import { demonstrationModel, expectWhole, runChain } from '../../fixtures/wholeChain';

const MINUTES = 60_000;

describe('the whole chain on a simulated study', () => {
  const [, study] = DEMO_STUDIES;

  it(
    'finds the habitats that were put into it',
    async () => {
      const files = [...demoStudyFiles(study).values()];
      const whole = await runChain({
        source: { kind: 'files', files: files.map((file) => Uint8Array.from(file).buffer) },
        series: { fsT2: study.ids.fsT2Series, ceT1: study.ids.ceT1Series },
        tumour: { kind: 'seg', seriesInstanceUid: study.ids.contour.segSeries, segmentNumber: 1 },
        age: 47,
        ageOrigin: 'study',
        batch: null,
        model: demonstrationModel,
      });
      expectWhole(whole);
      const { truth } = simulateStudy(study.options);
      const slice = truth.habitats.grid.size[0] * truth.habitats.grid.size[1];
      const found = new Uint8Array(truth.habitats.data.length);
      for (const { sopInstanceUid, labels } of whole.result.overlays.fsT2) {
        const k = sliceOf(sopInstanceUid, truth.habitats.grid.size[2]);
        found.set(labels, k * slice);
      }
      // Measured 0.86, 0.81, 0.74 when this was written; with the true motion, no bias and the
      // nominal tissue levels the same images give 0.89, 0.78, 0.79. This guards against a fall.
      const limits = [0.8, 0.75, 0.68];
      limits.forEach((limit, i) =>
        expect(dice(found, truth.habitats.data, i + 1)).toBeGreaterThan(limit),
      );
    },
    8 * MINUTES,
  );

  function sliceOf(uid: string, slices: number): number {
    const k = Array.from({ length: slices }, (_, i) => i).find(
      (i) => study.ids.instance(study.ids.fsT2Series, i) === uid,
    );
    if (k === undefined) throw new Error(`${uid} is no image of the study`);
    return k;
  }
});

function dice(found: Uint8Array, truth: Uint8Array, label: number): number {
  let [a, b, both] = [0, 0, 0];
  for (let i = 0; i < found.length; i++) {
    if (found[i] === label) a++;
    if (truth[i] === label) b++;
    if (found[i] === label && truth[i] === label) both++;
  }
  return (2 * both) / (a + b);
}
