/** NGTDM features as in PyRadiomics 3.1 (`ngtdm.py`). */
import type { FeatureName } from '../names';
import { sum } from '../sums';
import type { ToneDifferences } from './matrix';

/** PyRadiomics' coarseness of a region without any difference. */
const COARSENESS_OF_UNIFORM = 1e6;

export function ngtdmFeatures(matrix: ToneDifferences): Record<FeatureName<'ngtdm'>, number> {
  const { counts, differences, levels } = matrix;
  const voxels = sum(counts);
  const p = counts.map((count) => count / voxels);
  const weighted = p.map((probability, i) => probability * differences[i]);
  const totalDifference = sum(differences);
  const weightedDifference = sum(weighted);
  const pairs = levelPairSums(p, weighted, levels);
  const orderedPairs = levels.length * (levels.length - 1);

  return {
    Busyness: pairs.tone === 0 ? 0 : weightedDifference / pairs.tone,
    Coarseness: weightedDifference === 0 ? COARSENESS_OF_UNIFORM : 1 / weightedDifference,
    Complexity: pairs.complexity / voxels,
    Contrast: orderedPairs === 0 ? 0 : (pairs.contrast * totalDifference) / voxels / orderedPairs,
    Strength: totalDifference === 0 ? 0 : pairs.strength / totalDifference,
  };
}

/** Sums over all ordered pairs of levels that occur; a pair and its reverse have the same term. */
function levelPairSums(p: Float64Array, weighted: Float64Array, levels: Float64Array) {
  const n = levels.length;
  let [contrast, tone, complexity, strength] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [pi, wi, li] = [p[i], weighted[i], levels[i]];
    for (let j = i + 1; j < n; j++) {
      const apart = levels[j] - li;
      const together = pi + p[j];
      contrast += pi * p[j] * apart * apart;
      tone += Math.abs(li * pi - levels[j] * p[j]);
      complexity += (apart * (wi + weighted[j])) / together;
      strength += together * apart * apart;
    }
  }
  return {
    contrast: 2 * contrast,
    tone: 2 * tone,
    complexity: 2 * complexity,
    strength: 2 * strength,
  };
}
