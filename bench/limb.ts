/** A simulated limb of 320 x 320 x 40 voxels in both series, as the chain reads it. */
import type { GridSettings } from '../demo/settings';
import { simulateStudy } from '../demo/simulateStudy';
import type { Study } from '../src/chain/stages/read';
import type { ImageSeries } from '../src/dicom/series';

const GRID: Partial<GridSettings> = {
  columns: 320,
  rows: 320,
  slices: 40,
  inPlaneMm: 0.66,
  sliceSpacingMm: 4.2,
  sliceThicknessMm: 3.8,
};

export function limb(): Study {
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
