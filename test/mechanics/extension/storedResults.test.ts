import type { AnalysisResult } from '../../../src/chain/analysis';
import type { StoredResult } from '../../../src/chain/storedResult';
import { InputError } from '../../../src/chain/errors';
import type { ReportIdentity } from '../../../src/dicom/sr/reportIdentity';
import { archiveCautions } from '../../../extension/src/services/archiving';
import { HabitatRunService } from '../../../extension/src/services/HabitatRunService';
import type { KeptResult } from '../../../extension/src/services/keeping';
import type { Ports } from '../../../extension/src/services/ports';
import { demoModel } from './demoModel';
import { keptInMemory, quietArchive } from './quietArchive';
import { scriptedResult } from './scriptedRun';
import { FACTS, STUDY } from './session';

const report = (sopInstanceUid: string, writtenAt: string): ReportIdentity => ({
  studyInstanceUid: STUDY,
  seriesInstanceUid: `${sopInstanceUid}.1`,
  sopInstanceUid,
  sopClassUid: '1.2.840.10008.5.1.4.1.1.88.34',
  writtenAt,
  modelName: 'Demonstration',
  modelVersion: '1.0.0',
  predecessors: [],
});
const NEW = report('2.25.900', '20260102123000');
const OLD = report('2.25.901', '20250102123000');
const FACTS_WITH_RESULTS = { ...FACTS, reports: [NEW, OLD] };

function result(sr = '2.25.12'): AnalysisResult {
  const whole = scriptedResult();
  const objects = whole.objects.map((object) =>
    object.kind === 'SR' ? { ...object, sopInstanceUid: sr } : object,
  );
  return { ...whole, objects };
}

interface Desk {
  readonly service: HabitatRunService;
  readonly opened: string[];
  readonly drawn: unknown[];
  readonly kept: ReturnType<typeof keptInMemory>;
  finish(result: AnalysisResult): void;
}

function desk(changes: Partial<Ports> = {}, ...left: readonly KeptResult[]): Desk {
  const never = (): never => {
    throw new Error('not part of this test');
  };
  const model = demoModel();
  const opened: string[] = [];
  const drawn: unknown[] = [];
  const kept = keptInMemory(...left);
  let settle: (result: AnalysisResult) => void = never;
  const service = new HabitatRunService({
    analyse: () => ({
      result: new Promise((resolve) => (settle = resolve)),
      cancel: never,
    }),
    store: async () => undefined,
    loadModel: async () => ({ model, json: model, origin: 'demonstration.json' }),
    imageSource: () => ({ kind: 'files', files: [] }),
    readDrawnTumour: never,
    showOverlay: async (content) => void drawn.push(content),
    restyleOverlay: never,
    showSeries: never,
    startDrawing: never,
    download: () => undefined,
    notify: () => undefined,
    log: never,
    now: () => 0,
    ...quietArchive(),
    openStored: async (identity) => {
      opened.push(identity.sopInstanceUid);
      const stored: StoredResult = {
        result: result(identity.sopInstanceUid),
        identity,
        changes: [],
      };
      return stored;
    },
    kept,
    ...changes,
  });
  return { service, opened, drawn, kept, finish: (value) => settle(value) };
}

