/** Simulates patients of the cohort in a thread of its own; `workerData`: a `SimulationJob`. */
import { parentPort, workerData } from 'node:worker_threads';
import { writePatients, type SimulationJob } from './writePatients';

writePatients(workerData as SimulationJob, (id) => parentPort?.postMessage(id));
