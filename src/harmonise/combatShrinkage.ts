/** ComBat's second step: what the features of a batch tell about one another (empirical Bayes). */

/** `eb`: parametric priors; `nonparametric`: the features themselves are the prior; `meanOnly`: no scale. */
export type CombatVariant = 'eb' | 'nonparametric' | 'meanOnly';

/** One entry for each feature. */
export interface Shrunken {
  readonly gamma: number[];
  readonly deltaSquared: number[];
}

const CONVERGENCE = 1e-4;

/** @param columns standardised values of the batch's patients, one array for each feature */
export function shrinkBatch(columns: readonly Float64Array[], variant: CombatVariant): Shrunken {
  const gammaHat = columns.map(mean);
  // A single feature has no others to learn from.
  const alone = columns.length < 2;
  const gammaBar = mean(gammaHat);
  const tauSquared = variance(gammaHat);
  if (variant === 'meanOnly') {
    const gamma = alone
      ? gammaHat
      : gammaHat.map((value) => (tauSquared * value + gammaBar) / (tauSquared + 1));
    return { gamma, deltaSquared: columns.map(() => 1) };
  }
  const deltaHat = columns.map(variance);
  if (alone) return { gamma: gammaHat, deltaSquared: deltaHat };
  const patients = columns[0].length;
  if (variant === 'nonparametric') return integratePrior(patients, gammaHat, deltaHat);
  const m = mean(deltaHat);
  const v = variance(deltaHat);
  const prior = {
    gammaBar,
    tauSquared,
    lambda: (2 * v + m * m) / v,
    theta: (m * v + m ** 3) / v,
  };
  return solvePosterior(patients, gammaHat, deltaHat, prior);
}

/** The posterior modes of all features of a batch, iterated together until every one has settled. */
function solvePosterior(
  patients: number,
  gammaHat: readonly number[],
  deltaHat: readonly number[],
  prior: { gammaBar: number; tauSquared: number; lambda: number; theta: number },
): Shrunken {
  // Around the mean; the squares around any other centre follow from them.
  const squaresAtMean = deltaHat.map((value) => value * (patients - 1));
  let gamma = [...gammaHat];
  let deltaSquared = [...deltaHat];
  for (let change = 1; change > CONVERGENCE;) {
    const nextGamma = gammaHat.map(
      (value, g) =>
        (prior.tauSquared * patients * value + deltaSquared[g] * prior.gammaBar) /
        (prior.tauSquared * patients + deltaSquared[g]),
    );
    const nextDelta = squaresAtMean.map((atMean, g) => {
      const squares = atMean + patients * (gammaHat[g] - nextGamma[g]) ** 2;
      return (squares / 2 + prior.theta) / (patients / 2 + prior.lambda - 1);
    });
    // sva divides by the old value with its sign, so a negative gamma never holds the loop.
    change = Math.max(
      ...nextGamma.map((value, g) => Math.abs(value - gamma[g]) / gamma[g]),
      ...nextDelta.map((value, g) => Math.abs(value - deltaSquared[g]) / deltaSquared[g]),
    );
    gamma = nextGamma;
    deltaSquared = nextDelta;
  }
  return { gamma, deltaSquared };
}

/**
 * Monte Carlo integration over the other features' estimates, in place of a parametric prior. The
 * squares of a feature around another's mean follow from those around its own, so that the number of
 * patients does not count; weights are relative to the largest, so that none of them underflows.
 */
function integratePrior(
  patients: number,
  gammaHat: readonly number[],
  deltaHat: readonly number[],
): Shrunken {
  const features = gammaHat.length;
  const half = deltaHat.map((value) => 1 / (2 * value));
  const offset = deltaHat.map((value) => (-patients / 2) * Math.log(value));
  const logWeight = new Float64Array(features);
  const gamma: number[] = [];
  const deltaSquared: number[] = [];
  for (let g = 0; g < features; g++) {
    const atMean = deltaHat[g] * (patients - 1);
    let largest = -Infinity;
    for (let other = 0; other < features; other++) {
      const squares = atMean + patients * (gammaHat[g] - gammaHat[other]) ** 2;
      logWeight[other] = other === g ? -Infinity : offset[other] - squares * half[other];
      if (logWeight[other] > largest) largest = logWeight[other];
    }
    let total = 0;
    let gammaSum = 0;
    let deltaSum = 0;
    for (let other = 0; other < features; other++) {
      const weight = Math.exp(logWeight[other] - largest);
      total += weight;
      gammaSum += gammaHat[other] * weight;
      deltaSum += deltaHat[other] * weight;
    }
    gamma.push(gammaSum / total);
    deltaSquared.push(deltaSum / total);
  }
  return { gamma, deltaSquared };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Divisor n - 1. */
function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2;
  return sum / (values.length - 1);
}
