import { withRequestedAge } from '../../../src/chain/requestedAge';

const codes = (age: number, ageOrigin: 'study' | 'entered', PatientAge: string): string[] => {
  const { flags = [] } = withRequestedAge(
    { value: null, note: '' },
    { age, ageOrigin },
    { PatientAge },
  );
  return flags.map(({ code }) => code);
};

describe('the age of the request', () => {
  test('that differs from the study is cautioned', () => {
    expect(codes(61, 'entered', '047Y')).toEqual(['AGE_DIFFERS']);
  });

  test.each([
    ['the same', 47, 'entered', '047Y'],
    ['part of a year apart', 47.6, 'entered', '047Y'],
    ['taken from the study', 47, 'study', '047Y'],
    ['not in the study', 47, 'entered', ''],
    ['over 89 in a de-identified study', 93, 'entered', '090Y'],
  ] as const)('%s: no caution', (_name, age, origin, ofStudy) => {
    expect(codes(age, origin, ofStudy)).toEqual([]);
  });

  test('its origin stands in the note', () => {
    const outcome = { value: null, note: 'two series' };
    expect(withRequestedAge(outcome, { age: 61, ageOrigin: 'entered' }, {}).note).toBe(
      'two series; age 61 years, as entered',
    );
  });
});
