/** The newest trades of each instrument: what a joiner goes on behind. */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { Trade } from 'minotaur-core/internal/trades/trade';

/** Trades, the newest last, by the instrument's name. */
export type Seeds = ReadonlyMap<string, readonly Trade[]>;

/** How many are remembered where ids order, and where they only tell trades apart. */
const SEEDS = { dense: 1000, rising: 100_000, unique: 100_000, none: 0 } as const;

export interface SeedsSoFar {
  add(instrument: number, trade: Trade): void;
  take(): Seeds;
}

/** The newest trades, as many as each instrument's joiner remembers. */
export function createSeeds(instruments: readonly Instrument[]): SeedsSoFar {
  const newest = instruments.map((): Trade[] => []);
  const most = (i: number): number => SEEDS[instruments[i].ids];
  const add = (i: number, trade: Trade): void => {
    newest[i].push(trade);
    // Half is thrown away at once, so that each costs little.
    if (newest[i].length > 2 * most(i)) newest[i].splice(0, newest[i].length - most(i));
  };
  return {
    add,
    take: () => new Map(instruments.map(({ name }, i) => [name, newest[i].slice(-most(i))])),
  };
}
