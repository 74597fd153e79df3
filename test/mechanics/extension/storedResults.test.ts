import { InputError } from '../../../src/chain/errors';
import type { ReportIdentity } from '../../../src/dicom/sr/reportIdentity';
import { archiveCautions } from '../../../extension/src/services/archiving';
import { demoModel } from './demoModel';
import { analysed, desk, outcomeOf, result, settled } from './desk';
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

test('a read-only archive is known before the work starts', async () => {
  const scene = desk({ storeRefusal: async () => 'Results cannot be stored here.' });
  scene.service.studyFound(FACTS);
  await settled();
  expect(scene.service.session(STUDY).get().readOnly).toBe('Results cannot be stored here.');
});
