/**
 * What the candlestick patterns of TA-Lib are made of. A pattern is a test of a few candles against the sizes of those
 * before them; those averages are moving averages in the graph, one node for all patterns, and so are the outcomes of
 * the common tests, the traits of each candle. The sums are exact. Those of TA-Lib run on, which is exact too on prices of like size (differences of neighbouring doubles, few bits); after a
 * print far off they can be rounded, and where a size ties with an average TA-Lib then depends on its past.
 *
 * Words in the formulas: a body is long or short when above or below the average body of the 10 rows before; a doji, or
 * a candle without a shadow, when within a tenth of their average range; a shadow is short when below half their average
 * shadows together. Near, far and equal are 0.2, 0.6 and 0.05 of the average range of the 5 rows before.
 */
import type { Instruction } from '../contract/instruction.ts';
import type { Memory, NanPolicy, OperatorIO, ParameterSpec } from '../contract/operator.ts';
import { blank, placeOf, scan, type Check, type Kind, type PatternName, type Place } from './shape-table.ts';

/** Bits of each candle, by rows of their lookback, and the shapes found in them. */
const BITS: Readonly<Record<Kind, { readonly text: string; readonly rows: number; readonly shapes: string }>> = {
  steps: { text: 'candle_steps(open, high, low, close)', rows: 1, shapes: 'step_shapes' },
  traits: { text: 'candle_traits(open, high, low, close)', rows: 10, shapes: 'trait_shapes' },
};
/** Averages of range and shadows over the rows that are TA-Lib's defaults. */
const AVERAGES = {
  ranges: { text: 'sma(sub(high, low), 10)', rows: 10 },
  shadows: { text: 'sma(candle_shadows(open, high, low, close), 10)', rows: 10 },
  nearRanges: { text: 'sma(sub(high, low), 5)', rows: 5 },
} as const;

export interface PatternParts {
  /** Candles before the current one that are looked at, except for the averages. */
  readonly back: number;
  /** Leading rows without a value; absent: `back` and the longest average. */
  readonly lookback?: number;
  /** In the order in which they follow open, high, low, close and the bits in `io.in`, from 5 on. */
  readonly averages?: readonly (keyof typeof AVERAGES)[];
}

/** How far the last candle has to come back into the body of the first. */
export function penetration(usual: number): ParameterSpec {
  return {
    name: 'penetration',
    min: 0,
    max: 1e9,
    integer: false,
    default: usual,
    meaning: 'how far the last candle comes back into the body of the first, as a part of that body',
  };
}

/**
 * What all patterns declare alike, where the shapes of this one are found, and how many rows in a row must have shapes where
 * the lookback is filled.
 */
export function declare(name: PatternName, { back, lookback: given, averages = [] }: PatternParts) {
  const place = placeOf(name, 5 + averages.length);
  const { text, rows, shapes } = BITS[place.kind];
  const longest = Math.max(place.kind === 'traits' ? rows : 0, ...averages.map((average) => AVERAGES[average].rows));
  const lookback = given ?? back + longest;
  const declared = {
    family: 'pattern',
    version: 1,
    inputs: ['open', 'high', 'low', 'close'],
    outputs: ['value'],
    lookback: (): number => lookback,
    memory: (): Memory => ({ class: 'finite', rows: lookback + 1 }),
    nan: 'window' as NanPolicy,
    shared: [
      text,
      ...averages.map((average) => AVERAGES[average].text),
      `${shapes}(open, high, low, close, ${place.candles})`,
    ],
    rowsRead: (): readonly number[] => [
      ...new Array<number>(4).fill(lookback + 1),
      lookback - rows + 1,
      ...averages.map(() => back + 2),
      lookback - rows - place.candles + 2,
    ],
    history: (): number => Math.max(back + 1, 2),
  } as const;
  return { declared, place, known: lookback - rows - place.candles + 2 };
}

/**
 * A pattern: where the candles have one of its shapes, the result of that shape if `check` does not say otherwise, and 0 where they have
 * none; NaN where not all rows of lookback and row have values.
 */
export function pattern(name: PatternName, parts: PatternParts, check?: Check) {
  const { declared, place, known } = declare(name, parts);
  return {
    ...declared,
    // Counts the rows in a row with shapes, up to now; shapes are NaN where a single one has none.
    slots: (): number => (known > 1 ? 1 : 0),
    run: (io: OperatorIO, from: number, to: number): void => {
      scan(io, from, to, place, check);
      if (known > 1) blank(io, from, to, place, known, 0);
    },
    instruction: patternInstruction(place, check !== undefined, known, 0, false),
  } as const;
}

/**
 * The instruction of a pattern: what its shapes say alone, which is nearly always all. The rows in a row with shapes are counted in
 * slot `slot`, where more than one is needed; a pattern that `waits` to be confirmed stands in slot 0.
 */
export function patternInstruction(
  { at, first, both, results: [result, other] }: Place,
  isChecked: boolean,
  known: number,
  slot: number,
  waits: boolean,
): Instruction {
  const numbers = [isChecked ? both : 0, known > 1 ? known : 0, slot, waits ? 1 : 0, both, first, result, other];
  return { name: 'pattern', reads: [at], numbers: () => numbers };
}

type Column = Float64Array;

/** A candle that closes where it opened is white. */
export const white = (open: Column, close: Column, i: number): boolean => close[i] >= open[i];
export const black = (open: Column, close: Column, i: number): boolean => !(close[i] >= open[i]);

export const body = (open: Column, close: Column, i: number): number => Math.abs(close[i] - open[i]);
export const bodyTop = (open: Column, close: Column, i: number): number => (close[i] >= open[i] ? close[i] : open[i]);
export const bodyBottom = (open: Column, close: Column, i: number): number =>
  close[i] >= open[i] ? open[i] : close[i];
export const upperShadow = (open: Column, high: Column, close: Column, i: number): number =>
  high[i] - bodyTop(open, close, i);

/** Whether the body of candle i lies above, or below, that of candle k. */
export const gapUp = (open: Column, close: Column, i: number, k: number): boolean =>
  bodyBottom(open, close, i) > bodyTop(open, close, k);
export const gapDown = (open: Column, close: Column, i: number, k: number): boolean =>
  bodyTop(open, close, i) < bodyBottom(open, close, k);

/** Sizes against which candle i is measured: averages of the rows before it. */
export const tiny = (ranges: Column, i: number): number => 0.1 * ranges[i - 1];
export const shortShadow = (shadows: Column, i: number): number => shadows[i - 1] / 2;
export const near = (nearRanges: Column, i: number): number => 0.2 * nearRanges[i - 1];
export const far = (nearRanges: Column, i: number): number => 0.6 * nearRanges[i - 1];
export const equal = (nearRanges: Column, i: number): number => 0.05 * nearRanges[i - 1];
