import type { Samples } from '../volume/volume';

/**
 * Otsu's threshold of a histogram between the extremes of the values: the upper border of the bin
 * that maximises the variance between the two classes. Reference: Otsu, IEEE Trans SMC 1979;9:62.
 * Returns the minimum when all values are equal.
 */
export function otsuThreshold(values: Samples, bins = 256): number {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  if (!(high > low)) return low;
  const width = (high - low) / bins;
  const counts = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    counts[Math.min(bins - 1, Math.floor((values[i] - low) / width))]++;
  }
  return low + (bestSplit(counts) + 1) * width;
}

function bestSplit(counts: Float64Array): number {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const weighted = counts.reduce((sum, n, bin) => sum + n * bin, 0);
  let [below, weightedBelow, best, split] = [0, 0, -1, 0];
  counts.forEach((n, bin) => {
    below += n;
    weightedBelow += n * bin;
    const above = total - below;
    if (below === 0 || above === 0) return;
    const difference = weightedBelow / below - (weighted - weightedBelow) / above;
    const between = below * above * difference * difference;
    if (between > best) [best, split] = [between, bin];
  });
  return split;
}
