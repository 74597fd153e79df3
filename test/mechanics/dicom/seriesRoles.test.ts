import { roleDoubt } from '../../../src/dicom/roleDoubt';
import type { SeriesDescriptor } from '../../../src/dicom/sequenceSigns';
import { guessSeriesRoles, requireSeriesRoles } from '../../../src/dicom/seriesRoles';

function mr(
  uid: string,
  description: string,
  more: Partial<SeriesDescriptor> = {},
): SeriesDescriptor {
  return { seriesInstanceUid: uid, modality: 'MR', description, images: 30, ...more };
}

describe('guessing the roles of the series', () => {
  test.each([
    [
      'descriptions alone',
      [mr('1', 'T1 TSE ax'), mr('2', 'T2 TSE FS ax'), mr('3', 'T1 TSE FS ax +Gd')],
      '2',
      '3',
    ],
    ['a STIR stands for FS-T2', [mr('1', 'STIR cor'), mr('2', 'T1 VIBE post contrast')], '1', '2'],
    [
      'vendor names',
      [mr('1', 't2_tse_fs_tra'), mr('2', 't1_tse_fs_tra_KM'), mr('3', 't1_tse_tra')],
      '1',
      '2',
    ],
    [
      'timing and the contrast tag where descriptions say nothing',
      [
        mr('1', 'Series 4', { echoTimeMs: 85, repetitionTimeMs: 4200, scanOptions: ['FS'] }),
        mr('2', 'Series 5', { echoTimeMs: 12, repetitionTimeMs: 620 }),
        mr('3', 'Series 6', { echoTimeMs: 12, repetitionTimeMs: 620, contrastAgent: 'Gadobutrol' }),
      ],
      '1',
      '3',
    ],
    [
      'diffusion, localizers and subtractions are not taken',
      [
        mr('1', 'DWI b800 T2'),
        mr('2', 'localizer'),
        mr('3', 'T2 FS ax'),
        mr('4', 'T1 post subtraction'),
        mr('5', 'T1 FS post'),
      ],
      '3',
      '5',
    ],
    [
      'the fat-suppressed T2 wins over the plain one',
      [mr('1', 'T2 TSE ax'), mr('2', 'T2 SPAIR ax'), mr('3', 'T1 +C')],
      '2',
      '3',
    ],
  ])('%s', (_name, series, fsT2, ceT1) => {
    expect(guessSeriesRoles(series)).toEqual({ fsT2, ceT1 });
  });

  test('nothing is guessed where nothing fits', () => {
    expect(
      guessSeriesRoles([mr('1', 'CT thorax', { modality: 'CT' }), mr('2', 'localizer')]),
    ).toEqual({
      fsT2: null,
      ceT1: null,
    });
    expect(guessSeriesRoles([mr('1', 'T2 TSE FS ax')])).toEqual({ fsT2: '1', ceT1: null });
  });
});

describe('refusing roles that cannot be right', () => {
  const series = [mr('1', 'T2 FS'), mr('2', 'T1 +Gd'), mr('3', 'SEG', { modality: 'SEG' })];

  test.each([
    [{ fsT2: '1', ceT1: '1' }, 'choose two different series'],
    [{ fsT2: '1', ceT1: null }, 'No CE-T1WI series is chosen'],
    [{ fsT2: null, ceT1: '2' }, 'No FS-T2WI series is chosen'],
    [{ fsT2: '3', ceT1: '2' }, 'is SEG, not MR'],
    [{ fsT2: '9', ceT1: '2' }, 'is not in this study'],
  ])('%j', (roles, sentence) => {
    expect(() => requireSeriesRoles(roles, series)).toThrow(sentence);
  });

  test('accepts two different MR series', () => {
    expect(requireSeriesRoles({ fsT2: '1', ceT1: '2' }, series)).toEqual({ fsT2: '1', ceT1: '2' });
  });
});

describe('doubts about a chosen series', () => {
  const t2 = mr('1', 'T2 TSE FS ax', { echoTimeMs: 85, repetitionTimeMs: 4200 });
  const t1 = mr('2', 'T1 TSE FS ax +Gd', { echoTimeMs: 12, repetitionTimeMs: 620 });

  test('none of series that look like what they are chosen as', () => {
    expect(roleDoubt('fsT2', t2)).toBeNull();
    expect(roleDoubt('ceT1', t1)).toBeNull();
    expect(roleDoubt('fsT2', mr('3', 'STIR cor', { echoTimeMs: 25 }))).toBeNull();
  });

  test('none of series that tell nothing', () => {
    expect(roleDoubt('fsT2', mr('4', 'Series 4'))).toBeNull();
    expect(roleDoubt('ceT1', mr('5', ''))).toBeNull();
  });

  test.each([
    ['exchanged series', 'fsT2', t1, 'looks T1-weighted (echo time 12 ms)'],
    ['exchanged series', 'ceT1', t2, 'looks T2-weighted (echo time 85 ms)'],
    ['times only', 'fsT2', mr('6', 'Series 6', { echoTimeMs: 10 }), 'looks T1-weighted'],
    ['no fat suppression', 'fsT2', mr('7', 'T2 TSE ax'), 'fat suppression'],
    ['before contrast', 'ceT1', mr('8', 'T1 TSE ax'), 'contrast agent'],
    ['says so itself', 'ceT1', mr('9', 'T1 pre', { contrastAgent: 'Gd' }), 'contrast agent'],
  ] as const)('%s', (_name, sequence, series, sentence) => {
    expect(roleDoubt(sequence, series)).toContain(sentence);
  });
});
