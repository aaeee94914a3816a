/**
 * What the candlestick patterns of TA-Lib are made of. A pattern is a test of a few candles against the sizes of those
 * before them; those averages are moving averages in the graph, one node for all patterns, and so are the outcomes of
 * the common tests, the traits of each candle. The sums are exact. Those of
 * TA-Lib run on, which is exact too on prices of like size (differences of neighbouring doubles, few bits); after a
 * print far off they can be rounded, and where a size ties with an average TA-Lib then depends on its past.
 *
 * Words in the formulas: a body is long or short when above or below the average body of the 10 rows before; a doji, or
 * a candle without a shadow, when within a tenth of their average range; a shadow is short when below half their average
 * shadows together. Near, far and equal are 0.2, 0.6 and 0.05 of the average range of the 5 rows before.
 */
import type { Memory, NanPolicy, OperatorIO, ParameterSpec } from '../operator.ts';

/** The traits of each candle; averages of real body, range and shadows over the rows that are TA-Lib's defaults. */
const AVERAGES = {
  candles: { text: 'candle_traits(open, high, low, close)', rows: 10 },
  ranges: { text: 'sma(sub(high, low), 10)', rows: 10 },
  shadows: { text: 'sma(candle_shadows(open, high, low, close), 10)', rows: 10 },
  nearRanges: { text: 'sma(sub(high, low), 5)', rows: 5 },
} as const;

interface PatternSpec {
  /** Candles before the current one that are looked at, except for the averages. */
  readonly back: number;
  /** Leading rows without a value; absent: `back` and the longest average. */
  readonly lookback?: number;
  /** In the order in which they follow open, high, low and close in `io.in`, from 4 on. */
  readonly averages: readonly (keyof typeof AVERAGES)[];
  /** State of its own, behind the slot of what all have. */
  readonly slots?: number;
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

/** Counts the rows without NaN up to now. */
const CLEAN = 0;

/**
 * What all patterns have in common. `rows` writes what ends at each row: 100, -100 and their like, or 0; where not all
 * rows of lookback and row have values, NaN takes its place.
 */
export function pattern(
  { back, averages, lookback: given, slots = 0 }: PatternSpec,
  rows: (io: OperatorIO, from: number, to: number) => void,
) {
  const lookback = given ?? back + Math.max(0, ...averages.map((name) => AVERAGES[name].rows));
  const traits = averages[0] === 'candles';
  return {
    family: 'pattern',
    version: 1,
    inputs: ['open', 'high', 'low', 'close'],
    outputs: ['value'],
    lookback: (): number => lookback,
    memory: (): Memory => ({ class: 'finite', rows: lookback + 1 }),
    nan: 'window' as NanPolicy,
    shared: averages.map((name) => AVERAGES[name].text),
    rowsRead: (): readonly number[] => [
      ...Array(4).fill(lookback + 1),
      ...averages.map((name) => back + (name === 'candles' ? 1 : 2)),
    ],
    history: (): number => back + 1,
    slots: (): number => (traits ? 0 : 1 + slots),
    run: (io: OperatorIO, from: number, to: number): void => {
      rows(io, from, to);
      if (traits) blankUnknown(io, from, to, back);
      else blank(io, from, to, lookback);
    },
  } as const;
}

/** Puts NaN where the traits of one of the candles are NaN: all that the longest lookback holds decides whether they are. */
function blankUnknown({ in: { 4: candles }, out: { 0: out } }: OperatorIO, from: number, to: number, back: number) {
  for (let k = from - back; k < to; k++) {
    if (candles[k] === candles[k]) continue;
    for (let i = Math.max(k, from); i <= k + back && i < to; i++) out[i] = NaN;
  }
}

/** Puts NaN where there are not `lookback` rows without NaN before a row without NaN. */
function blank(
  { in: { 0: o, 1: h, 2: l, 3: c }, out: { 0: out }, state }: OperatorIO,
  from: number,
  to: number,
  lookback: number,
) {
  let clean = state[CLEAN];
  for (let i = from; i < to; i++) {
    if (clean <= lookback) clean++;
    if (o[i] !== o[i] || h[i] !== h[i] || l[i] !== l[i] || c[i] !== c[i]) clean = 0;
    if (clean <= lookback) out[i] = NaN;
  }
  state[CLEAN] = clean;
}

type Column = Float64Array;

/** A candle that closes where it opened is white. */
export const white = (open: Column, close: Column, i: number): boolean => close[i] >= open[i];
export const black = (open: Column, close: Column, i: number): boolean => !(close[i] >= open[i]);
export const color = (open: Column, close: Column, i: number): 1 | -1 => (close[i] >= open[i] ? 1 : -1);

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
