import type { CohortPatient } from './simulatedCohort';

/** Tables of the cohort as a site would keep them, and the truth that no site has. */
export function manifestTable(patients: readonly CohortPatient[]): string {
  return csv(['patient', 'cohort', 'dicom', 'age', 'batch'], patients, (patient) => [
    patient.id,
    patient.cohort,
    `studies/${patient.id}`,
    patient.ageYears,
    patient.centre,
  ]);
}

export function clinicalTable(patients: readonly CohortPatient[]): string {
  const columns = ['patient', 'time', 'event', 'age', 'batch', 'size_mm'];
  return csv(columns, patients, (patient) => [
    patient.id,
    patient.months,
    patient.event,
    patient.ageYears,
    patient.centre,
    patient.sizeMm,
  ]);
}

export function truthTable(patients: readonly CohortPatient[]): string {
  return csv(['patient', 'viable', 'oedema', 'age', 'log_hazard'], patients, (patient) => [
    patient.id,
    patient.truth.viable,
    patient.truth.oedema,
    patient.ageYears,
    patient.truth.logHazard,
  ]);
}

function csv(
  columns: readonly string[],
  patients: readonly CohortPatient[],
  cells: (patient: CohortPatient) => readonly (string | number)[],
): string {
  return [columns, ...patients.map(cells)].map((row) => `${row.join(',')}\n`).join('');
}
