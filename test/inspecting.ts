/** Trades as the measures of an inspection take them. */
import { createInstrument, type InstrumentInput } from '../packages/core/src/trades/instrument.ts';
import type { Trade } from '../packages/core/src/trades/trade.ts';
import { sourceBlock, type SourceBlock } from '../packages/minotaur/src/files/trades/source-block.ts';
import { createTaker, type Taken } from '../packages/minotaur/src/inspect/measures/taken.ts';
import { blockOf } from './trades.ts';

/** 2024-01-01, a Monday. */
export const MONDAY = 1_704_067_200_000_000;

/** One trade; every other is as it should be. */
export function trade(time: number, more: Partial<Trade> = {}): Trade {
  return { time: MONDAY + time, price: 100, quantity: 1, ...more };
}

/** A block of a file `t.csv` whose first trade stands in line 1. */
export function sourceOf(
  trades: readonly Trade[],
  more: Partial<Pick<SourceBlock, 'quote' | 'words'>> = {},
): SourceBlock {
  const numbers = Float64Array.from(trades, (_, i) => i + 1);
  return sourceBlock({
    block: blockOf(trades),
    file: 't.csv',
    unit: 'line',
    numbers,
    words: new Map(),
    leftOut: {},
    ...more,
  });
}

/** The measure, once it has seen these trades, in blocks of `size`. */
export function fed<M extends { add(taken: Taken): void }>(
  measure: M,
  trades: readonly Trade[],
  {
    instrument = { ids: 'none' },
    size = Infinity,
    quote,
  }: { instrument?: InstrumentInput; size?: number; quote?: readonly number[] } = {},
): M {
  const taker = createTaker(createInstrument('X', instrument), () => undefined);
  for (let from = 0; from < trades.length; from += Math.min(size, trades.length)) {
    const part = trades.slice(from, from + size);
    const said = quote && { quote: Float64Array.from(quote.slice(from, from + size)) };
    taker.take(sourceOf(part, said), (taken) => measure.add(taken));
  }
  return measure;
}
