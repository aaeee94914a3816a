/** What every joiner hands over, counts and compares in the same way. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type { Arrived, JoinedHole, JoinerCounts, JoinerSinks, Last } from './contract.ts';
import { createRecent, differenceOf, type Recent } from './recent.ts';

export interface Tally {
  readonly recent: Recent;
  readonly handed: number;
  last: Last | undefined;
  /** The next of the sequence. */
  hand(arrived: Arrived): void;
  /** A trade that was handed over before, or is older than all: it has to be what it was. */
  again(trade: Trade, coarse?: boolean): void;
  /** What was handed over before this joiner was made. */
  seed(trades: readonly Trade[]): void;
  /** Trades are missing before the next. */
  hole(hole: JoinedHole): void;
  counts(requests: number, waiting: number): JoinerCounts;
}

/** Remembers `remembered` trades. */
export function createTally(sinks: JoinerSinks, remembered: number): Tally {
  const recent = createRecent(remembered);
  const counted = { handed: 0, repaired: 0, duplicates: 0, officialHoles: 0, openHoles: 0, revised: 0 };
  let last: Last | undefined;
  return {
    recent,
    get handed() {
      return counted.handed;
    },
    get last() {
      return last;
    },
    set last(to) {
      last = to;
    },
    hand(arrived) {
      const { trade, way } = arrived;
      counted.handed++;
      if (way === 'repair') counted.repaired++;
      recent.add(trade);
      if (trade.id !== undefined) last = { id: trade.id, time: trade.time };
      sinks.onTrade(arrived);
    },
    again(trade, coarse) {
      counted.duplicates++;
      const kept = recent.get(trade.id);
      const field = kept === undefined ? undefined : differenceOf(kept, trade, coarse);
      if (kept === undefined || field === undefined) return;
      counted.revised++;
      sinks.onEvent({ what: 'revised', field, kept, found: trade });
    },
    seed(trades) {
      for (const trade of trades) {
        recent.add(trade);
        if (trade.id !== undefined) last = { id: trade.id, time: trade.time };
      }
    },
    hole(hole) {
      counted[hole.kind === 'official' ? 'officialHoles' : 'openHoles']++;
      sinks.onHole(hole);
    },
    counts: (requests, waiting) => ({ ...counted, requests, waiting }),
  };
}
