/** Where one file ends and the next begins: is it the same instrument that goes on? */
import { fail } from 'minotaur-core/internal/base/errors';
import { figure } from 'minotaur-core/internal/base/figures';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { compareIds, hasId, ID_WORDS, idNumber, idText } from 'minotaur-core/internal/trades/id';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { placeOf, type SourceBlock } from './source-block.ts';

/** The last trade before a seam, as far as it is evidence. */
export interface SeamTrade {
  readonly price: number;
  /** Its words; absent where it has none. */
  readonly id?: readonly number[] | undefined;
}

/** A price that jumps by more than this share of itself, where ids step back too or there are none, is another instrument's. */
const JUMP = 0.5;

/** The busiest market has some thousand trades a second, for moments: ids that follow each other and leap by more are another's. */
const MOST_A_SECOND = 1e5;
/** Fewer may be missing at once, whatever the clock of the venue says of the moment. */
const LEAST_LEAP = 1e6;
/** From so many trades on it is known that ids follow each other. */
const DENSE = 20;

/** Whether so many ids cannot have been traded in so many seconds. */
export const isLeap = (missing: number, seconds: number): boolean =>
  missing >= LEAST_LEAP && missing > MOST_A_SECOND * Math.max(1, seconds);

export interface Seam {
  /** The trades before it, the last of which is remembered. */
  pass(block: TradeBlock): void;
  /** Refuses a block, from row `from` on, that is evidently of another instrument than what passed. */
  require(block: SourceBlock, from?: number): void;
  /** Refuses a block whose ids leap to another market's between two of its rows, or before its first; to be asked before it passes. */
  requireWithin(block: SourceBlock): void;
  /** The last trade that passed. */
  last(): SeamTrade | undefined;
}

/**
 * @param before the last trade of what is gone on from
 * @param byPrice whether a jump of the price is evidence by itself where there are no ids: not where splits are declared, or looked for, or prices may be 0 or less
 */
export function createSeam(before?: SeamTrade, byPrice = true): Seam {
  let last = before;
  const counter = countIds();
  return {
    last: () => last,
    requireWithin: counter.requireWithin,
    pass(block) {
      counter.pass(block);
      for (let i = block.length - 1; i >= 0; i--) {
        if (!isSound(block, i)) continue;
        const id = hasId(block.id, i) ? [...block.id.subarray(ID_WORDS * i, ID_WORDS * (i + 1))] : undefined;
        last = { price: block.price[i], id };
        return;
      }
    },
    require(source, from = 0) {
      const { block } = source;
      counter.require(source, from);
      if (last === undefined) return;
      const i = firstTrade(block, from);
      if (i === block.length || Math.abs(block.price[i] - last.price) <= JUMP * last.price) return;
      const found = `another's: price ${block.price[i]}`;
      if (last.id === undefined && !hasId(block.id, i) && byPrice) {
        const mend = 'a split is declared with `adjustments`; `accept` takes it as it is';
        fail('input', placeOf(source, i), `the instrument of the trades before (price ${last.price}); ${mend}`, found);
      }
      if (last.id === undefined || !hasId(block.id, i)) return;
      const words = Uint32Array.from(last.id);
      if (compareIds(block.id, i, words, 0) >= 0) return;
      fail(
        'input',
        placeOf(source, i),
        `the instrument of the trades before (price ${last.price}, id ${idText(words, 0)}); \`accept\` takes it as it is`,
        `${found}, and ids step back to ${idText(block.id, i)}`,
      );
    },
  };
}

/**
 * Spot and futures of a venue are called the same, cost the same, and count their trades apart. Where ids followed each other and
 * then leap, it is to the other.
 */
function countIds(): Pick<Seam, 'pass' | 'require' | 'requireWithin'> {
  let [trades, first, newest, time] = [0, NaN, NaN, NaN];
  const isDense = (last: number, count: number): boolean => count >= DENSE && last >= first && last - first < 2 * count;
  /** Whether the ids from `last` to that of the row leave out more than can have been traded. */
  const requireNext = (source: SourceBlock, row: number, last: number, before: number): void => {
    const { block } = source;
    const missing = idNumber(block.id, row) - last - 1;
    const seconds = (block.time[row] - before) / MICROS_PER_SECOND;
    if (!isLeap(missing, seconds)) return;
    fail(
      'input',
      placeOf(source, row),
      `the market of the trades before, whose ids follow each other to ${last} (spot and futures are called the same; those of each in a run of their own); \`accept\` takes it as it is`,
      `another's: id ${idText(block.id, row)}, ${figure(missing)} more in ${figure(seconds)} s`,
    );
  };
  return {
    pass(block) {
      const end = lastTrade(block);
      if (end < 0) return;
      if (trades === 0) first = idNumber(block.id, firstTrade(block, 0));
      trades += block.length;
      newest = idNumber(block.id, end);
      time = block.time[end];
    },
    require(source, from = 0) {
      const row = firstTrade(source.block, from);
      if (isDense(newest, trades) && row < source.block.length) requireNext(source, row, newest, time);
    },
    requireWithin(source) {
      const { block } = source;
      const { id } = block;
      const end = lastTrade(block);
      if (end < 0) return;
      const begin = firstTrade(block, 0);
      if (trades === 0) first = idNumber(id, begin);
      let last = trades === 0 ? first : newest;
      // Most blocks end about as far behind the one before as they are long, and nobody looks at their rows.
      if (!(idNumber(id, end) - last >= LEAST_LEAP)) return;
      let before = trades === 0 ? block.time[begin] : time;
      for (let i = begin; i <= end; i++) {
        if (!isSound(block, i)) continue;
        const count = trades + i;
        if (isDense(last, count)) requireNext(source, i, last, before);
        else if (count >= DENSE) return;
        last = idNumber(id, i);
        before = block.time[i];
      }
    },
  };
}

/** Rows that are no trades are reported and left out later: what they call an id, or a price, is no evidence. */
const isSound = ({ price, quantity }: TradeBlock, i: number): boolean =>
  price[i] > 0 && price[i] < Infinity && quantity[i] > 0;

/** The first row from `from` on that is a trade; the length where none is. */
function firstTrade(block: TradeBlock, from: number): number {
  let i = from;
  while (i < block.length && !isSound(block, i)) i++;
  return i;
}

/** The last row that is a trade; below 0 where none is. */
function lastTrade(block: TradeBlock): number {
  let i = block.length - 1;
  while (i >= 0 && !isSound(block, i)) i--;
  return i;
}
