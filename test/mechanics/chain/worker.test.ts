import { jest } from '@jest/globals';
import type {
  AnalysisRequest,
  AnalysisResult,
  DicomObject,
  OverlayPlane,
} from '../../../src/chain/analysis';
import { InputError } from '../../../src/chain/errors';
import type { StageReport } from '../../../src/chain/stage';
import { runInWorker } from '../../../src/workers/chainClient';
import type { WorkerLike } from '../../../src/workers/chainClient';
import type { ChainMessage, PageMessage } from '../../../src/workers/protocol';
import { serveChain } from '../../../src/workers/serveChain';
import type { WorkerPort } from '../../../src/workers/serveChain';

const request = { model: 'any' } as AnalysisRequest;
const job = { request, assetsBaseUrl: 'https://host/plugins/' };
const arrays: Pick<AnalysisResult, 'overlays' | 'objects'> = {
  overlays: { fsT2: [{ labels: new Uint8Array(4) } as OverlayPlane], ceT1: [] },
  objects: [{ part10: new Uint8Array(8) } as DicomObject],
};
const result = arrays as AnalysisResult;
const report: StageReport = { stage: 'read', state: { state: 'running', fraction: 0 } };

class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  onmessageerror: WorkerLike['onmessageerror'] = null;
  readonly posted: PageMessage[] = [];
  readonly terminate = jest.fn();
  postMessage(message: PageMessage): void {
    this.posted.push(message);
  }
  answer(data: ChainMessage): void {
    this.onmessage?.({ data } as MessageEvent<ChainMessage>);
  }
}

describe('the page', () => {
  it('gets the reports and the result, and ends the worker', async () => {
    const worker = new FakeWorker();
    const reports: StageReport[] = [];
    const running = runInWorker(worker, job, (r) => reports.push(r));
    expect(worker.posted).toEqual([{ type: 'start', ...job }]);
    worker.answer({ type: 'report', report });
    expect(worker.terminate).not.toHaveBeenCalled();
    worker.answer({ type: 'result', result });
    expect(await running.result).toBe(result);
    expect(reports).toEqual([report]);
    expect(worker.terminate).toHaveBeenCalledTimes(1);
  });

  it('gets a refusal as an InputError', async () => {
    const worker = new FakeWorker();
    const running = runInWorker(worker, job, () => undefined);
    worker.answer({ type: 'refused', code: 'MASK_EMPTY', message: 'Empty.' });
    await expect(running.result).rejects.toEqual(new InputError('MASK_EMPTY', 'Empty.'));
    await expect(running.result).rejects.toBeInstanceOf(InputError);
  });

  it('gets a crash, and a worker that cannot start, as errors', async () => {
    const crashing = new FakeWorker();
    const crashed = runInWorker(crashing, job, () => undefined);
    crashing.answer({ type: 'crashed', message: 'x is not a function' });
    await expect(crashed.result).rejects.toThrow('x is not a function');
    const missing = new FakeWorker();
    const failed = runInWorker(missing, job, () => undefined);
    missing.onerror?.({ message: '' } as ErrorEvent);
    await expect(failed.result).rejects.toThrow('The worker of the analysis could not start.');
  });

  it('ends the worker at once on cancel, and hears nothing more', async () => {
    const worker = new FakeWorker();
    const reports: StageReport[] = [];
    const running = runInWorker(worker, job, (r) => reports.push(r));
    running.cancel();
    expect(worker.terminate).toHaveBeenCalledTimes(1);
    worker.answer({ type: 'report', report });
    expect(reports).toEqual([]);
    await expect(running.result).rejects.toMatchObject({ name: 'AbortError' });
    running.cancel();
  });
});

