import type { Session, StudyFacts } from '../../../extension/src/services/session';
import { newSession } from '../../../extension/src/services/session';
import { reduce, type Action } from '../../../extension/src/services/reduce';
import { demoModel } from './demoModel';

export const STUDY = '1.2.3';

export const FACTS: StudyFacts = {
  studyInstanceUid: STUDY,
  series: [
    { seriesInstanceUid: '1.2.3.1', modality: 'MR', description: 'AX T2 FS', images: 35 },
    { seriesInstanceUid: '1.2.3.2', modality: 'MR', description: 'AX T1 FS +C', images: 42 },
    { seriesInstanceUid: '1.2.3.3', modality: 'CT', description: 'Thorax', images: 200 },
  ],
  tumours: [
    {
      id: 'seg:1.2.3.9:1',
      label: 'Tumour',
      source: { kind: 'seg', seriesInstanceUid: '1.2.3.9', segmentNumber: 1 },
    },
  ],
  age: 26,
  reports: [],
};

/** A session with everything that Analyse needs. */
export function readySession(...more: readonly Action[]): Session {
  const model = demoModel();
  return play(
    newSession(STUDY),
    { type: 'study/found', facts: FACTS },
    { type: 'model/loaded', model: { model, json: model, origin: 'demonstration.json' } },
    ...more,
  );
}

export function play(session: Session, ...actions: readonly Action[]): Session {
  return actions.reduce(reduce, session);
}
