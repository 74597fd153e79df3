import { createHash } from 'node:crypto';
import { DEFAULTS } from '../../../demo/settings';
import { simulateStudy } from '../../../demo/simulateStudy';
import type { SimulatedStudy } from '../../../demo/simulateStudy';
import { TISSUE } from '../../../demo/tissues';
import {
  applyToPoint,
  determinant3,
  indexToWorld,
  invertAffine,
} from '../../../src/volume/geometry';
import type { Mat4 } from '../../../src/volume/geometry';
import type { Grid, Mat3, Samples, Vec3 } from '../../../src/volume/volume';
import { SMALL_IDEAL_STUDY, SMALL_STUDY } from '../../fixtures/smallStudy';

const study = simulateStudy(SMALL_STUDY);
const ideal = simulateStudy(SMALL_IDEAL_STUDY);

function hash(data: Samples): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return createHash('sha256').update(bytes).digest('hex');
}

function fingerprint({ fsT2, ceT1, contour, truth }: SimulatedStudy): string[] {
  return [fsT2.volume, ceT1.volume, contour, truth.tissues, truth.logBias.fsT2].map(({ data }) =>
    hash(data),
  );
}

function forEachVoxel(grid: Grid, visit: (pointMm: Vec3, i: number) => void): void {
  const toWorld = indexToWorld(grid);
  const [nx, ny, nz] = grid.size;
  for (let k = 0, i = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let x = 0; x < nx; x++, i++) visit(applyToPoint(toWorld, [x, j, k]), i);
    }
  }
}

/** Mean of the voxels that `choose` accepts. */
function meanWhere(data: ArrayLike<number>, choose: (i: number) => boolean): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    if (!choose(i)) continue;
    sum += data[i];
    count++;
  }
  return sum / count;
}

/** The tissue under each voxel of CE-T1WI, when the patient moved by `motion`. */
function tissuesOnCeT1({ ceT1, truth }: SimulatedStudy, motion: Mat4): Uint8Array {
  const back = invertAffine(motion);
  const labels = new Uint8Array(ceT1.volume.data.length);
  forEachVoxel(ceT1.volume.grid, (p, i) => {
    labels[i] = truth.tissueAt(applyToPoint(back, p));
  });
  return labels;
}

