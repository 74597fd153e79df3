/**
 * The k-th smallest value (k from 0), without sorting the rest: quickselect with the median of three
 * as pivot (Hoare, CACM 1961;4:321), linear in the number of values on average. The values are put
 * into another order: afterwards those before place k are not larger, those behind it not smaller.
 * NaN is not allowed.
 * @param from where an earlier call stopped: the values before this place are the smallest already.
 */
export function orderStatistic(values: Float32Array | Float64Array, k: number, from = 0): number {
  if (!(from >= 0 && k >= from && k < values.length))
    throw new Error(`No order statistic ${k} of ${values.length}.`);
  let low = from;
  let high = values.length - 1;
  while (low < high) {
    const pivot = medianOfThree(values[low], values[(low + high) >> 1], values[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const swapped = values[i];
      values[i++] = values[j];
      values[j--] = swapped;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return values[k];
  }
  return values[k];
}

function medianOfThree(a: number, b: number, c: number): number {
  if (a > b) return b > c ? b : a > c ? c : a;
  return a > c ? a : b > c ? c : b;
}
