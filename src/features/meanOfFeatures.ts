import { NanMean } from './sums';

/** Mean of each feature over directions, NaN ignored; every feature is NaN without a direction. */
export function meanOfFeatures<Name extends string>(
  perDirection: readonly Record<Name, number>[],
): Record<Name, number> {
  const result: Record<Name, number> = { ...perDirection[0] };
  for (const name in result) {
    const mean = new NanMean();
    for (const features of perDirection) mean.add(features[name]);
    result[name] = mean.value;
  }
  return result;
}
