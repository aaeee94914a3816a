/** The newest trades of each instrument: what a joiner goes on behind. */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { tradeOfRow, type Trade } from 'minotaur-core/internal/trades/trade';
import { newestTrades } from '../../journal/newest-trades.ts';
import type { Journal } from '../../journal/reader.ts';

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
  return new Map(instruments.map(({ name }, i) => [name, newest[i].map(tradeOfRow)]));
}