describe('a simulated study', () => {
  it('is the same for the same options and another for another seed', () => {
    const again = simulateStudy(SMALL_STUDY);
    expect(fingerprint(again)).toEqual(fingerprint(study));
    expect(again.fsT2.volume.grid).toEqual(study.fsT2.volume.grid);
    expect(again.truth.fsT2ToCeT1).toEqual(study.truth.fsT2ToCeT1);
    const other = simulateStudy({ ...SMALL_STUDY, seed: 5 });
    fingerprint(other).forEach((hash, i) => {
      expect(hash).not.toBe(fingerprint(study)[i]);
    });
  });

  it('stores 12-bit integers with muscle where clinical images have it', () => {
    const muscle = (i: number) => study.truth.tissues.data[i] === TISSUE.muscle;
    expect(study.fsT2.volume.data.reduce((a, b) => Math.max(a, b))).toBeLessThan(4096);
    const level = meanWhere(study.fsT2.volume.data, muscle);
    expect(level).toBeGreaterThan(150);
    expect(level).toBeLessThan(400);
  });

  it('keeps tumour, habitats and tissues consistent, at voxels and between them', () => {
    const { tissues, habitats, tumour, oedema, tissueAt } = study.truth;
    for (let i = 0; i < tissues.data.length; i++) {
      const habitat = Math.max(0, tissues.data[i] - TISSUE.oedema);
      if (habitats.data[i] !== habitat || tumour.data[i] !== Number(habitat > 0)) {
        throw new Error(`voxel ${i}: habitat ${habitats.data[i]}, tissue ${tissues.data[i]}`);
      }
      if (oedema.data[i] !== Number(tissues.data[i] === TISSUE.oedema)) {
        throw new Error(`voxel ${i}: oedema`);
      }
    }
    let different = 0;
    forEachVoxel(tissues.grid, (p, i) => {
      if (tissueAt(p) !== tissues.data[i]) different++;
    });
    expect(different).toBe(0);
  });

  it('gives the habitats the fractions that were asked for', () => {
    const fractions = [0.45, 0.2, 0.35] as const;
    const { habitats } = simulateStudy({ ...SMALL_STUDY, habitats: { fractions } }).truth;
    const counts = [0, 0, 0, 0];
    for (const label of habitats.data) counts[label]++;
    const tumour = counts[1] + counts[2] + counts[3];
    // Quantiles of some 3000 points, counted over some 7000 voxels of another grid.
    fractions.forEach((fraction, h) => {
      expect(Math.abs(counts[h + 1] / tumour - fraction)).toBeLessThan(0.03);
    });
  });

  it('shows habitat 1 low, habitat 2 high and habitat 3 between them in both sequences', () => {
    const onT2 = ideal.truth.tissues.data;
    const onCe = tissuesOnCeT1(ideal, ideal.truth.fsT2ToCeT1);
    for (const [data, labels, expected] of [
      [ideal.fsT2.volume.data, onT2, DEFAULTS.habitats.t2],
      [ideal.ceT1.volume.data, onCe, DEFAULTS.habitats.ce],
    ] as const) {
      const [h1, h2, h3] = [TISSUE.habitat1, TISSUE.habitat2, TISSUE.habitat3].map((label) =>
        meanWhere(data, (i) => labels[i] === label),
      );
      expect(h1).toBeLessThan(0.9 * h3);
      expect(h3).toBeLessThan(0.9 * h2);
      // Soft transitions and partial volume draw the means together, not apart.
      [h1, h2, h3].forEach((mean, h) => {
        expect(Math.abs(mean - expected[h]) / expected[h]).toBeLessThan(0.25);
      });
    }
  });

  it('moves the patient rigidly, from FS-T2WI to CE-T1WI and not back', () => {
    const m = study.truth.fsT2ToCeT1;
    const r: Mat3 = [m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]];
    expect(determinant3(r)).toBeCloseTo(1, 12);
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      expect(
        r[3 * a] * r[3 * b] + r[3 * a + 1] * r[3 * b + 1] + r[3 * a + 2] * r[3 * b + 2],
      ).toBeCloseTo(0, 12);
    }
    const boneSignal = (motion: Mat4) => {
      const labels = tissuesOnCeT1(ideal, motion);
      return meanWhere(ideal.ceT1.volume.data, (i) => labels[i] === TISSUE.cortex);
    };
    const right = boneSignal(ideal.truth.fsT2ToCeT1);
    expect(right).toBeLessThan(0.5 * boneSignal(invertAffine(ideal.truth.fsT2ToCeT1)));
  });

  it('multiplies the image with exp(logBias)', () => {
    const biased = simulateStudy({
      ...SMALL_IDEAL_STUDY,
      scanner: {
        fsT2: { noise: 0, fatSaturationError: 0, biasStrength: 0.2 },
        ceT1: { noise: 0, fatSaturationError: 0, biasStrength: 0.2 },
      },
    });
    for (const series of ['fsT2', 'ceT1'] as const) {
      const plain = ideal[series].volume.data;
      const seen = biased[series].volume.data;
      const field = biased.truth.logBias[series].data;
      const errors: number[] = [];
      plain.forEach((value, i) => {
        if (value > 150) errors.push(Math.abs(seen[i] / (value * Math.exp(field[i])) - 1));
      });
      errors.sort((a, b) => a - b);
      // Both images are rounded to integers: half a unit of at least 150 each.
      expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(1 / 150);
      expect(Math.abs(field.reduce((a, b) => a + b, 0) / field.length)).toBeLessThan(1e-3);
    }
  });

  it('draws a contour near the tumour and smoother than it', () => {
    const { tumour } = study.truth;
    let both = 0;
    let sum = 0;
    study.contour.data.forEach((drawn, i) => {
      both += drawn & tumour.data[i];
      sum += drawn + tumour.data[i];
    });
    const dice = (2 * both) / sum;
    expect(dice).toBeGreaterThan(0.9);
    expect(dice).toBeLessThan(1);
  });

  it('puts the lateral side of a left limb at +L, of a right limb at -L', () => {
    const lateral = (side: 'left' | 'right') =>
      simulateStudy({ ...SMALL_STUDY, side, site: 'vastus lateralis' }).truth.tumourCentreMm[0];
    expect(lateral('left')).toBeGreaterThan(96);
    expect(lateral('right')).toBeLessThan(-96);
  });

  it('changes the surroundings and not the tumour with the peritumour settings', () => {
    const dry = simulateStudy({ ...SMALL_IDEAL_STUDY, peritumour: { oedema: 0 } });
    expect(hash(dry.truth.habitats.data)).toBe(hash(ideal.truth.habitats.data));
    expect(dry.truth.oedema.data.some((value) => value === 1)).toBe(false);
    const wet = (i: number) => ideal.truth.oedema.data[i] === 1;
    expect(meanWhere(dry.fsT2.volume.data, wet)).toBeLessThan(
      0.7 * meanWhere(ideal.fsT2.volume.data, wet),
    );
  });
});
