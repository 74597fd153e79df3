import type { SimulationOptions } from './settings';
import { simulateStudy } from './simulateStudy';
import { studyIds } from './studyIds';
import type { StudyIds } from './studyIds';
import { writeStudy } from './writeStudy';

export interface DemoStudy {
  readonly key: 'demo-one' | 'demo-two';
  readonly description: string;
  readonly options: SimulationOptions;
  readonly ids: StudyIds;
}

/** The two studies that `npm start` loads into an empty archive. */
export const DEMO_STUDIES: readonly [DemoStudy, DemoStudy] = [
  {
    key: 'demo-one',
    description: 'Left thigh, mass in the vastus lateralis; frames of whole bytes',
    ids: studyIds('demo-one'),
    options: {
      seed: 11,
      patient: {
        name: 'SIMULATED^Demo One',
        id: 'SIM-DEMO-1',
        sex: 'F',
        birthDate: '19640907',
        ageYears: 61,
        studyDate: '20260119',
      },
      side: 'left',
      site: 'vastus lateralis',
      tumourDiameterMm: 56,
      fatStreaks: 0.75,
      build: { scale: 0.98, fatMm: 15 },
    },
  },
  {
    key: 'demo-two',
    description: 'Right thigh, mass in the adductors; rows x columns not a multiple of 8',
    ids: studyIds('demo-two'),
    options: {
      seed: 29,
      patient: {
        name: 'SIMULATED^Demo Two',
        id: 'SIM-DEMO-2',
        sex: 'M',
        birthDate: '19780322',
        ageYears: 47,
        studyDate: '20260204',
      },
      side: 'right',
      site: 'adductors',
      tumourDiameterMm: 50,
      fatStreaks: 0.4,
      build: { scale: 1.02, fatMm: 9 },
      habitats: { fractions: [0.38, 0.24, 0.38], patchMm: 24 },
      peritumour: { oedema: 0.55, extentMm: 7 },
      grids: {
        fsT2: {
          columns: 250,
          rows: 226,
          slices: 34,
          inPlaneMm: 0.88,
          sliceSpacingMm: 3.85,
          sliceThicknessMm: 3.5,
          tiltDeg: [-2.6, 1.9, -2.1],
        },
        ceT1: {
          columns: 224,
          rows: 208,
          slices: 30,
          inPlaneMm: 0.96,
          sliceSpacingMm: 4.4,
          sliceThicknessMm: 4,
          tiltDeg: [2.3, -2.9, 1.4],
        },
      },
    },
  },
];

/** Part 10 files by file name; some 10 MB. */
export function demoStudyFiles({ options, ids }: DemoStudy): Map<string, Uint8Array> {
  return writeStudy(simulateStudy(options), ids);
}