describe('a login that has run out', () => {
  const refused = { Authorization: 'old' };

  it('is renewed by the page', async () => {
    const worker = new FakeWorker();
    const asked: unknown[] = [];
    const quiet = () => undefined;
    const renew = (headers: unknown) => {
      asked.push(headers);
      return Promise.resolve({ Authorization: 'new' });
    };
    const running = runInWorker(worker, job, quiet, quiet, renew);
    worker.answer({ type: 'unauthorised', refused });
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(asked).toEqual([refused]);
    expect(worker.posted.at(-1)).toEqual({ type: 'headers', headers: { Authorization: 'new' } });
    worker.answer({ type: 'result', result });
    expect(await running.result).toBe(result);
  });

  it('is asked for by the worker', async () => {
    const listeners: ((event: { data: unknown }) => void)[] = [];
    const sent: ChainMessage[] = [];
    const hear = (data: unknown): void => listeners.forEach((listener) => listener({ data }));
    const port: WorkerPort = {
      addEventListener: (_, added) => listeners.push(added),
      postMessage: (message) => {
        sent.push(message);
        if (message.type === 'unauthorised') hear({ type: 'headers', headers: { a: 'new' } });
      },
    };
    const engine = { name: 'test', register: () => Promise.reject(new Error('not here')) };
    const got: unknown[] = [];
    serveChain(
      port,
      () => engine,
      async (_, { renewHeaders }) => {
        got.push(await renewHeaders?.(refused));
        return result;
      },
    );
    hear({ type: 'start', ...job });
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(sent.map(({ type }) => type)).toEqual(['unauthorised', 'result']);
    expect(got).toEqual([{ a: 'new' }]);
  });
});

describe('the worker', () => {
  type Run = NonNullable<Parameters<typeof serveChain>[2]>;

  async function served(
    run: Run,
  ): Promise<{ sent: ChainMessage[]; transferred: ArrayBuffer[]; base: string }> {
    const listeners: ((event: { data: unknown }) => void)[] = [];
    const listener = (event: { data: unknown }): void => listeners.forEach((hear) => hear(event));
    const [sent, transferred]: [ChainMessage[], ArrayBuffer[]] = [[], []];
    const port: WorkerPort = {
      addEventListener: (_, added) => listeners.push(added),
      postMessage: (message, transfer) => {
        sent.push(message);
        transferred.push(...transfer);
      },
    };
    let base = '';
    const engineFor = (url: string) => {
      base = url;
      return { name: 'test', register: () => Promise.reject(new Error('not here')) };
    };
    serveChain(port, engineFor, run);
    listener({ data: 'something else' });
    listener({ data: { type: 'start', ...job } });
    await new Promise((resolve) => setTimeout(resolve, 0));
    return { sent, transferred, base };
  }

  it('answers with reports and the result, whose arrays move', async () => {
    const { sent, transferred, base } = await served((_, context) => {
      context.report(report);
      context.report({ stage: 'read', state: { state: 'done', seconds: 1 } });
      return Promise.resolve(result);
    });
    expect(base).toBe(job.assetsBaseUrl);
    expect(sent.map(({ type }) => type)).toEqual(['report', 'report', 'result']);
    expect(transferred).toEqual([
      result.overlays.fsT2[0].labels.buffer,
      result.objects[0].part10.buffer,
    ]);
  });

  it('passes on every change of state, but not every step of progress', async () => {
    const { sent } = await served((_, context) => {
      for (let i = 0; i < 1000; i++) {
        context.report({ stage: 'features', state: { state: 'running', fraction: i / 1000 } });
      }
      context.report({ stage: 'features', state: { state: 'done', seconds: 1 } });
      context.report({ stage: 'score', state: { state: 'running', fraction: 0 } });
      return Promise.resolve(result);
    });
    const states = sent.flatMap((m) =>
      m.type === 'report' ? [`${m.report.stage} ${m.report.state.state}`] : [],
    );
    expect(states.length).toBeLessThan(20);
    expect(states.slice(-2)).toEqual(['features done', 'score running']);
  });

  it('tells a refusal from a crash', async () => {
    const refused = await served(() => Promise.reject(new InputError('AGE_MISSING', 'No age.')));
    expect(refused.sent).toEqual([{ type: 'refused', code: 'AGE_MISSING', message: 'No age.' }]);
    const crashed = await served(() => Promise.reject(new TypeError('boom')));
    expect(crashed.sent).toMatchObject([
      { type: 'crashed', message: expect.stringContaining('boom') },
    ]);
  });
});
