/**
 * npm run bench -- preprocessing: everything before the features on a simulated limb of
 * 320 x 320 x 40 voxels in both series, CPU seconds by stage; the first run compiles the code.
 */
import { readFileSync } from 'node:fs';
import { simulateStudy } from '../demo/simulateStudy';
import type { GridSettings } from '../demo/settings';
import { findStudyHabitats } from '../src/chain/studyHabitats';
import type { Study } from '../src/chain/stages/read';
import type { StageId, StageReport } from '../src/chain/stage';
import type { ImageSeries } from '../src/dicom/series';
import { parseModel } from '../src/model/parseModel';
import { elastixNodeEngine } from '../src/register/elastixNode';
import { cpuMs } from './stages';

const GRID: Partial<GridSettings> = {
  columns: 320,
  rows: 320,
  slices: 40,
  inPlaneMm: 0.66,
  sliceSpacingMm: 4.2,
  sliceThicknessMm: 3.8,
};
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

function limb(): Study {
  const { fsT2, ceT1, contour } = simulateStudy({ seed: 11, grids: { fsT2: GRID, ceT1: GRID } });
  const series = (description: string, { volume }: typeof fsT2): ImageSeries => ({
    studyInstanceUid: '',
    seriesInstanceUid: '',
    frameOfReferenceUid: '',
    description,
    volume,
    slices: [],
    header: {},
  });
  return {
    series: { fsT2: series('FS-T2WI', fsT2), ceT1: series('CE-T1WI', ceT1) },
    tumour: { drawnOn: 'fsT2', mask: contour, label: 'Tumour', algorithmType: 'MANUAL' },
  };
}
