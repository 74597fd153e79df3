import type { Mask, Volume } from '../volume/volume';

const { isFinite } = Number;
const { floor, min } = Math;

/** SimpleITK's examples and N4 front ends use 200; ITK's own default is 256. */
export const OTSU_BINS = 200;

/**
 * Body mask by Otsu's threshold: 1 where the image is brighter than the threshold that
 * maximises the between-class variance (Otsu 1979), as ITK's OtsuThresholdImageFilter finds it.
 * An image of one value has no threshold and gives an empty mask.
 * @param from the values that the threshold is found from: all, as in ITK
 */
export function otsuMask(volume: Volume, bins = OTSU_BINS, from = volume.data): Mask {
  const threshold = otsuThreshold(from, bins);
  const data = new Uint8Array(volume.data.length);
  for (let i = 0; i < data.length; i++) data[i] = volume.data[i] > threshold ? 1 : 0;
  return { grid: volume.grid, data };
}

/**
 * The upper edge of the last bin of the dark class, in the image's units. Values that are not
 * finite are left out. Reference: itk::OtsuThresholdCalculator on itk::Statistics::Histogram,
 * whose bin edges are computed in single precision.
 */
export function otsuThreshold(data: ArrayLike<number>, bins = OTSU_BINS): number {
  const edges = histogramEdges(data, bins);
  return edges === undefined ? Infinity : edges[mostSeparating(countBins(data, edges), edges) + 1];
}

/** bins + 1 ascending edges, or undefined for fewer than two different values. */
function histogramEdges(data: ArrayLike<number>, bins: number): Float64Array | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (!isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return undefined;
  // ITK widens the range by a hundredth of a bin so that the maximum falls inside the last bin.
  high += (high - low) / bins / 100;
  const width = Math.fround(Math.fround(Math.fround(high) - Math.fround(low)) / bins);
  const edges = new Float64Array(bins + 1);
  for (let j = 0; j < bins; j++) edges[j] = low + Math.fround(j * width);
  edges[bins] = high;
  return edges;
}

function countBins(data: ArrayLike<number>, edges: Float64Array): Float64Array {
  const bins = edges.length - 1;
  const counts = new Float64Array(bins);
  const scale = bins / (edges[bins] - edges[0]);
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (!isFinite(value)) continue;
    // The edges are rounded: the even division is a guess that the comparison corrects.
    let bin = min(bins - 1, floor((value - edges[0]) * scale));
    while (bin > 0 && value < edges[bin]) bin--;
    while (bin < bins - 1 && value >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
  return counts;
}

/** The last bin of the lower class; of equal separations the first. */
function mostSeparating(counts: Float64Array, edges: Float64Array): number {
  const bins = counts.length;
  const centre = (j: number): number => (edges[j] + edges[j + 1]) / 2;
  let total = 0;
  let sum = 0;
  for (let j = 0; j < bins; j++) {
    total += counts[j];
    sum += counts[j] * centre(j);
  }
  let best = 0;
  let bestVariance = -Infinity;
  let below = 0;
  let belowSum = 0;
  for (let j = 0; j < bins - 1; j++) {
    below += counts[j];
    belowSum += counts[j] * centre(j);
    const above = total - below;
    const aboveSum = sum - belowSum;
    // The total mean is common to all thresholds, so the classes' mean squares decide.
    const variance =
      ((below > 0 ? (belowSum * belowSum) / below : 0) +
        (above > 0 ? (aboveSum * aboveSum) / above : 0)) /
      total;
    const rounding = Number.EPSILON * 2 * Math.abs(bestVariance);
    if (j === 0 || variance > bestVariance + rounding) {
      bestVariance = variance;
      best = j;
    }
  }
  return best;
}
