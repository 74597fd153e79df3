import { ageAtStudy } from '../../../src/dicom/patientAge';

test.each([
  [{ patientAge: '061Y' }, 61],
  [{ patientAge: '018M' }, 1.5],
  [{ patientAge: '061Y', patientBirthDate: '20000101', studyDate: '20260101' }, 61],
  [{ patientBirthDate: '19650402', studyDate: '20260401' }, 60],
  [{ patientBirthDate: '19650402', studyDate: '20260402' }, 61],
  [{ patientAge: '61', patientBirthDate: '', studyDate: '20260403' }, null],
  [{ patientBirthDate: '19651302', studyDate: '20260403' }, null],
  [{ patientBirthDate: '20300101', studyDate: '20260403' }, null],
  [{}, null],
])('%j is %p years', (attributes, years) => {
  const age = ageAtStudy(attributes);
  if (years === null) expect(age).toBeNull();
  else expect(age).toBeCloseTo(years, 3);
});
