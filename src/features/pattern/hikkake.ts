/** What hikkake and modified hikkake share: a pattern that a later candle may confirm. */
import type { OperatorIO } from '../operator.ts';

/** Slots: the newest pattern while it waits for its confirmation (else 0), and how many rows ago it was. */
export const WAITING_SLOTS = 2;
const RESULT = 1;
const AGE = 2;

/** Candles in which a confirmation may come. */
const CONFIRMATION = 3;

/**
 * Confirms what was found at each row of `out`: where a candle of the next three closes beyond the candle before the
 * pattern, the first to do so has twice the result. A new pattern takes the place of the old one.
 */
export function confirm({ in: c, out: { 0: out }, state }: OperatorIO, from: number, to: number): void {
  const { 1: high, 2: low, 3: close } = c;
  let result = state[RESULT];
  let age = state[AGE];
  for (let i = from; i < to; i++) {
    if (out[i] !== 0) {
      result = out[i];
      age = 0;
    } else if (result !== 0) {
      age++;
      const before = i - age - 1;
      if (result > 0 ? close[i] > high[before] : close[i] < low[before]) {
        out[i] = 2 * result;
        result = 0;
      } else if (age === CONFIRMATION) result = 0;
    }
  }
  state[RESULT] = result;
  state[AGE] = result === 0 ? 0 : age;
}

/** Whether candle i lies within the range of the one before. */
export function inside(high: Float64Array, low: Float64Array, i: number): boolean {
  return high[i] < high[i - 1] && low[i] > low[i - 1];
}

/** 1 where high and low are both lower than before, -1 where both are higher, else 0. */
export function breakout(high: Float64Array, low: Float64Array, i: number): number {
  if (high[i] < high[i - 1]) return low[i] < low[i - 1] ? 1 : 0;
  return high[i] > high[i - 1] && low[i] > low[i - 1] ? -1 : 0;
}
