/** A sound chain of two instruments and a series, and a market for it. */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { SeriesRow } from 'minotaur-core/internal/bars/series';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { CheckContext } from '../harness/check.ts';
import { turnsOfFiles } from '../harness/file-turns.ts';
import { reachOf } from '../harness/reach.ts';
import { cutTurns } from '../harness/several-stretch.ts';
import type { SeriesTurn } from '../harness/turns.ts';
import { severalMarket } from './market.ts';

/** The first drives. */
const INSTRUMENTS = ['perp', 'spot'];
const RATE = 'rate';

/** Quotes that come some time after they were made, and are too old before long. */
export const SERIES: ConfigInput = {
  instruments: { perp: {}, spot: { latency: '250ms' } },
  clocks: {
    perp: { of: 'perp', bars: 'tick', threshold: 4 },
    spot: { of: 'spot', bars: 'time', every: '10s' },
    [RATE]: { series: ['bid'], latency: '700ms', maxAge: '20s' },
  },
  drive: 'perp',
  features: { perp: ['close'], spot: ['close', 'volume'], [RATE]: ['bid', 'diff(bid, 1) as change'] },
};

/** Microseconds from one row of the series to the next, at most, and from what a row is of to when it became known. */
const APART = 3_000_000;
const KNOWN_AFTER = 1_200_000;
/** Of the rows so many come again later, as a revision. */
const REVISED = 0.1;

/** A context of some `count` trades, whose stretches have `each` events. */
export function seriesContext(count: number, each: number, seed: number): CheckContext {
  const plan = planOf(SERIES);
  const trades = severalMarket(INSTRUMENTS, count, seed);
  const series = [rateOver(trades[INSTRUMENTS[0]], seed)];
  const open = () => cutTurns(turnsOfFiles({ trades, bars: [], series }, plan), { reach: reachOf(plan), each });
  return { plan, configSource: { kind: 'value', value: SERIES }, open, seed };
}

/** A row every few seconds in which something was traded, now and then the one before with another value. */
function rateOver({ time, length }: TradeBlock, seed: number): SeriesTurn {
  const random = mulberry32(seed + 5);
  const rows: (SeriesRow & { readonly available_at: number })[] = [];
  let next = time[0] ?? NaN;
  for (let i = 0; i < length; i++) {
    if (time[i] < next) continue;
    const last = rows.at(-1);
    const of = random() < REVISED && last !== undefined ? last.time : time[i];
    rows.push({ time: of, available_at: time[i] + KNOWN_AFTER, bid: Math.round(random() * 1000) / 100 });
    next = time[i] + 1 + Math.floor(random() * APART);
  }
  return { kind: 'series', instrument: RATE, rows, available: rows.map((row) => row.available_at) };
}
