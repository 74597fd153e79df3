import { InputError } from '../../../src/chain/errors';
import type { Ports } from '../../../extension/src/services/ports';
import { analysed, desk, keepingOf, outcomeOf, result, settled } from './desk';
import { FACTS, STUDY } from './session';

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
