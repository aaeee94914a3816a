/** What hikkake and modified hikkake share: a pattern that a later candle may confirm. */

/** The columns of a pattern: open, high, low, close and averages. */
export type Candles = readonly Float64Array[];

/** Candles in which a confirmation may come. */
const CONFIRMATION = 3;

/**
 * `found` at row i, or twice what was found where candle i closes beyond the candle before the newest pattern of the last
 * three rows and is the first to do so. A new pattern takes the place of the old one.
 */
export function confirmed(found: (c: Candles, i: number) => number, c: Candles, i: number): number {
  const now = found(c, i);
  if (now !== 0) return now;
  for (let k = i - 1; k >= i - CONFIRMATION; k--) {
    const result = found(c, k);
    if (result === 0) continue;
    for (let j = k + 1; j < i; j++) if (closesBeyond(c, j, k, result)) return 0;
    return closesBeyond(c, i, k, result) ? 2 * result : 0;
  }
  return 0;
}

function closesBeyond({ 1: high, 2: low, 3: close }: Candles, i: number, pattern: number, result: number): boolean {
  return result > 0 ? close[i] > high[pattern - 1] : close[i] < low[pattern - 1];
}

/** Whether candle i lies within the range of the one before. */
export function inside({ 1: high, 2: low }: Candles, i: number): boolean {
  return high[i] < high[i - 1] && low[i] > low[i - 1];
}

/** 1 where high and low are both lower than before, -1 where both are higher, else 0. */
export function breakout({ 1: high, 2: low }: Candles, i: number): number {
  if (high[i] < high[i - 1] && low[i] < low[i - 1]) return 1;
  return high[i] > high[i - 1] && low[i] > low[i - 1] ? -1 : 0;
}