/** Lets everything run that waits for nothing but its turn. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

async function analysed(scene: Desk, value: AnalysisResult): Promise<void> {
  const ended = scene.service.analyse(STUDY);
  scene.finish(value);
  await ended;
  await settled();
}

const outcomeOf = ({ service }: Desk) => service.session(STUDY).get().outcome;
const keepingOf = ({ service }: Desk) => service.session(STUDY).get().keeping;

describe('a study with stored results', () => {
  test('shows the newest without computing, drawn, and stored', async () => {
    const scene = desk({ analyse: () => Promise.reject(new Error('computed')) as never });
    scene.service.studyFound(FACTS_WITH_RESULTS);
    await settled();
    expect(scene.opened).toEqual([NEW.sopInstanceUid]);
    expect(outcomeOf(scene)).toMatchObject({
      archive: { identity: NEW },
      storing: { phase: 'stored' },
    });
    expect(scene.drawn).toHaveLength(1);
    expect(scene.service.hasUnsavedWork()).toBe(false);
    expect(scene.kept.all.size).toBe(0);
    // More series are listed later; nothing is opened twice.
    scene.service.studyFound(FACTS_WITH_RESULTS);
    await settled();
    expect(scene.opened).toHaveLength(1);
  });

  test('shows the newest although the viewer lists an older one first', async () => {
    const scene = desk();
    scene.service.studyFound({ ...FACTS, reports: [OLD] });
    await settled();
    scene.service.studyFound(FACTS_WITH_RESULTS);
    await settled();
    expect(outcomeOf(scene)?.archive?.identity).toBe(NEW);
    await scene.service.storage.open(STUDY, OLD.sopInstanceUid);
    scene.service.studyFound(FACTS_WITH_RESULTS);
    await settled();
    expect(outcomeOf(scene)?.archive?.identity).toBe(OLD);
  });

  test('shows another one on demand', async () => {
    const scene = desk();
    scene.service.studyFound(FACTS_WITH_RESULTS);
    await settled();
    await scene.service.storage.open(STUDY, OLD.sopInstanceUid);
    expect(outcomeOf(scene)?.archive?.identity).toBe(OLD);
  });

  test('never pushes a new result aside that is not stored', async () => {
    const scene = desk();
    scene.service.studyFound(FACTS);
    await scene.service.loadModel(STUDY, 'default');
    const fresh = result();
    await analysed(scene, fresh);
    scene.service.studyFound(FACTS_WITH_RESULTS);
    await scene.service.storage.open(STUDY, OLD.sopInstanceUid);
    expect(outcomeOf(scene)?.result).toBe(fresh);
    expect(scene.opened).toEqual([]);
  });

  test('says what is wrong with a damaged one, and can be analysed', async () => {
    const scene = desk({
      openStored: async () => {
        throw new InputError('REPORT_UNREADABLE', 'The stored report cannot be shown.');
      },
    });
    scene.service.studyFound(FACTS_WITH_RESULTS);
    await scene.service.loadModel(STUDY, 'default');
    expect(scene.service.session(STUDY).get().opening).toEqual({
      state: 'failed',
      uid: NEW.sopInstanceUid,
      message: 'The stored report cannot be shown.',
    });
    await analysed(scene, result());
    expect(outcomeOf(scene)).not.toBeNull();
  });

  test('says so when another model is loaded', async () => {
    const scene = desk();
    scene.service.studyFound(FACTS_WITH_RESULTS);
    await settled();
    const session = scene.service.session(STUDY).get();
    const outcome = outcomeOf(scene);
    if (!outcome) throw new Error('no outcome');
    const { name, version, hash } = demoModel();
    expect(archiveCautions(session, outcome).join()).toMatch(
      /computed with the model Demonstration/,
    );
    const { provenance } = outcome.result;
    const same = { ...provenance, model: { ...provenance.model, name, version, hash } };
    const current = { ...outcome, result: { ...outcome.result, provenance: same } };
    expect(archiveCautions(session, current)).toEqual([]);
  });
});

describe('a result that is not stored', () => {
  test('is kept until it is stored', async () => {
    const scene = desk();
    scene.service.studyFound(FACTS);
    await scene.service.loadModel(STUDY, 'default');
    await analysed(scene, result());
    expect([...scene.kept.all.keys()]).toEqual(['2.25.12']);
    await scene.service.storage.store(STUDY);
    await settled();
    expect(scene.kept.all.size).toBe(0);
  });

  test('is not kept any more once its registration was rejected', async () => {
    const scene = desk();
    scene.service.studyFound(FACTS);
    await scene.service.loadModel(STUDY, 'default');
    const { registration, ...rest } = result();
    await analysed(scene, { ...rest, registration: { ...registration, review: 'rejected' } });
    expect(scene.kept.all.size).toBe(0);
  });

  test('is offered to the next tab, which can store it', async () => {
    const scene = desk();
    scene.service.studyFound(FACTS);
    await scene.service.loadModel(STUDY, 'default');
    await analysed(scene, result());
    const stored: string[] = [];
    const next = desk(
      {
        store: async (objects) =>
          void stored.push(...objects.map(({ sopInstanceUid }) => sopInstanceUid)),
      },
      ...scene.kept.all.values(),
    );
    next.service.studyFound(FACTS);
    await settled();
    expect(keepingOf(next).offers.map(({ id }) => id)).toEqual(['2.25.12']);
    await next.service.storage.storeKept(STUDY, '2.25.12');
    await settled();
    expect(stored).toEqual(['2.25.11', '2.25.12']);
    expect([outcomeOf(next)?.storing.phase, keepingOf(next).offers]).toEqual(['stored', []]);
    expect(next.kept.all.size).toBe(0);
  });

  test('is gone when it was discarded, offered or shown', async () => {
    const scene = desk();
    scene.service.studyFound(FACTS);
    await scene.service.loadModel(STUDY, 'default');
    await analysed(scene, result());
    const next = desk({}, ...scene.kept.all.values());
    next.service.studyFound(FACTS);
    await settled();
    await next.service.storage.discard(STUDY, '2.25.12');
    expect([keepingOf(next).offers, next.kept.all.size]).toEqual([[], 0]);
    await scene.service.storage.discard(STUDY, '2.25.12');
    expect([outcomeOf(scene), scene.kept.all.size]).toEqual([null, 0]);
    expect(scene.service.hasUnsavedWork()).toBe(false);
  });

  test('is superseded by a newer one, but not when a part of it may be in the archive', async () => {
    const fails: Partial<Ports> = {
      store: async () => {
        throw new InputError('ARCHIVE_UNREACHABLE', 'The connection was lost.');
      },
    };
    const scene = desk(fails);
    scene.service.studyFound(FACTS);
    await scene.service.loadModel(STUDY, 'default');
    await analysed(scene, result('2.25.1001'));
    await analysed(scene, result('2.25.1002'));
    expect([...scene.kept.all.keys()]).toEqual(['2.25.1002']);
    await scene.service.storage.store(STUDY);
    await analysed(scene, result('2.25.1003'));
    expect([...scene.kept.all.keys()]).toEqual(['2.25.1002', '2.25.1003']);
    expect(keepingOf(scene).offers.map(({ id }) => id)).toEqual(['2.25.1002']);
  });

  test('that cannot be kept is said, and nothing stops', async () => {
    const sentence = 'This browser has no room left.';
    const fail = () => Promise.reject(new InputError('FILE_UNREADABLE', sentence));
    const scene = desk({ kept: { save: fail, find: fail, remove: fail } });
    scene.service.studyFound(FACTS);
    await scene.service.loadModel(STUDY, 'default');
    await analysed(scene, result());
    expect(keepingOf(scene).problem).toBe(sentence);
    await scene.service.storage.store(STUDY);
    expect(outcomeOf(scene)?.storing.phase).toBe('stored');
  });

  test('is not mistaken for the one that ends while it is being stored', async () => {
    let arrive: () => void = () => undefined;
    const scene = desk({ store: () => new Promise((resolve) => (arrive = resolve)) });
    scene.service.studyFound(FACTS);
    await scene.service.loadModel(STUDY, 'default');
    await analysed(scene, result('2.25.1001'));
    const storing = scene.service.storage.store(STUDY);
    const ended = scene.service.analyse(STUDY);
    scene.finish(result('2.25.1002'));
    await settled();
    arrive();
    await Promise.all([storing, ended]);
    await settled();
    expect(outcomeOf(scene)?.storing.phase).toBe('idle');
    expect([...scene.kept.all.keys()]).toEqual(['2.25.1002']);
  });
});

test('a contour drawn here counts as unsaved until a result with it is stored', async () => {
  const id = 'viewer:sts-habitat-tumour:ds-1:1';
  const segmentationId = 'sts-habitat-tumour:ds-1';
  const source = { kind: 'viewer', segmentationId, segmentIndex: 1 } as const;
  const tumours = [{ id, label: 'Tumour', source }];
  const scene = desk({
    readDrawnTumour: () => ({ kind: 'drawn', label: '', seriesInstanceUid: '', planes: [] }),
  });
  scene.service.studyFound({ ...FACTS, tumours });
  await scene.service.loadModel(STUDY, 'default');
  expect(scene.service.hasUnsavedWork()).toBe(true);
  await analysed(scene, result());
  await scene.service.storage.store(STUDY);
  expect(scene.service.hasUnsavedWork()).toBe(false);
});

test('a read-only archive is known before the work starts', async () => {
  const scene = desk({ storeRefusal: async () => 'Results cannot be stored here.' });
  scene.service.studyFound(FACTS);
  await settled();
  expect(scene.service.session(STUDY).get().readOnly).toBe('Results cannot be stored here.');
});
