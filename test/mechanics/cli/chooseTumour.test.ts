import { chooseTumour } from '../../../cli/chooseTumour';
import type { TumourCandidate } from '../../../cli/study';

function segment(
  seriesInstanceUid: string,
  number: number,
  label: string,
  fromResult = false,
): TumourCandidate {
  return {
    kind: 'seg',
    seriesInstanceUid,
    number,
    label,
    fromResult,
    referencedSeriesUid: '1.1',
    seriesDescription: 'contour',
  };
}

const contour = segment('1.2', 1, 'Tumour');
const oedema = segment('1.2', 2, 'Oedema');
const result = segment('1.3', 1, 'Tumour', true);
const roi: TumourCandidate = { ...segment('1.4', 7, 'GTV'), kind: 'rtstruct' };

test.each([
  [
    'the only one',
    [contour],
    undefined,
    { kind: 'seg', seriesInstanceUid: '1.2', segmentNumber: 1 },
  ],
  [
    'not the copy in an earlier result',
    [result, contour],
    undefined,
    { segmentNumber: 1, seriesInstanceUid: '1.2' },
  ],
  ['by name', [contour, oedema], '1.2:Oedema', { segmentNumber: 2 }],
  ['by number', [contour, oedema], '1.2:1', { segmentNumber: 1 }],
  ['a series with one segment', [contour, roi], '1.4', { kind: 'rtstruct', roiNumber: 7 }],
  ['a result when it is asked for', [contour, result], '1.3', { seriesInstanceUid: '1.3' }],
])('takes %s', (_name, candidates, wanted, source) => {
  expect(chooseTumour(candidates, wanted)).toMatchObject(source);
});

test.each([
  [[], undefined, 'holds no SEG and no RTSTRUCT'],
  [[contour, oedema], undefined, '2 candidates for the tumour'],
  [[result], undefined, 'only tumours of earlier results'],
  [[contour, oedema], '1.2', 'names 2 segments'],
  [[contour], '1.2:Tumor', 'has no tumour “1.2:Tumor”: name one of 1.2:Tumour'],
])('refuses what is not one tumour (%#)', (candidates, wanted, sentence) => {
  expect(() => chooseTumour(candidates, wanted)).toThrow(sentence);
});
