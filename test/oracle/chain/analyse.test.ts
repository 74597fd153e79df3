import { readFileSync } from 'node:fs';
import { demoStudyFiles, DEMO_STUDIES } from '../../../demo/studies';
import { simulateStudy } from '../../../demo/simulateStudy';
import type { AnalysisResult } from '../../../src/chain/analysis';
import { analyse } from '../../../src/chain/habitatChain';
import { STAGES } from '../../../src/chain/stage';
import type { StageReport } from '../../../src/chain/stage';
import { parseInstance } from '../../../src/dicom/instance';
import { text } from '../../../src/dicom/attributes';
import { elastixNodeEngine } from '../../../src/register/elastixNode';
import { applyToPoint } from '../../../src/volume/geometry';
import type { Mat4 } from '../../../src/volume/geometry';
import { pairRequest, pairTruth } from '../../fixtures/stsPair';
import { describeWithShared } from '../../shared';

const model: unknown = JSON.parse(readFileSync('models/demonstration.json', 'utf8'));
const MINUTES = 60_000;

async function run(request: Parameters<typeof analyse>[0]): Promise<{
  result: AnalysisResult;
  reports: StageReport[];
}> {
  const reports: StageReport[] = [];
  const result = await analyse(request, {
    engine: elastixNodeEngine,
    signal: new AbortController().signal,
    report: (report) => reports.push(report),
  });
  return { result, reports };
}

function expectWhole({
  result,
  reports,
}: {
  result: AnalysisResult;
  reports: StageReport[];
}): void {
  const ended = reports.filter(({ state }) => state.state !== 'running');
  expect(ended.map(({ stage }) => stage)).toEqual(STAGES.map(({ id }) => id));
  expect(result.provenance.stages.map(({ stage }) => stage)).toEqual(STAGES.map(({ id }) => id));
  const habitats = result.habitats.reduce((sum, { voxels }) => sum + voxels, 0);
  expect(habitats).toBe(result.tumour.voxels);
  const fractions = result.habitats.reduce((sum, { fraction }) => sum + fraction, 0);
  expect(fractions).toBeCloseTo(1, 12);
  const { prognosis } = result;
  const sum = prognosis.contributions.reduce((total, c) => total + c.contribution, 0);
  expect(prognosis.rprs).toBeCloseTo(sum, 12);
  const risks = prognosis.risks.map(({ risk }) => risk);
  expect(risks.every((risk) => risk > 0 && risk < 1)).toBe(true);
  expect([...risks].sort((a, b) => a - b)).toEqual(risks);
  expect(result.flags.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['DEMONSTRATION_MODEL', 'UNHARMONISED']),
  );
  expectObjects(result);
}

/** SEG and SR belong to the study, and the overlay of the reference series is what the SEG holds. */
function expectObjects({ objects, overlays, tumour, ring }: AnalysisResult): void {
  expect(objects.map(({ kind }) => kind)).toEqual(['SEG', 'SR']);
  for (const object of objects) {
    const { dataset } = parseInstance(Uint8Array.from(object.part10).buffer);
    expect(text(dataset, 'Modality')).toBe(object.kind);
    expect(text(dataset, 'StudyInstanceUID')).toBe(object.studyInstanceUid);
    expect(text(dataset, 'SOPInstanceUID')).toBe(object.sopInstanceUid);
  }
  const counts = [0, 0, 0, 0, 0, 0];
  for (const { labels } of overlays.fsT2) for (const label of labels) counts[label]++;
  expect(counts[1] + counts[2] + counts[3] + counts[4]).toBe(tumour.voxels);
  expect(counts[5]).toBe(ring.voxels);
  expect(overlays.ceT1.length).toBeGreaterThan(0);
}

function errorMm(
  found: readonly number[],
  truth: Mat4,
  point: readonly [number, number, number],
): number {
  const [a, b, c, d, e, f, g, h, i, j, k, l] = found;
  const matrix: Mat4 = [a, b, c, d, e, f, g, h, i, j, k, l, 0, 0, 0, 1];
  const [p, q] = [applyToPoint(matrix, point), applyToPoint(truth, point)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

describeWithShared('the whole chain on real anatomy (STS_018)', () => {
  it(
    'registers, partitions the tumour and builds both objects',
    async () => {
      const request = pairRequest('STS_018', model);
      const whole = await run(request);
      expectWhole(whole);
      const { matrix, points } = pairTruth('STS_018');
      const errors = points.map((point) =>
        errorMm(whole.result.registration.matrix, matrix, point),
      );
      expect(errors.reduce((a, b) => a + b, 0) / errors.length).toBeLessThan(0.5);
    },
    5 * MINUTES,
  );
});

describe('the whole chain on a simulated study', () => {
  const [, study] = DEMO_STUDIES;

  it(
    'finds the habitats that were put into it',
    async () => {
      const files = [...demoStudyFiles(study).values()];
      const whole = await run({
        source: { kind: 'files', files: files.map((file) => Uint8Array.from(file).buffer) },
        series: { fsT2: study.ids.fsT2Series, ceT1: study.ids.ceT1Series },
        tumour: { kind: 'seg', seriesInstanceUid: study.ids.contour.segSeries, segmentNumber: 1 },
        age: 47,
        ageOrigin: 'study',
        batch: null,
        model,
      });
      expectWhole(whole);
      const { truth } = simulateStudy(study.options);
      const slice = truth.habitats.grid.size[0] * truth.habitats.grid.size[1];
      const found = new Uint8Array(truth.habitats.data.length);
      for (const { sopInstanceUid, labels } of whole.result.overlays.fsT2) {
        const k = sliceOf(sopInstanceUid, truth.habitats.grid.size[2]);
        found.set(labels, k * slice);
      }
      // What the images allow: perfect motion, no bias and the true class levels give 0.88, 0.78, 0.78.
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
