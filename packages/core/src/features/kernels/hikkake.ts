/** What hikkake and modified hikkake share: a pattern that a later candle may confirm. */
import type { OperatorIO } from '../contract/operator.ts';
import { declare, patternInstruction, type PatternParts } from './candle.ts';
import { blank, scan, type Check, type PatternName } from './shape-table.ts';

/** Slots: the newest pattern while it waits (else 0), and how many rows ago it was; rows in a row with shapes. */
const SLOTS = 3;
const RESULT = 0;
const AGE = 1;
const CLEAN = 2;

/** Candles in which a confirmation may come. */
const CONFIRMATION = 3;

/** As {@link pattern}, of a shape that one of the next three candles may confirm. */
export function awaiting(name: PatternName, parts: PatternParts, check?: Check) {
  const { declared, place, known } = declare(name, parts);
  return {
    ...declared,
    slots: (): number => SLOTS,
    run: (io: OperatorIO, from: number, to: number): void => {
      // What was found before the lookback was filled may be confirmed after it, so the blanks come last.
      scan(io, from, to, place, check);
      confirm(io, from, to);
      blank(io, from, to, place, known, CLEAN);
    },
    instruction: patternInstruction(place, true, known, CLEAN, true),
  } as const;
}

/**
 * Confirms what was found at each row of `out`: where a candle of the next three closes beyond the candle before the
 * pattern, the first to do so has twice the result. A new pattern takes the place of the old one.
 */
function confirm({ in: c, out: { 0: out }, state }: OperatorIO, from: number, to: number): void {
  const { 1: high, 2: low, 3: close } = c;
  let result = state[RESULT];
  let age = state[AGE];
  for (let i = from; i < to; i++) {
    if (out[i] > 0 || out[i] < 0) {
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
