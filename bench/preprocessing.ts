/**
 * npm run bench -- preprocessing: everything before the features on a simulated limb of
 * 320 x 320 x 40 voxels in both series, CPU seconds by stage; the first run compiles the code.
 */
import { readFileSync } from 'node:fs';
import { findStudyHabitats } from '../src/chain/studyHabitats';
import type { StageId, StageReport } from '../src/chain/stage';
import { parseModel } from '../src/model/parseModel';
import { elastixNodeEngine } from '../src/register/elastixNode';
import { limb } from './limb';
import { cpuMs } from './stages';

const RUNS = 3;

export async function benchPreprocessing(): Promise<void> {
  const model = parseModel(JSON.parse(readFileSync('models/demonstration.json', 'utf8')));
  const study = limb();
  for (let run = 1; run <= RUNS; run++) {
    const seconds = new Map<StageId, number>();
    let started = cpuMs();
    const report = ({ stage, state }: StageReport): void => {
      if (state.state === 'running' && state.fraction === 0) started = cpuMs();
      if (state.state === 'done') seconds.set(stage, (cpuMs() - started) / 1000);
    };
    const began = cpuMs();
    await findStudyHabitats(
      () => ({ value: study, note: '' }),
      model,
      { register: true, corrected: false },
      elastixNodeEngine,
      { signal: new AbortController().signal, report },
    );
    const stages = [...seconds].map(([stage, time]) => `${stage} ${time.toFixed(2)}`);
    console.log(`Run ${run}: ${((cpuMs() - began) / 1000).toFixed(2)} CPU s: ${stages.join(', ')}`);
  }
}
