import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { simulateStudy } from '../../demo/simulateStudy';
import { studyIds } from '../../demo/studyIds';
import { writeStudy } from '../../demo/writeStudy';
import type { CohortPatient } from './simulatedCohort';

export interface SimulationJob {
  /** A folder of DICOM files for each patient is made in it. */
  readonly folder: string;
  readonly patients: readonly CohortPatient[];
}

/** Patients who are there already are left alone; a folder appears when it is whole. */
export function writePatients(job: SimulationJob, onDone: (id: string) => void): void {
  for (const { id, images } of job.patients) {
    const folder = path.join(job.folder, id);
    if (!existsSync(folder)) {
      const aside = `${folder}.unfinished`;
      rmSync(aside, { recursive: true, force: true });
      for (const [name, bytes] of writeStudy(simulateStudy(images), studyIds(`cohort ${id}`))) {
        const file = path.join(aside, name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, bytes);
      }
      renameSync(aside, folder);
    }
    onDone(id);
  }
}
