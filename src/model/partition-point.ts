/**
 * How many items at the start of a list pass a test, which none passes behind them: the index of the
 * first that fails.
 */
export function partitionPoint<T>(list: readonly T[], test: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(list[middle]!)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
