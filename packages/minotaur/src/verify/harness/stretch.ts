/**
 * What verification feeds to an engine: a stretch of trades, or of given bars, that can be pushed in any cuts, cut off,
 * and garbled from any point on.
 */
import type { GivenBar } from 'minotaur-core/internal/bars/given';
import type { Feed } from 'minotaur-core/internal/chain/contract';
import { copyTrades, sliceTrades, tradeAt, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { garbleBar, moveBar } from './given-bars.ts';
import type { Reach } from './reach.ts';
import { garbleTrade, type Turn } from './turns.ts';

/** Events per stretch at most: what is held in memory at once. */
export const STRETCH = 8192;

/** What is verified comes from files: a silence may last for years. */
export const HISTORY = { maxSilence: Infinity } as const;

/** Some events in order. */
export interface Stretch {
  /** Number of events. */
  readonly length: number;
  /** Time of the first event, microseconds. */
  readonly start: number;
  /** Time of the last event, microseconds. */
  readonly end: number;
  /** The trades, where the events are trades of one instrument. */
  readonly trades?: TradeBlock;
  /** The events, where they are of several sources, and how far the feeds had come before them. */
  readonly turns?: { readonly list: readonly Turn[]; readonly before: Reach };
  /** Pushes events [from, to) as one block. */
  push(engine: Feed, from: number, to: number): void;
  /** Pushes event `i` as a live session does: a trade by itself, not a block of one. */
  pushOne(engine: Feed, i: number): void;
  /** A stretch that is the same but for events [from, to), which are other and still in order. `variant` picks among ways. */
  garble(from: number, to: number, variant: number): Stretch;
  /** Events [from, to), without copying. */
  slice(from: number, to: number): Stretch;
  /** The same events so many microseconds later. */
  moved(micros: number): Stretch;
  /** A stretch that stays as it is when the source goes on: sources reuse their buffers. */
  copy(): Stretch;
  /** Events from `from` on as plain data, for another process. */
  plain(from: number): PlainEvents;
}

/** Events as plain data: trades as a block, turns of several sources, or given bars and the clock that takes them. */
export type PlainEvents =
  | { readonly kind: 'trades'; readonly block: TradeBlock }
  | { readonly kind: 'turns'; readonly turns: readonly Turn[] }
  | { readonly kind: 'bars'; readonly bars: readonly GivenBar[]; readonly clock?: string };

/** A stretch of trades; the block is not copied. */
export function tradeStretch(block: TradeBlock): Stretch {
  return {
    length: block.length,
    start: block.time[0],
    end: block.time[block.length - 1],
    trades: block,
    push: (engine, from, to) => engine.push(sliceTrades(block, from, to), HISTORY),
    pushOne: (engine, i) => engine.push(tradeAt(block, i), HISTORY),
    slice: (from, to) => tradeStretch(sliceTrades(block, from, to)),
    moved(micros) {
      const other = copyTrades(block);
      for (let i = 0; i < block.length; i++) other.time[i] += micros;
      return tradeStretch(other);
    },
    copy: () => tradeStretch(copyTrades(block)),
    plain: (from) => ({ kind: 'trades', block: copyTrades(sliceTrades(block, from, block.length)) }),
    garble(from, to, variant) {
      const other = copyTrades(block, to);
      for (let i = from; i < to; i++) {
        garbleTrade(other, i, i, variant);
        // Some variants move the future away in time too, so that time bars close by other trades.
        if (variant % 2 === 1) other.time[i] += 1_000_000 * (variant + i - from);
        // Some drop every other trade: what comes at a place is what came later.
        if (variant % 4 === 2) other.time[i] = block.time[Math.min(2 * i - from + 1, block.length - 1)];
      }
      return tradeStretch(other);
    },
  };
}

/** The trades of a block in stretches of at most `each`; nothing is copied. */
export function* cutTrades(block: TradeBlock, each = STRETCH): Generator<Stretch> {
  for (let from = 0; from < block.length; from += each)
    yield tradeStretch(sliceTrades(block, from, Math.min(block.length, from + each)));
}

/** A stretch of given bars, for the clock of that name where there is more than one with `bars: given`. */
export function barStretch(bars: readonly GivenBar[], clock?: string): Stretch {
  return {
    length: bars.length,
    start: bars[0]?.open_time ?? NaN,
    end: bars.at(-1)?.close_time ?? NaN,
    push(engine, from, to) {
      for (let i = from; i < to; i++) engine.pushBar(bars[i], { clock, ...HISTORY });
    },
    pushOne: (engine, i) => engine.pushBar(bars[i], { clock, ...HISTORY }),
    slice: (from, to) => barStretch(bars.slice(from, to), clock),
    moved: (micros) =>
      barStretch(
        bars.map((bar) => moveBar(bar, micros)),
        clock,
      ),
    copy: () => barStretch([...bars], clock),
    plain: (from) => ({ kind: 'bars', bars: bars.slice(from), ...(clock === undefined ? {} : { clock }) }),
    garble(from, to, variant) {
      const other = bars.slice(0, to).map((bar, i) => (i < from ? bar : garbleBar(bar, i, variant)));
      return barStretch(other, clock);
    },
  };
}
