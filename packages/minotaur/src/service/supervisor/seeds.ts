/** The newest trades of each instrument that are on record: what a joiner goes on behind. */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { idAt } from 'minotaur-core/internal/trades/id';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type { ReceivedTrade } from 'minotaur-core/internal/live/record';
import { openJournal } from '../../journal/reader.ts';

/** Trades, the newest last, by the instrument's name. */
export type Seeds = ReadonlyMap<string, readonly Trade[]>;

/** How many are remembered where ids order, and where they only tell trades apart. */
const SEEDS = { dense: 1000, rising: 100_000, unique: 100_000, none: 0 } as const;

/** The newest trades, as many as each instrument's joiner remembers. */
export function createSeeds(instruments: readonly Instrument[]): {
  add(instrument: number, trade: Trade): void;
  take(): Seeds;
} {
  const newest = instruments.map((): Trade[] => []);
  const most = (i: number): number => SEEDS[instruments[i].ids];
  return {
    add(i, trade) {
      newest[i].push(trade);
      // Half is thrown away at once, so that each costs little.
      if (newest[i].length > 2 * most(i)) newest[i].splice(0, newest[i].length - most(i));
    },
    take: () => new Map(instruments.map(({ name }, i) => [name, newest[i].slice(-most(i))])),
  };
}

/** Those of the journal in `directory`. */
export function seedsOnRecord(directory: string, instruments: readonly Instrument[]): Seeds {
  const seeds = createSeeds(instruments);
  for (const { record } of openJournal(directory).records())
    if (record.kind === 'trade') seeds.add(record.instrument, tradeOf(record));
  return seeds.take();
}

function tradeOf({ time, id, price, quantity, side }: ReceivedTrade): Trade {
  const known = idAt(id, 0);
  return {
    time,
    price,
    quantity,
    ...(known === undefined ? {} : { id: known }),
    ...(side === side ? { buyerMaker: side < 0 } : {}),
  };
}
