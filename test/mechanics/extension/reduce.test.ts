import { hasUnsavedWork, inputsOf, newSession } from '../../../extension/src/services/session';
import { STAGES } from '../../../src/chain/stage';
import { demoModel } from './demoModel';
import { scriptedResult } from './scriptedRun';
import { FACTS, play, readySession, STUDY } from './session';

const started = { type: 'run/started', at: 1000 } as const;
const finished = {
  type: 'run/finished',
  result: scriptedResult(),
  inputs: 'x',
  tumour: null,
  at: 9000,
} as const;
const runningRead = {
  type: 'run/reported',
  at: 1500,
  report: { stage: 'read', state: { state: 'running', fraction: 0.5 } },
} as const;

describe('choices', () => {
  it('guesses roles, tumour and age from the study', () => {
    const { setup } = readySession();
    expect(setup.roles).toEqual({ fsT2: '1.2.3.1', ceT1: '1.2.3.2' });
    expect(setup.tumourId).toBe('seg:1.2.3.9:1');
    expect(setup).toMatchObject({ age: '26', ageOrigin: 'study' });
  });

  it('guesses again while series arrive, but never against the user', () => {
    const first = { ...FACTS, series: FACTS.series.slice(0, 1) };
    const early = play(newSession(STUDY), { type: 'study/found', facts: first });
    expect(early.setup.roles.ceT1).toBeNull();
    expect(play(early, { type: 'study/found', facts: FACTS }).setup.roles.ceT1).toBe('1.2.3.2');

    const chosen = play(early, { type: 'role/chosen', sequence: 'ceT1', seriesUid: '1.2.3.1' });
    expect(play(chosen, { type: 'study/found', facts: FACTS }).setup.roles.ceT1).toBe('1.2.3.1');
  });

  it('keeps a typed age and a chosen tumour', () => {
    const drawn = {
      id: 'viewer:s:1',
      label: 'Segment 1',
      source: { kind: 'viewer', segmentationId: 's', segmentIndex: 1 },
    } as const;
    const facts = { ...FACTS, tumours: [...FACTS.tumours, drawn], age: 31 };
    const session = readySession(
      { type: 'age/typed', text: '44' },
      { type: 'study/found', facts },
      { type: 'tumour/chosen', id: drawn.id },
      { type: 'study/found', facts },
    );
    expect(session.setup).toMatchObject({ age: '44', ageOrigin: 'entered', tumourId: drawn.id });
  });

  it('guesses the tumour again while contours arrive', () => {
    const copy = { ...FACTS.tumours[0], id: 'seg:9.9:1' };
    const session = play(
      newSession(STUDY),
      { type: 'study/found', facts: { ...FACTS, tumours: [copy] } },
      { type: 'study/found', facts: { ...FACTS, tumours: [...FACTS.tumours, copy] } },
    );
    expect(session.setup.tumourId).toBe(FACTS.tumours[0].id);
  });

  it('falls back to another tumour when the chosen one is deleted', () => {
    const session = readySession({ type: 'tumour/chosen', id: 'viewer:gone:1' });
    const again = play(session, { type: 'study/found', facts: FACTS });
    expect(again.setup.tumourId).toBe('seg:1.2.3.9:1');
  });

  it('forgets the scanner batch when a model without it is loaded', () => {
    const session = readySession({ type: 'batch/chosen', batch: 'centre A' });
    const model = demoModel({ name: 'Other' });
    const other = play(session, {
      type: 'model/loaded',
      model: { model, json: model, origin: 'other.json' },
    });
    expect(other.setup.batch).toBeNull();
  });

  it('keeps the working model when a file is refused', () => {
    const session = readySession(
      { type: 'model/loading' },
      { type: 'model/refused', message: 'No.' },
    );
    expect(session.model).toMatchObject({ loading: false, refusal: 'No.' });
    expect(session.model.current?.model.name).toBe('Demonstration');
  });
});

