import type {
  AnalysisRequest,
  AnalysisResult,
  RegistrationCheck,
} from '../../../src/chain/analysis';
import { InputError } from '../../../src/chain/errors';
import type { StageReport } from '../../../src/chain/stage';
import { HabitatRunService } from '../../../extension/src/services/HabitatRunService';
import type { Ports } from '../../../extension/src/services/ports';
import { demoModel } from './demoModel';
import { quietArchive } from './quietArchive';
import { reviewCheck } from './reviewCheck';
import { scriptedReports, scriptedResult } from './scriptedRun';
import { FACTS, STUDY } from './session';

interface Scene {
  readonly service: HabitatRunService;
  readonly said: string[];
  readonly drawn: unknown[];
  readonly downloaded: string[];
  finish(result: AnalysisResult): void;
  fail(error: unknown): void;
  report(report: StageReport): void;
  registered(check: RegistrationCheck): void;
}

type Changes = Partial<Ports> & { readonly seen?: (request: AnalysisRequest) => void };

/** The service with a scripted analysis that the test itself brings to its end. */
async function scene({ seen, ...changes }: Changes = {}): Promise<Scene> {
  const model = demoModel();
  const said: string[] = [];
  const drawn: unknown[] = [];
  const downloaded: string[] = [];
  let settle: { resolve(result: AnalysisResult): void; reject(error: unknown): void } | undefined;
  let showCheck: (check: RegistrationCheck) => void = () => undefined;
  let passOn: (report: StageReport) => void = () => undefined;
  const service = new HabitatRunService({
    analyse: (request, onReport, onRegistered) => {
      seen?.(request);
      passOn = onReport;
      showCheck = onRegistered;
      const result = new Promise<AnalysisResult>((resolve, reject) => {
        settle = { resolve, reject };
      });
      return { result, cancel: () => settle?.reject(new DOMException('', 'AbortError')) };
    },
    store: async () => undefined,
    loadModel: async () => ({ model, json: model, origin: 'demonstration.json' }),
    imageSource: (studyInstanceUid) => ({
      kind: 'dicomweb',
      root: 'http://archive',
      headers: {},
      studyInstanceUid,
    }),
    readDrawnTumour: () => ({ kind: 'drawn', label: '', seriesInstanceUid: '', planes: [] }),
    showOverlay: async (content) => void drawn.push(content),
    restyleOverlay: (look) => void drawn.push(look),
    showSeries: () => undefined,
    startDrawing: async () => null,
    download: (name) => void downloaded.push(name),
    notify: (type, message) => void said.push(`${type}: ${message}`),
    log: () => undefined,
    now: () => 0,
    ...quietArchive(),
    ...changes,
  });
  service.studyFound(FACTS);
  await service.loadModel(STUDY, 'default');
  return {
    service,
    said,
    drawn,
    downloaded,
    finish: (result) => settle?.resolve(result),
    fail: (error) => settle?.reject(error),
    report: (report) => passOn(report),
    registered: (check) => showCheck(check),
  };
}

describe('an analysis', () => {
  it('goes through its stages to a result that is drawn and unsaved', async () => {
    const { service, finish, report, drawn } = await scene();
    const ended = service.analyse(STUDY);
    for (const item of scriptedReports(2)) report(item);
    const result = scriptedResult();
    finish(result);
    await ended;
    const session = service.session(STUDY).get();
    expect(session.run.phase).toBe('done');
    expect(session.outcome?.result).toBe(result);
    expect(drawn).toEqual([expect.objectContaining({ planes: result.overlays })]);
    expect(service.hasUnsavedWork()).toBe(true);
  });

  it('shows the sentence of a refused input, and nothing is lost', async () => {
    const { service, fail } = await scene();
    const ended = service.analyse(STUDY);
    fail(new InputError('SLICE_MISSING', 'Slice 4 of FS-T2WI is missing: send the series again.'));
    await ended;
    const { run, facts } = service.session(STUDY).get();
    expect(run).toMatchObject({ phase: 'failed', message: expect.stringMatching(/^Slice 4/) });
    expect(facts).toBe(FACTS);
  });

  it('says so honestly when the program itself failed, without its stack', async () => {
    const logged: unknown[] = [];
    const { service, fail } = await scene({ log: (error) => void logged.push(error) });
    const ended = service.analyse(STUDY);
    fail(new Error('x is undefined\n    at f (a.js:1:1)'));
    await ended;
    const { run } = service.session(STUDY).get();
    expect(run).toMatchObject({ message: expect.stringContaining('x is undefined') });
    expect(run).not.toMatchObject({ message: expect.stringContaining('a.js') });
    expect(logged).toHaveLength(1);
  });

  it('is cancelled without an error', async () => {
    const { service, said } = await scene();
    const ended = service.analyse(STUDY);
    service.cancel(STUDY);
    expect(service.session(STUDY).get().run).toMatchObject({ phase: 'running', cancelling: true });
    await ended;
    expect(service.session(STUDY).get().run.phase).toBe('cancelled');
    expect(said).toEqual([]);
    expect(service.hasUnsavedWork()).toBe(false);
  });

  it('runs once, however often the button is pressed', async () => {
    let runs = 0;
    const { service } = await scene({
      analyse: () => {
        runs++;
        return { result: new Promise(() => undefined), cancel: () => undefined };
      },
    });
    void service.analyse(STUDY);
    void service.analyse(STUDY);
    expect(runs).toBe(1);
  });

  it('is refused before it starts when the viewer has no archive', async () => {
    const { service } = await scene({
      imageSource: () => {
        throw new InputError('ARCHIVE_UNREACHABLE', 'No archive: open the study from one.');
      },
    });
    await service.analyse(STUDY);
    expect(service.session(STUDY).get()).toMatchObject({
      refusal: 'No archive: open the study from one.',
      run: { phase: 'idle' },
    });
  });

  it('fails visibly when no worker can be made', async () => {
    const { service } = await scene({
      analyse: () => {
        throw new Error('Worker blocked by the page');
      },
    });
    await service.analyse(STUDY);
    expect(service.session(STUDY).get().run.phase).toBe('failed');
  });
});

