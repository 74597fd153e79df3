import { DEMO_STUDIES } from '../../../demo/studies';
import type { DemoStudy } from '../../../demo/studies';
import { simulateStudy } from '../../../demo/simulateStudy';
import { demoRequest, expectWhole, runChain } from '../../fixtures/wholeChain';

const MINUTES = 60_000;

describe('the whole chain on a simulated study', () => {
  it.each(DEMO_STUDIES)(
    'finds the habitats that were put into $key',
    async (study) => {
      const whole = await runChain(demoRequest(study));
      expectWhole(whole);
      const { truth } = simulateStudy(study.options);
      const slice = truth.habitats.grid.size[0] * truth.habitats.grid.size[1];
      const found = new Uint8Array(truth.habitats.data.length);
      for (const { sopInstanceUid, labels } of whole.result.overlays.fsT2) {
        const k = sliceOf(study, sopInstanceUid, truth.habitats.grid.size[2]);
        found.set(labels, k * slice);
      }
      // The lowest overlap at which habitats of demo studies count as found. Measured: 0.93, 0.92, 0.89 and 0.93, 0.89, 0.87.
      for (const label of [1, 2, 3]) {
        expect(dice(found, truth.habitats.data, label)).toBeGreaterThanOrEqual(0.85);
      }
    },
    8 * MINUTES,
  );

  function sliceOf(study: DemoStudy, uid: string, slices: number): number {
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
