/** Puts into clean trades what venues and connections do to them, and says what was put where. */
import type { Problem } from 'minotaur-core/internal/trades/intake';
import { hasId } from 'minotaur-core/internal/trades/id';
import { pickTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';

export const SPOILS = ['duplicates', 'late', 'ties', 'missing', 'again'] as const;
/** One of them, or nothing at all. */
export type Way = (typeof SPOILS)[number] | 'asTheyCame';

export interface Spoilt {
  readonly way: Way;
  readonly block: TradeBlock;
  /** What is wrong with which row. */
  readonly problems: ReadonlyMap<number, Problem>;
  /** How many times it was done. */
  readonly count: number;
}

/** Rows between one fault and the next, at least: each has to stand by itself. */
const APART = 12;
/** Trades by which a late one is late, at most. */
const LATE = 8;

/** `block` in order, its ids one after the other or absent. */
export function spoil(block: TradeBlock, way: Way, random: () => number): Spoilt {
  if (way === 'asTheyCame') return { way, block, problems: new Map(), count: block.length };
  const rows: number[] = [];
  const problems = new Map<number, Problem>();
  const hasIds = block.length > 0 && hasId(block.id, 0);
  let count = 0;
  for (let i = 0; i < block.length; i++) {
    const left = block.length - i - 1;
    if (i === 0 || left < APART || random() > 2 / APART || !can(block, i, way, hasIds)) {
      rows.push(i);
      continue;
    }
    count++;
    const delay = way === 'late' ? 1 + Math.floor(random() * LATE) : 1;
    if (way === 'duplicates') {
      rows.push(i, i);
      problems.set(rows.length - 1, 'duplicate');
    } else if (way === 'again') {
      // Row i is missing, and the one before it comes again behind the gap.
      problems.set(rows.length, 'gap');
      rows.push(i + 1, i - 1);
      problems.set(rows.length - 1, 'duplicate');
      i++;
    } else {
      // Row i is left out; what follows it shows the gap in the ids, and where it is late it comes after all.
      if (hasIds) problems.set(rows.length, 'gap');
      for (let k = 1; k <= delay; k++) rows.push(i + k);
      if (way !== 'missing') {
        rows.push(i);
        if (hasIds || block.time[i] < block.time[i + delay]) problems.set(rows.length - 1, 'disorder');
      }
      i += delay;
    }
    for (let k = 1; k <= APART - LATE && i + 1 < block.length; k++) rows.push(++i);
  }
  return { way, block: pickTrades(block, rows), problems, count };
}

/** Whether the way means anything at row `i`. */
function can(block: TradeBlock, i: number, way: Way, hasIds: boolean): boolean {
  if (way === 'ties') return hasIds && block.time[i] === block.time[i + 1];
  return way === 'late' || hasIds;
}
