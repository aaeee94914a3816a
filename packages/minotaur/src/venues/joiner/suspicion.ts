/** A counter of ids that begins anew is told from a trade that comes again by its time, and believed when REST has it too. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type { Arrived, JoinerSinks, Last } from './contract.ts';
import { differenceOf } from './recent.ts';

/** So many trades in a row with lower ids and later times make the suspicion; beyond the second figure they are no such thing. */
const SUSPICIOUS = 3;
const MOST = 10_000;

export interface Suspicion {
  /** The first id of the new count; undefined where nothing is suspected. */
  readonly first: number | undefined;
  /** False where the trade is none of them. */
  add(arrived: Arrived, last: Last | undefined): boolean;
  /** What REST makes of it. */
  judge(trades: readonly Trade[]): 'confirmed' | 'denied' | 'unknown';
  /** Forgets them; they are given back. */
  clear(): readonly Arrived[];
}

const idOf = (trade: Trade): number => Number(trade.id);

export function createSuspicion({ onEvent }: JoinerSinks): Suspicion {
  let suspects: Arrived[] = [];
  return {
    get first() {
      return suspects.length >= SUSPICIOUS ? idOf(suspects[0].trade) : undefined;
    },
    add(arrived, last) {
      const { trade } = arrived;
      if (last === undefined || trade.time <= last.time) return false;
      const before = suspects.at(-1);
      if (suspects.length === MOST || (before !== undefined && idOf(trade) <= idOf(before.trade))) suspects = [];
      suspects.push(arrived);
      if (suspects.length === SUSPICIOUS)
        onEvent({ what: 'suspected-restart', last: Number(last.id), id: idOf(suspects[0].trade) });
      return true;
    },
    judge(trades) {
      const first = suspects[0]?.trade;
      const same = first && trades.find((trade) => idOf(trade) === idOf(first));
      // REST may be behind.
      if (first === undefined || same === undefined) return 'unknown';
      return differenceOf(same, first) === undefined ? 'confirmed' : 'denied';
    },
    clear() {
      const cleared = suspects;
      if (cleared.length > 0) suspects = [];
      return cleared;
    },
  };
}
