import { SILENT_RUN } from '../../../src/chain/stage';
import { bodyMask, unionOfBodies } from '../../../src/regions/bodyMask';
import { deriveRegions } from '../../../src/regions/deriveRegions';
import {
  combineLabels,
  labelsOnMoving,
  labelsOnReference,
  RING,
  UNLABELLED_TUMOUR,
} from '../../../src/regions/regionsOnSeries';
import { translation } from '../../../src/register/rigidMotion';
import { IDENTITY_DIRECTION, IDENTITY_TRANSFORM } from '../../../src/volume/geometry';
import type { Grid, Mask, Vec3 } from '../../../src/volume/volume';

function gridOf(size: Vec3, spacingMm: Vec3 = [1, 1, 1], originMm: Vec3 = [0, 0, 0]): Grid {
  return { size, spacingMm, originMm, direction: IDENTITY_DIRECTION };
}

function fill(grid: Grid, inside: (p: Vec3) => boolean): Mask {
  const [nx, ny, nz] = grid.size;
  const data = new Uint8Array(nx * ny * nz);
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        const p: Vec3 = [x * grid.spacingMm[0], y * grid.spacingMm[1], z * grid.spacingMm[2]];
        data[i] = inside(p) ? 1 : 0;
      }
    }
  }
  return { grid, data };
}

const count = ({ data }: Mask): number => data.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);

describe('the ring', () => {
  const grid = gridOf([60, 60, 60]);
  const tumour = fill(grid, ([x, y, z]) => Math.hypot(x - 30, y - 30, z - 30) <= 8);
  const all = fill(grid, () => true);

  it('loses what lies in air, and says which part', () => {
    const left = fill(grid, ([x]) => x < 30);
    const whole = deriveRegions(tumour, all, { ringWidthMm: 10 });
    const half = deriveRegions(tumour, left, { ringWidthMm: 10 });
    expect(half.ring.data.every((value, i) => value <= left.data[i])).toBe(true);
    expect(half.clippedFraction).toBeCloseTo(1 - count(half.ring) / count(whole.ring), 12);
    expect(whole.clippedFraction).toBe(0);
  });

  it('loses what lies outside the field of view', () => {
    const edge = fill(grid, ([x, y, z]) => Math.hypot(x, y - 30, z - 30) <= 8);
    const { clippedFraction } = deriveRegions(edge, all, { ringWidthMm: 10 });
    expect(clippedFraction).toBeGreaterThan(0.4);
    expect(clippedFraction).toBeLessThan(0.6);
  });

  it('and the tumour make the expansion, without overlap', () => {
    const { ring, expansion } = deriveRegions(tumour, all, { ringWidthMm: 10 });
    expect(count(expansion)).toBe(count(ring) + count(tumour));
    expect(ring.data.some((value, i) => value === 1 && tumour.data[i] === 1)).toBe(false);
  });

  it('leaves a second lesion out, and both are counted', () => {
    const two = fill(
      grid,
      ([x, y, z]) =>
        Math.hypot(x - 20, y - 30, z - 30) <= 6 || Math.hypot(x - 38, y - 30, z - 30) <= 5,
    );
    const { ring, lesionVoxels } = deriveRegions(two, all, { ringWidthMm: 10 });
    expect(lesionVoxels).toHaveLength(2);
    expect(lesionVoxels[0]).toBeGreaterThan(lesionVoxels[1]);
    expect(ring.data.some((value, i) => value === 1 && two.data[i] === 1)).toBe(false);
  });

  it('of nothing is refused', () => {
    const nothing = fill(grid, () => false);
    expect(() => deriveRegions(nothing, all, { ringWidthMm: 10 })).toThrow(
      'The tumour region is empty: draw or choose another one.',
    );
  });
});

describe('the body', () => {
  const grid = gridOf([40, 40, 6]);

  it('holds dark fat and marrow inside bright skin, and no air', () => {
    const disc = (p: Vec3, radius: number): boolean => Math.hypot(p[0] - 20, p[1] - 20) <= radius;
    const limb = fill(grid, (p) => disc(p, 15));
    let noise = 0;
    const data = Float32Array.from(limb.data, (inside, i) => {
      noise = (noise * 16807 + 11) % 97;
      const x = (i % 40) - 20;
      const y = (Math.floor(i / 40) % 40) - 20;
      if (inside === 0) return 2 + noise / 20;
      if (Math.hypot(x - 3, y) <= 3) return 900;
      return Math.hypot(x, y) <= 5 ? 4 : 120;
    });
    expect(bodyMask({ stage: 'native', grid, data }).data).toEqual(limb.data);
    // A rescale intercept below 0 moves the values and not the patient.
    for (const intercept of [-150, -1024, -5000]) {
      const moved = data.map((value) => value + intercept);
      expect(bodyMask({ stage: 'native', grid, data: moved }).data).toEqual(limb.data);
      const whole = Int16Array.from(moved, Math.round);
      expect(bodyMask({ stage: 'native', grid, data: whole }).data).toEqual(limb.data);
    }
  });

  it('is what either series shows', () => {
    const left = fill(grid, ([x]) => x < 10);
    const right = fill(grid, ([x]) => x >= 30);
    const union = unionOfBodies(left, right, IDENTITY_TRANSFORM, SILENT_RUN);
    expect(count(union)).toBe(count(left) + count(right));
    const moved = unionOfBodies(left, right, translation([5, 0, 0]), SILENT_RUN);
    expect(moved.data[24]).toBe(0);
    expect(moved.data[25]).toBe(1);
  });
});

describe('labels on the series', () => {
  const fine = gridOf([40, 40, 40]);
  const native = gridOf([50, 50, 10], [0.8, 0.8, 4]);
  const inTumour = ([x, y, z]: Vec3): boolean => Math.hypot(x - 18, y - 18, z - 18) <= 9;
  const tumour = fill(native, inTumour);
  const onFine = fill(fine, inTumour);
  const body = fill(native, () => true);
  const habitats = {
    grid: fine,
    data: onFine.data.map((value, i) => (value === 0 ? 0 : 1 + (i % 3))),
  };
  const ring = fill(fine, (p) => !inTumour(p) && Math.hypot(p[0] - 18, p[1] - 18, p[2] - 18) <= 14);

  it('partition the drawn tumour exactly', () => {
    const labels = labelsOnReference(combineLabels(habitats, onFine, ring), tumour, body);
    labels.data.forEach((label, i) => {
      expect(label >= 1 && label <= 3).toBe(tumour.data[i] === 1);
    });
    expect(labels.data.includes(RING)).toBe(true);
  });

  it('keep what one series does not cover as tumour without a habitat', () => {
    const covered = { grid: fine, data: habitats.data.map((v, i) => (i % 40 < 18 ? v : 0)) };
    const labels = labelsOnReference(combineLabels(covered, onFine, ring), tumour, body);
    const unlabelled = {
      grid: native,
      data: labels.data.map((l) => (l === UNLABELLED_TUMOUR ? 1 : 0)),
    };
    expect(count(unlabelled)).toBeGreaterThan(0);
    labels.data.forEach((label, i) => {
      expect(label >= 1 && label <= UNLABELLED_TUMOUR).toBe(tumour.data[i] === 1);
    });
  });

  it('move with the other series', () => {
    const labels = combineLabels(habitats, onFine, ring);
    const moved = labelsOnMoving(
      labels,
      gridOf([40, 40, 40], [1, 1, 1], [7, 0, 0]),
      translation([7, 0, 0]),
    );
    expect(moved.data).toEqual(labels.data);
  });
});
