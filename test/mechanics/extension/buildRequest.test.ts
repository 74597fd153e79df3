import {
  buildRequest,
  requireAge,
  roleDoubts,
  rolesProblem,
  type RequestSurroundings,
} from '../../../extension/src/services/buildRequest';
import { newSession } from '../../../extension/src/services/session';
import { FACTS, play, readySession, STUDY } from './session';

const viewer: RequestSurroundings = {
  imageSource: (studyInstanceUid) => ({
    kind: 'dicomweb',
    root: 'http://archive/dicom-web',
    headers: {},
    studyInstanceUid,
  }),
  readDrawnTumour: (choice) => ({
    kind: 'drawn',
    label: choice.label,
    seriesInstanceUid: '1.2.3.1',
    planes: [],
  }),
};

describe('buildRequest', () => {
  it('takes the choices of the panel', () => {
    const session = readySession();
    expect(buildRequest(session, viewer)).toEqual({
      source: viewer.imageSource(STUDY),
      series: { fsT2: '1.2.3.1', ceT1: '1.2.3.2' },
      tumour: { kind: 'seg', seriesInstanceUid: '1.2.3.9', segmentNumber: 1 },
      age: 26,
      ageOrigin: 'study',
      batch: null,
      model: session.model.current?.json,
    });
  });

  it('reads a drawn tumour from the viewer', () => {
    const drawn = {
      id: 'viewer:s:2',
      label: 'Segment 2',
      source: { kind: 'viewer', segmentationId: 's', segmentIndex: 2 },
    } as const;
    const facts = { ...FACTS, tumours: [drawn] };
    const session = readySession({ type: 'study/found', facts });
    expect(buildRequest(session, viewer).tumour).toEqual({
      kind: 'drawn',
      label: 'Segment 2',
      seriesInstanceUid: '1.2.3.1',
      planes: [],
    });
  });

  it.each([
    [
      'the same series twice',
      { type: 'role/chosen', sequence: 'ceT1', seriesUid: '1.2.3.1' },
      'SERIES_ROLE',
    ],
    [
      'a series that is not MR',
      { type: 'role/chosen', sequence: 'ceT1', seriesUid: '1.2.3.3' },
      'SERIES_ROLE',
    ],
    [
      'no second series',
      { type: 'role/chosen', sequence: 'ceT1', seriesUid: null },
      'SERIES_MISSING',
    ],
    ['no tumour', { type: 'tumour/chosen', id: null }, 'MASK_EMPTY'],
    ['no age', { type: 'age/typed', text: ' ' }, 'AGE_MISSING'],
  ] as const)('refuses %s in one sentence', (_, action, code) => {
    const build = () => buildRequest(readySession(action), viewer);
    expect(build).toThrow(expect.objectContaining({ name: 'InputError', code }));
    expect(build).toThrow(/^[^.]+\.$/);
  });

  it('refuses to run without a model', () => {
    const session = play(newSession(STUDY), { type: 'study/found', facts: FACTS });
    expect(() => buildRequest(session, viewer)).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID' }),
    );
  });
});

describe('the age', () => {
  it.each([
    ['26', 26],
    [' 26 ', 26],
    ['0.5', 0.5],
    ['26,5', 26.5],
  ])('%s is an age', (text, years) => {
    expect(requireAge(text)).toBe(years);
  });

  it.each(['', 'old', '-1', '0', '121', '26 years', 'Infinity'])('“%s” is none', (text) => {
    expect(() => requireAge(text)).toThrow(expect.objectContaining({ code: 'AGE_MISSING' }));
  });
});

it('says what is wrong with the series before Analyse is pressed', () => {
  expect(rolesProblem(readySession())).toBeNull();
  expect(
    rolesProblem(readySession({ type: 'role/chosen', sequence: 'fsT2', seriesUid: '1.2.3.2' })),
  ).toMatch(/two different series/);
});

it('doubts exchanged series, which can be analysed all the same', () => {
  expect(roleDoubts(readySession())).toEqual([]);
  const exchanged = readySession(
    { type: 'role/chosen', sequence: 'fsT2', seriesUid: '1.2.3.2' },
    { type: 'role/chosen', sequence: 'ceT1', seriesUid: '1.2.3.1' },
  );
  expect(rolesProblem(exchanged)).toBeNull();
  expect(roleDoubts(exchanged)).toEqual([
    expect.stringContaining('chosen as FS-T2WI looks T1-weighted'),
    expect.stringContaining('chosen as CE-T1WI looks T2-weighted'),
  ]);
});
