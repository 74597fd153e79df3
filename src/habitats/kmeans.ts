/**
 * k-means with k-means++ seeding and restarts.
 * References: Lloyd, IEEE TIT 1982;28:129; Arthur & Vassilvitskii, SODA 2007 (seeding).
 * The same seed gives the same clusters everywhere.
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface KMeansSettings {
  readonly clusters: number;
  readonly restarts: number;
  readonly maximumIterations: number;
  /** Stop when the centroids' squared movement falls below this times the mean variance of the channels. */
  readonly tolerance: number;
  readonly seed: number;
}

export interface KMeansResult {
  /** clusters x dimensions, row by row. */
  readonly centroids: Float64Array;
  readonly labels: Uint8Array;
  /** Sum of squared distances to the own centroid. */
  readonly inertia: number;
}

/** `points`: n x dimensions, row by row. The best of the restarts by inertia; the earlier one on a tie. */
export function kMeans(
  points: Float64Array,
  dimensions: number,
  settings: KMeansSettings,
): KMeansResult {
  const count = points.length / dimensions;
  if (count < settings.clusters)
    throw new Error('k-means needs at least as many points as clusters.');
  const generator = xoroshiro128plus(settings.seed);
  const random = (): number => uniformFloat64(generator);
  const threshold = settings.tolerance * meanVariance(points, dimensions);
  let best: KMeansResult | null = null;
  for (let restart = 0; restart < settings.restarts; restart++) {
    const centroids = seedPlusPlus(points, dimensions, settings.clusters, random);
    const result = lloyd(points, dimensions, centroids, settings.maximumIterations, threshold);
    if (best === null || result.inertia < best.inertia) best = result;
  }
  if (best === null) throw new Error('k-means needs at least one restart.');
  return best;
}

function seedPlusPlus(
  points: Float64Array,
  dimensions: number,
  clusters: number,
  random: () => number,
): Float64Array {
  const count = points.length / dimensions;
  const centroids = new Float64Array(clusters * dimensions);
  const nearest = new Float64Array(count).fill(Infinity);
  let chosen = Math.floor(random() * count);
  for (let c = 0; c < clusters; c++) {
    centroids.set(points.subarray(chosen * dimensions, (chosen + 1) * dimensions), c * dimensions);
    let total = 0;
    for (let i = 0; i < count; i++) {
      const distance = squaredDistance(points, i, centroids, c, dimensions);
      if (distance < nearest[i]) nearest[i] = distance;
      total += nearest[i];
    }
    let left = random() * total;
    chosen = 0;
    while (chosen < count - 1 && (left -= nearest[chosen]) > 0) chosen++;
  }
  return centroids;
}

function lloyd(
  points: Float64Array,
  dimensions: number,
  start: Float64Array,
  maximumIterations: number,
  threshold: number,
): KMeansResult {
  const labels = new Uint8Array(points.length / dimensions);
  let centroids = start;
  let inertia = assign(points, dimensions, centroids, labels);
  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    const moved = means(points, dimensions, labels, centroids);
    const movement = moved.reduce((sum, value, i) => sum + (value - centroids[i]) ** 2, 0);
    centroids = moved;
    inertia = assign(points, dimensions, centroids, labels);
    if (movement <= threshold) break;
  }
  return { centroids, labels, inertia };
}

/** Writes the nearest centroid (the lower index on a tie) of each point; returns the inertia. */
function assign(
  points: Float64Array,
  dimensions: number,
  centroids: Float64Array,
  labels: Uint8Array,
): number {
  const clusters = centroids.length / dimensions;
  let inertia = 0;
  for (let i = 0; i < labels.length; i++) {
    let [nearest, least] = [0, Infinity];
    for (let c = 0; c < clusters; c++) {
      const distance = squaredDistance(points, i, centroids, c, dimensions);
      if (distance < least) [nearest, least] = [c, distance];
    }
    labels[i] = nearest;
    inertia += least;
  }
  return inertia;
}

/** A cluster that lost all its points keeps its centroid. */
function means(
  points: Float64Array,
  dimensions: number,
  labels: Uint8Array,
  previous: Float64Array,
): Float64Array {
  const sums = new Float64Array(previous.length);
  const counts = new Float64Array(previous.length / dimensions);
  labels.forEach((label, i) => {
    counts[label]++;
    for (let d = 0; d < dimensions; d++) sums[label * dimensions + d] += points[i * dimensions + d];
  });
  return sums.map((sum, j) => {
    const size = counts[Math.floor(j / dimensions)];
    return size === 0 ? previous[j] : sum / size;
  });
}

function squaredDistance(
  points: Float64Array,
  i: number,
  centroids: Float64Array,
  c: number,
  dimensions: number,
): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    const difference = points[i * dimensions + d] - centroids[c * dimensions + d];
    sum += difference * difference;
  }
  return sum;
}

function meanVariance(points: Float64Array, dimensions: number): number {
  const count = points.length / dimensions;
  let total = 0;
  for (let d = 0; d < dimensions; d++) {
    let [sum, squares] = [0, 0];
    for (let i = d; i < points.length; i += dimensions) {
      sum += points[i];
      squares += points[i] * points[i];
    }
    total += squares / count - (sum / count) ** 2;
  }
  return total / dimensions;
}