describe('a run', () => {
  it('starts with every stage waiting and takes reports', () => {
    const session = readySession(started, runningRead);
    expect(session.run.phase).toBe('running');
    if (session.run.phase !== 'running') return;
    expect(Object.keys(session.run.stages)).toHaveLength(STAGES.length);
    expect(session.run.stages.read).toEqual({ state: runningRead.report.state, startedAt: 1500 });
    expect(session.run.stages.register.state).toEqual({ state: 'waiting' });
  });

  it('keeps the time at which a stage started while its progress grows', () => {
    const later = { ...runningRead, at: 4000 };
    const { run } = readySession(started, runningRead, later);
    expect(run.phase === 'running' && run.stages.read.startedAt).toBe(1500);
  });

  it('gives the reason to the stage that failed', () => {
    const { run } = readySession(started, runningRead, {
      type: 'run/failed',
      message: 'Slice 4 is missing.',
    });
    expect(run).toMatchObject({
      phase: 'failed',
      message: 'Slice 4 is missing.',
      stages: { read: { state: { state: 'failed', reason: 'Slice 4 is missing.' } } },
    });
  });

  it('keeps what the chain itself said about the failed stage', () => {
    const failedRead = {
      type: 'run/reported',
      at: 2000,
      report: { stage: 'read', state: { state: 'failed', reason: 'From the chain.' } },
    } as const;
    const { run } = readySession(started, failedRead, { type: 'run/failed', message: 'Sentence.' });
    expect(run).toMatchObject({ stages: { read: { state: { reason: 'From the chain.' } } } });
  });

  it('ignores what arrives after its end', () => {
    const cancelled = readySession(started, { type: 'run/cancelling' }, { type: 'run/cancelled' });
    expect(play(cancelled, runningRead, finished)).toEqual(cancelled);
  });

  it('keeps the earlier result until a newer one is there', () => {
    const first = readySession(started, finished);
    const again = play(first, { ...started, at: 20_000 }, { type: 'run/failed', message: 'No.' });
    expect(again.outcome).toBe(first.outcome);
  });

  it('says whether leaving the page would lose something', () => {
    expect(hasUnsavedWork(readySession())).toBe(false);
    expect(hasUnsavedWork(readySession(started))).toBe(true);
    const done = readySession(started, finished);
    expect(hasUnsavedWork(done)).toBe(true);
    const stored = play(done, { type: 'store/started' }, { type: 'store/finished' });
    expect(hasUnsavedWork(stored)).toBe(false);
  });

  it('tells a result from other choices', () => {
    const session = readySession();
    expect(inputsOf(play(session, { type: 'age/typed', text: '26' }))).toBe(inputsOf(session));
    expect(inputsOf(play(session, { type: 'age/typed', text: '27' }))).not.toBe(inputsOf(session));
  });
});

describe('storing', () => {
  const done = readySession(started, finished);
  const storing = play(done, { type: 'store/started' });

  it('follows each object', () => {
    const session = play(storing, { type: 'store/stepped', kind: 'SEG', state: { state: 'sent' } });
    expect(session.outcome?.storing).toMatchObject({
      phase: 'storing',
      objects: { SEG: { state: 'sent' }, SR: { state: 'waiting' } },
    });
  });

  it('marks what was under way as failed, keeps what is verified and the result', () => {
    const session = play(
      storing,
      { type: 'store/stepped', kind: 'SEG', state: { state: 'verified' } },
      { type: 'store/stepped', kind: 'SR', state: { state: 'sending' } },
      { type: 'store/failed', message: 'The archive refused.' },
    );
    expect(session.outcome?.storing).toMatchObject({
      phase: 'failed',
      message: 'The archive refused.',
      objects: {
        SEG: { state: 'verified' },
        SR: { state: 'failed', reason: 'The archive refused.' },
      },
    });
    expect(session.outcome?.result).toBe(finished.result);

    const retried = play(session, { type: 'store/started' });
    expect(retried.outcome?.storing.objects).toEqual({
      SEG: { state: 'verified' },
      SR: { state: 'waiting' },
    });
  });

  it('does nothing without a result', () => {
    const session = readySession();
    expect(play(session, { type: 'store/started' })).toBe(session);
  });
});
