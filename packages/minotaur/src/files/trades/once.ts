/** Whether a file has each trade once: where there are no ids, one that holds all of them again tells it by nothing else. */
import { fail } from 'minotaur-core/internal/base/errors';
import { hasId } from 'minotaur-core/internal/trades/id';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { isTrade } from './is-trade.ts';

/** Rows of the beginning that are looked for again. */
const LOOKED_FOR = 4096;
/** So many different trades, each as many times as the others or a multiple of it, are no chance. */
const SEVERAL = 20;

/** The trades of a file in its order, or sorted: alike ones may stand next to each other, or the whole file behind itself. */
export interface Once {
  /** Looks at a block. @throws at the first one, where its rows say it already */
  pass(block: TradeBlock): void;
  /** Behind the last block. @throws where the first trades stood there again */
  require(): void;
}

/** @param file named where it is refused */
export function createOnce(file: string): Once {
  /** Of the first trades, how often each was met: by time, price and quantity. */
  const known = new Map<number, Map<number, Map<number, number>>>();
  let [first, last, isBegun, hasIds] = [Infinity, -Infinity, false, false];

  function begin(block: TradeBlock): void {
    const { time, price, quantity } = block;
    const length = Math.min(block.length, LOOKED_FOR);
    for (let i = 0; i < length; i++) {
      if (!isTrade(block, i)) continue;
      if (!isBegun) hasIds = hasId(block.id, i);
      isBegun = true;
      if (hasIds) return;
      const prices = entryOf(known, time[i], () => new Map<number, Map<number, number>>());
      const quantities = entryOf(prices, price[i], () => new Map<number, number>());
      quantities.set(quantity[i], (quantities.get(quantity[i]) ?? 0) + 1);
      if (time[i] < first) first = time[i];
      if (time[i] > last) last = time[i];
    }
    // Those of the last time may go on behind the rows that were looked at.
    if (length > 0) refuse(file, known, time[length - 1]);
    count(block, length);
  }

  function count({ time, price, quantity, length }: TradeBlock, from: number): void {
    for (let i = from; i < length; i++) {
      if (!(time[i] >= first && time[i] <= last)) continue;
      const quantities = known.get(time[i])?.get(price[i]);
      const times = quantities?.get(quantity[i]);
      if (times !== undefined) quantities?.set(quantity[i], times + 1);
    }
  }

  return {
    pass(block) {
      if (!isBegun) begin(block);
      else if (!hasIds) count(block, 0);
    },
    require() {
      if (!hasIds) refuse(file, known, NaN);
    },
  };
}

/** @throws where the trades of `known`, but for those of time `except`, can be divided into whole copies */
function refuse(file: string, known: ReadonlyMap<number, Map<number, Map<number, number>>>, except: number): void {
  let [times, trades] = [0, 0];
  for (const [time, prices] of known) {
    if (time === except) continue;
    for (const quantities of prices.values()) {
      for (const often of quantities.values()) {
        times = greatestDivisor(often, times);
        if (times === 1) return;
        trades++;
      }
    }
  }
  if (times < 2 || trades < SEVERAL) return;
  const found = `the first ${trades} times, prices and quantities ${times} times each, as where both sides of a trade are listed, or a file or recording was joined with itself`;
  fail('input', file, 'each trade once (`accept` takes it as it is)', found);
}

function entryOf<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key) ?? create();
  map.set(key, found);
  return found;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