describe('a toast', () => {
  it('appears only while nobody looks at the panel', async () => {
    const hidden = await scene();
    const ended = hidden.service.analyse(STUDY);
    hidden.finish(scriptedResult());
    await ended;
    expect(hidden.said).toHaveLength(1);

    const open = await scene();
    open.service.session(STUDY).subscribe(() => undefined);
    const watched = open.service.analyse(STUDY);
    open.finish(scriptedResult());
    await watched;
    expect(open.said).toEqual([]);
  });
});

describe('storing', () => {
  async function analysed(changes: Partial<Ports>): Promise<Scene> {
    const prepared = await scene(changes);
    const ended = prepared.service.analyse(STUDY);
    prepared.finish(scriptedResult());
    await ended;
    return prepared;
  }

  it('passes the objects through sent, read back and verified', async () => {
    const { service } = await analysed({
      store: async (objects, onStep) => {
        for (const { kind } of objects) onStep(kind, { state: 'verified' });
      },
    });
    await service.storage.store(STUDY);
    expect(service.session(STUDY).get().outcome?.storing.phase).toBe('stored');
    expect(service.hasUnsavedWork()).toBe(false);
  });

  it('keeps the very same objects for a retry', async () => {
    const sent: unknown[] = [];
    const { service } = await analysed({
      store: async (objects) => {
        sent.push(objects);
        if (sent.length === 1) throw new InputError('ARCHIVE_REFUSED', 'The archive answered 503.');
      },
    });
    await service.storage.store(STUDY);
    expect(service.session(STUDY).get().outcome?.storing).toMatchObject({
      phase: 'failed',
      message: 'The archive answered 503.',
    });
    await service.storage.store(STUDY);
    expect(sent[1]).toBe(sent[0]);
    expect(service.session(STUDY).get().outcome?.storing.phase).toBe('stored');
  });

  it('downloads both objects under names without patient data', async () => {
    const { service, downloaded } = await analysed({});
    service.storage.download(STUDY);
    expect(downloaded).toEqual(['sts-habitat-SEG-2.25.11.dcm', 'sts-habitat-SR-2.25.12.dcm']);
  });
});

it('keeps the model that was there when a file is refused', async () => {
  let files = 0;
  const model = demoModel();
  const { service } = await scene({
    loadModel: async (from) => {
      if (from === 'default') return { model, json: model, origin: 'demonstration.json' };
      files++;
      throw new InputError('MODEL_VERSION', 'The file has schema version 9: load version 1.');
    },
  });
  await service.loadModel(STUDY, new File(['{}'], 'model.json'));
  expect(files).toBe(1);
  expect(service.session(STUDY).get().model).toMatchObject({
    current: { origin: 'demonstration.json' },
    refusal: 'The file has schema version 9: load version 1.',
  });
});

describe('the check of the registration', () => {
  it('is shown as soon as the series are registered, and links the viewports until it is rejected', async () => {
    const { service, registered } = await scene();
    void service.analyse(STUDY);
    const check = reviewCheck();
    registered(check);
    expect(service.reviewView.get()).toMatchObject({ check, linked: true });
    service.review(STUDY, 'rejected');
    expect(service.reviewView.get().linked).toBe(false);
  });

  it('is not stored when it was rejected', async () => {
    let stored = 0;
    const { service, finish, registered, downloaded } = await scene({
      store: async () => void stored++,
    });
    const ended = service.analyse(STUDY);
    registered(reviewCheck());
    finish(scriptedResult());
    await ended;
    service.review(STUDY, 'rejected');
    await service.storage.store(STUDY);
    service.storage.download(STUDY);
    expect([stored, downloaded]).toEqual([0, []]);
  });

  it('can be replaced by the scanner geometry during the run', async () => {
    const requests: AnalysisRequest[] = [];
    const { service, finish, registered } = await scene({ seen: (r) => void requests.push(r) });
    const cancelled = service.analyse(STUDY);
    registered(reviewCheck());
    const again = service.analyseAgain(STUDY, 'identity');
    await cancelled;
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(service.session(STUDY).get().run.phase).toBe('running');
    finish(scriptedResult());
    await again;
    expect(requests.map(({ registration }) => registration)).toEqual([undefined, 'identity']);
    expect(service.session(STUDY).get().run.phase).toBe('done');
  });
});
