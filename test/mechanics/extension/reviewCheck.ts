import type { RegistrationCheck } from '../../../src/chain/analysis';

/** Three slices of 100 x 80 voxels of 2 mm, 3 mm apart; a tumour of one voxel on the middle one. */
export function reviewCheck(changes: Partial<RegistrationCheck> = {}): RegistrationCheck {
  const [columns, rows] = [100, 80];
  const tumour = new Uint8Array(columns * rows);
  tumour[40 + columns * 30] = 1;
  const plane = (z: number) => ({
    sopInstanceUid: `1.1.${z}`,
    reference: new Uint8Array(columns * rows).fill(100),
    moving: new Uint8Array(columns * rows).fill(120),
    tumour: z === 1 ? tumour : null,
  });
  return {
    reference: 'fsT2',
    series: { fsT2: '1.1', ceT1: '1.2' },
    summary: {
      applied: true,
      review: 'notReviewed',
      rotationDeg: 2.3,
      translationMm: 7.5,
      rotationLpsDeg: [0.3, -2.1, 0.9],
      translationLpsMm: [4, -2, 6],
      metricBefore: 0.412,
      metricAfter: 0.587,
      matrix: [1, 0, 0, 4, 0, 1, 0, -2, 0, 0, 1, 6, 0, 0, 0, 1],
    },
    flags: [],
    sameFrame: true,
    grid: {
      size: [columns, rows, 3],
      spacingMm: [2, 2, 3],
      originMm: [0, 0, 0],
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    },
    tumourCentreMm: [80, 60, 3],
    planes: [0, 1, 2].map(plane),
    ...changes,
  };
}
