/**
 * Mattes mutual information of two images under a rigid map, to report how well they match before
 * and after registration. Reference: Mattes et al., IEEE TMI 2003;22:120: fixed values in the
 * nearest bin, moving values spread over four bins by a cubic B-spline window.
 *
 * The optimiser has its own metric on its own random samples; this one uses a regular grid of
 * points, so that two maps are compared on the same samples and a later reader gets the same number.
 */
import { log } from '../numerics/portableMath';
import { applyToPoint, indexToWorld, multiply, worldToIndex } from '../volume/geometry';
import type { Mat4 } from '../volume/geometry';
import type { Samples, Volume } from '../volume/volume';

export interface MetricSample {
  /** Nats; larger is better. 0 when nothing overlaps. */
  readonly mutualInformation: number;
  /** Part of the sample points of the fixed image that fall inside the moving image, 0 to 1. */
  readonly overlap: number;
}

/** About this many points of the fixed image are looked at. */
const TARGET_SAMPLES = 40_000;

export function mattesMutualInformation(
  fixed: Volume<'native', Samples>,
  moving: Volume<'native', Samples>,
  fixedToMoving: Mat4,
  bins: number,
): MetricSample {
  const toMovingIndex = multiply(
    worldToIndex(moving.grid),
    multiply(fixedToMoving, indexToWorld(fixed.grid)),
  );
  const fixedBin = binning(fixed.data, bins);
  const movingBin = binning(moving.data, bins);
  const joint = new Float64Array(bins * bins);
  const [nx, ny, nz] = fixed.grid.size;
  const step = sampleStep(fixed.data.length);
  const stepZ = nz < 4 * step ? 1 : step;
  let [points, inside] = [0, 0];
  for (let z = 0; z < nz; z += stepZ) {
    for (let y = 0; y < ny; y += step) {
      for (let x = 0; x < nx; x += step) {
        points++;
        const value = interpolateLinear(moving, applyToPoint(toMovingIndex, [x, y, z]));
        if (value === null) continue;
        inside++;
        const row = Math.round(fixedBin(fixed.data[x + nx * (y + ny * z)])) * bins;
        spread(joint, row, movingBin(value), bins);
      }
    }
  }
  return {
    mutualInformation: inside === 0 ? 0 : informationOf(joint, bins),
    overlap: points === 0 ? 0 : inside / points,
  };
}

/** Every n-th voxel along an axis; the largest n that leaves `TARGET_SAMPLES` of a volume. */
function sampleStep(voxels: number): number {
  let step = 1;
  while ((step + 1) * (step + 1) * (step + 1) * TARGET_SAMPLES <= voxels) step++;
  return step;
}

/** Maps a value to a continuous bin position that keeps two bins free at each end for the window. */
function binning(data: Samples, bins: number): (value: number) => number {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    if (data[i] < low) low = data[i];
    if (data[i] > high) high = data[i];
  }
  const scale = high > low ? (bins - 5) / (high - low) : 0;
  return (value) => 2 + (value - low) * scale;
}

/** The four weights of the cubic B-spline window around a continuous bin position. */
function spread(joint: Float64Array, row: number, position: number, bins: number): void {
  const base = Math.floor(position);
  for (let bin = Math.max(0, base - 1); bin <= Math.min(bins - 1, base + 2); bin++) {
    const u = Math.abs(position - bin);
    joint[row + bin] +=
      u < 1 ? (4 - 6 * u * u + 3 * u * u * u) / 6 : ((2 - u) * (2 - u) * (2 - u)) / 6;
  }
}

function informationOf(joint: Float64Array, bins: number): number {
  const rows = new Float64Array(bins);
  const columns = new Float64Array(bins);
  let total = 0;
  joint.forEach((weight, i) => {
    rows[Math.floor(i / bins)] += weight;
    columns[i % bins] += weight;
    total += weight;
  });
  let information = 0;
  joint.forEach((weight, i) => {
    if (weight === 0) return;
    const expected = rows[Math.floor(i / bins)] * columns[i % bins];
    information += (weight / total) * log((weight * total) / expected);
  });
  return information;
}

/** null outside the box of voxel centres. */
function interpolateLinear(
  volume: Volume<'native', Samples>,
  [x, y, z]: readonly [number, number, number],
): number | null {
  const [nx, ny, nz] = volume.grid.size;
  if (x < 0 || y < 0 || z < 0 || x > nx - 1 || y > ny - 1 || z > nz - 1) return null;
  const [x0, y0, z0] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  const [fx, fy, fz] = [x - x0, y - y0, z - z0];
  const dx = x0 + 1 < nx ? 1 : 0;
  const dy = y0 + 1 < ny ? nx : 0;
  const dz = z0 + 1 < nz ? nx * ny : 0;
  const i = x0 + nx * (y0 + ny * z0);
  const { data } = volume;
  const line = (j: number): number => data[j] + fx * (data[j + dx] - data[j]);
  const plane = (j: number): number => {
    const near = line(j);
    return near + fy * (line(j + dy) - near);
  };
  const near = plane(i);
  return near + fz * (plane(i + dz) - near);
}
