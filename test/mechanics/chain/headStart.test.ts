/** N4 of the reference series during a registration that runs in another thread. */
import { createHash } from 'node:crypto';
import type { AnalysisRequest, AnalysisResult } from '../../../src/chain/analysis';
import { analyse } from '../../../src/chain/habitatChain';
import { HeadStart } from '../../../src/chain/headStart';
import type { StageReport } from '../../../src/chain/stage';
import { N4_RECOMMENDED } from '../../../src/biasField/n4Settings';
import { SearchFailed, type RigidEngine } from '../../../src/register/engine';
import { IDENTITY_DIRECTION, IDENTITY_TRANSFORM } from '../../../src/volume/geometry';
import type { Mat4 } from '../../../src/volume/geometry';
import type { Model } from '../../../src/model/schema';
import { exampleModel } from '../../fixtures/exampleModel';
import { request } from '../../fixtures/madeUpStudy';

const { preprocessing } = exampleModel();

function model(excludeTumourMarginMm: number | null): Model {
  const biasField = { ...N4_RECOMMENDED, excludeTumourMarginMm };
  biasField.shrink = [1, 1, 1];
  return exampleModel({ preprocessing: { ...preprocessing, biasField } });
}

function engine(isBeside: boolean, answer: Mat4 | Error): RigidEngine {
  return {
    name: 'test',
    register: (_fixed, _moving, _settings, onAway) => {
      if (isBeside) onAway?.();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
}

async function run(
  change: Partial<AnalysisRequest>,
  engineOfRun: RigidEngine,
): Promise<{ result: AnalysisResult; reports: StageReport[] }> {
  const reports: StageReport[] = [];
  const signal = new AbortController().signal;
  const report = (one: StageReport): unknown => reports.push(one);
  const result = await analyse(request(change), { engine: engineOfRun, signal, report });
  return { result, reports };
}

/** The series whose correction reported progress in its own stage. */
function correctedInStage(reports: readonly StageReport[]): Set<string> {
  const messages = reports.flatMap(({ stage, state }) =>
    stage === 'biasField' && state.state === 'running' ? [state.message ?? ''] : [],
  );
  return new Set(messages.flatMap((text) => /^(\S+): level/.exec(text)?.slice(1) ?? []));
}

/** What was measured, without the time it took. */
function measured({ provenance, overlays, ...result }: AnalysisResult): string {
  const { tumour, ring, habitats, registration, prognosis, flags } = result;
  const stages = provenance.stages.map(({ stage, note }) => [stage, note]);
  const labels = overlays.fsT2.map((plane) => plane.labels.join(''));
  const values = { tumour, ring, habitats, registration, prognosis, flags, stages, labels };
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

test('changes nothing of the result', async () => {
  const change = { model: model(null) };
  const after = await run(change, engine(false, IDENTITY_TRANSFORM));
  const during = await run(change, engine(true, IDENTITY_TRANSFORM));
  expect(measured(during.result)).toEqual(measured(after.result));
  expect(correctedInStage(after.reports)).toEqual(new Set(['FS-T2WI', 'CE-T1WI']));
  expect(correctedInStage(during.reports)).toEqual(new Set(['CE-T1WI']));
  expect(after.reports.map(({ stage }) => stage).indexOf('biasField')).toBeGreaterThan(0);
  const inOrder = during.reports.filter(({ state }) => state.state === 'done');
  expect(inOrder.slice(0, 3).map(({ stage }) => stage)).toEqual(['read', 'register', 'biasField']);
});

test('a refusal is told by its own stage, after the registration', async () => {
  // The exclusion leaves nothing of the body.
  const change = { model: model(60) };
  const refusal = { code: 'MASK_EMPTY', message: expect.stringContaining('FS-T2WI') };
  for (const isBeside of [false, true]) {
    await expect(run(change, engine(isBeside, IDENTITY_TRANSFORM))).rejects.toMatchObject(refusal);
    const noMatch = engine(isBeside, new SearchFailed('no'));
    await expect(run(change, noMatch)).rejects.toMatchObject({ code: 'REGISTRATION_FAILED' });
  }
});

describe('the work', () => {
  const grid = {
    size: [1, 1, 1],
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: IDENTITY_DIRECTION,
  } as const;
  const volume = { stage: 'native', grid, data: new Float32Array(1) } as const;
  const args = [volume, volume, preprocessing.registration] as const;
  const signal = new AbortController().signal;

  test('begins with the search of an engine that is beside', async () => {
    for (const isBeside of [false, true]) {
      let begun = 0;
      const head = new HeadStart(() => Promise.resolve(++begun), signal);
      const engineOfRun = head.besides(engine(isBeside, IDENTITY_TRANSFORM));
      expect(head.take()).toBeUndefined();
      await engineOfRun.register(...args);
      expect(begun).toBe(isBeside ? 1 : 0);
      expect(await head.take()?.value).toBe(isBeside ? 1 : undefined);
    }
  });

  test('ends with a search that fails, and with the analysis', async () => {
    const ends = async (answer: Mat4 | Error, cancel?: AbortController): Promise<boolean> => {
      let seen: AbortSignal | undefined;
      const work = (given: { readonly signal: AbortSignal }): Promise<never> => {
        seen = given.signal;
        return new Promise(() => undefined);
      };
      const head = new HeadStart(work, cancel?.signal ?? signal);
      const search = head.besides(engine(true, answer)).register(...args);
      cancel?.abort();
      await search.catch(() => undefined);
      return seen?.aborted ?? false;
    };
    expect(await ends(IDENTITY_TRANSFORM)).toBe(false);
    expect(await ends(new SearchFailed('no'))).toBe(true);
    expect(await ends(IDENTITY_TRANSFORM, new AbortController())).toBe(true);
  });
});
