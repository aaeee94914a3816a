/** The newest trades of each instrument: what a joiner goes on behind. */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { tradeOfRow, type Trade } from 'minotaur-core/internal/trades/trade';
import { newestTrades } from '../../journal/newest-trades.ts';
import { pushesOnce } from '../../journal/without-repeats.ts';
import type { Journal } from '../../journal/reader.ts';
import { newestState } from '../../journal/states.ts';

/** Trades, the newest last, by the instrument's name. */
export type Seeds = ReadonlyMap<string, readonly Trade[]>;

/** How many are remembered where ids order, and where they only tell trades apart. */
const SEEDS = { dense: 1000, rising: 100_000, unique: 100_000, none: 0 } as const;

/** Those of a journal, as many as each instrument's joiner remembers. */
export function seedsOnRecord(journal: Journal, instruments: readonly Instrument[]): Seeds {
  const newest = newestTrades(
    journal,
    instruments.map(({ ids }) => SEEDS[ids]),
  );
  const last = lastTrades(journal);
  return new Map(instruments.map(({ name }, i) => [name, endingWith(last.get(i), newest[i].map(tradeOfRow))]));
}

/** The trade of each instrument with which a chain ends that goes on; those without one since the newest state are left out. */
function lastTrades(journal: Journal): ReadonlyMap<number, Trade> {
  const last = new Map<number, Trade>();
  for (const { trades } of pushesOnce(journal.records(undefined, newestState(journal))))
    for (const trade of trades.slice(-1)) last.set(trade.instrument, tradeOfRow(trade));
  return last;
}

/** What a session began to record again, and did not come to the end of, stands behind it: it comes first, however often it was begun. */
function endingWith(last: Trade | undefined, trades: readonly Trade[]): readonly Trade[] {
  if (last?.id === undefined) return trades;
  const end = trades.findIndex(({ id }) => id === last.id) + 1;
  return end === 0 ? [...trades, last] : [...trades.slice(end), ...trades.slice(0, end)];
}
