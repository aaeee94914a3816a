/** Puts into clean trades what venues and connections do to them, and says what was put where. */
import type { Problem } from 'minotaur-core/internal/trades/intake';
import { hasId } from 'minotaur-core/internal/trades/id';
import { idsOrder } from 'minotaur-core/internal/trades/identity/kinds';
import { MICROS_OF_UNIT, type Instrument } from 'minotaur-core/internal/trades/instrument';
import { pickTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { orderOf } from '../harness/in-order.ts';
import { tellsGaps } from './known-holes.ts';

export const SPOILS = ['duplicates', 'late', 'ties', 'missing', 'again'] as const;
/** One of them, trades delayed by no more than they are put in order for, or nothing at all. */
export type Way = (typeof SPOILS)[number] | 'delayed' | 'asTheyCame';

export interface Spoilt {
  readonly way: Way;
  readonly block: TradeBlock;
  /** The trades as the chain has to use them, where they are put in order. */
  readonly inOrder?: TradeBlock;
  /** What is wrong with which row. */
  readonly problems: ReadonlyMap<number, Problem>;
  /** How many times it was done. */
  readonly count: number;
}

/** Rows between one fault and the next, at least: each has to stand by itself. In a block of a few trades one does. */
const APART = 12;
/** Trades by which a late one is late, at most. */
const LATE = 8;

/** `block` in order, of an instrument that finds nothing wrong with it. */
export function spoil(
  block: TradeBlock,
  way: Exclude<Way, 'delayed'>,
  instrument: Instrument,
  random: () => number,
): Spoilt {
  if (way === 'asTheyCame') return { way, block, problems: new Map(), count: block.length };
  const rows: number[] = [];
  const problems = new Map<number, Problem>();
  const apart = Math.max(1, Math.min(APART, block.length >> 1));
  let count = 0;
  for (let i = 0; i < block.length; i++) {
    const left = block.length - i - 1;
    if (i === 0 || left < apart || random() > 2 / apart || !can(block, i, way, instrument)) {
      rows.push(i);
      continue;
    }
    count++;
    const told = isTold(block, i, instrument);
    const isGap = told && tellsGaps(instrument);
    const by = way === 'late' ? 1 + Math.floor(random() * Math.min(LATE, left)) : 1;
    if (way === 'duplicates') {
      rows.push(i, i);
      problems.set(rows.length - 1, 'duplicate');
    } else if (way === 'again') {
      // Row i is missing, and the one before it comes again behind the gap.
      if (isGap) problems.set(rows.length, 'gap');
      rows.push(i + 1, i - 1);
      problems.set(rows.length - 1, 'duplicate');
      i++;
    } else {
      // Row i is left out; what follows it shows the gap in the ids, and where it is late it comes after all.
      if (isGap) problems.set(rows.length, 'gap');
      for (let k = 1; k <= by; k++) rows.push(i + k);
      if (way !== 'missing') {
        rows.push(i);
        if ((told && idsOrder(instrument.ids)) || isEarlier(block, i, by, instrument))
          problems.set(rows.length - 1, 'disorder');
      }
      i += by;
    }
    for (let k = 1; k <= APART - LATE && i + 1 < block.length; k++) rows.push(++i);
  }
  return { way, block: pickTrades(block, rows), problems, count };
}

/** Whether the way means anything at row `i`. */
function can(block: TradeBlock, i: number, way: Way, instrument: Instrument): boolean {
  const told = isTold(block, i, instrument);
  // Among trades with ids and trades without, what is missing shows later, or never.
  for (let k = i - 1; k <= i + LATE && k < block.length; k++) if (isTold(block, k, instrument) !== told) return false;
  if (way === 'late') return true;
  if (way === 'missing') return told && instrument.ids === 'dense';
  return told && (way !== 'ties' || block.time[i] === block.time[i + 1]);
}

/** Whether trade `i` is known by its id. */
function isTold({ id }: TradeBlock, i: number, { ids }: Instrument): boolean {
  return ids !== 'none' && hasId(id, i);
}

/** Whether trade `i` is before one of the `by` behind it, whose times are floored once they are accepted. */
function isEarlier({ time }: TradeBlock, i: number, by: number, { timeUnit }: Instrument): boolean {
  const unit = MICROS_OF_UNIT[timeUnit];
  return time.subarray(i + 1, i + by + 1).some((later) => time[i] < Math.floor(later / unit) * unit);
}

/** `block` with trades that come after later ones, none of them more than `within` microseconds late. */
export function delay(block: TradeBlock, within: number, byId: boolean, random: () => number): Spoilt {
  const inOrder = pickTrades(block, orderOf(block, byId));
  const { time, length } = inOrder;
  const rows: number[] = [];
  let count = 0;
  for (let i = 0; i < length; i++) {
    let behind = 0;
    // What came before the block may be ahead of its start by as much as a trade may be late.
    if (time[i] > time[0] + within && time[i + 1] > time[i] && random() < 2 / APART)
      while (behind < LATE && i + behind + 1 < length && time[i + behind + 1] - time[i] < within) behind++;
    if (behind > 0) count++;
    for (let k = 1; k <= behind; k++) rows.push(i + k);
    rows.push(i);
    i += behind;
  }
  return { way: 'delayed', block: pickTrades(inOrder, rows), inOrder, problems: new Map(), count };
}
