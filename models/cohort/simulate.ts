import { mkdirSync } from 'node:fs';
import { Worker } from 'worker_threads';
import type { CohortPatient } from './simulatedCohort';
import { writePatients, type SimulationJob } from './writePatients';

/** Simulates the patients on several threads: every patient by his own seed, so the order is free. */
export async function simulatePatients(
  folder: string,
  patients: readonly CohortPatient[],
  threads: number,
  onDone: (done: number) => void,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  let done = 0;
  const count = (): void => onDone(++done);
  if (threads < 2) return writePatients({ folder, patients }, count);
  await Promise.all(
    Array.from({ length: threads }, (_, thread) => {
      const own = patients.filter((_patient, i) => i % threads === thread);
      return inWorker({ folder, patients: own }, count);
    }),
  );
}

function inWorker(job: SimulationJob, count: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./simulate.worker.ts', import.meta.url), {
      workerData: job,
    });
    worker.on('message', count);
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
}
