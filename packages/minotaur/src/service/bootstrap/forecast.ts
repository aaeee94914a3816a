/** What a warm start takes, before it is taken: trades, requests and seconds, and what it cannot reach. */
import { amountOf, type Amount } from 'minotaur-core/internal/chain/amounts';
import { MICROS_PER_DAY, MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { typicalBar, type TradeSample } from 'minotaur-core/internal/chain/typical-bars';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type { Venue } from '../../venues/contract/venue.ts';
import { reachOf } from '../../venues/facts.ts';
import { A_MINUTE } from '../../venues/wire/budget.ts';

/** Trades of an instrument that happened lately, the oldest first, by which the rest is judged. */
export interface Sampled {
  readonly instrument: string;
  readonly venue: Venue;
  /** The profile of its market. */
  readonly profile: string;
  readonly sample: readonly Trade[];
  /** Whether files of whole days are taken. */
  readonly dumps: boolean;
  /** Whether REST is asked. */
  readonly rest: boolean;
  /** Milliseconds that an answer took. */
  readonly latency: number;
}

interface InstrumentForecast {
  readonly instrument: string;
  /** That the warm-up takes, about; null: not to be told from a sample. */
  readonly trades: number | null;
  readonly requests: number;
  readonly days: number;
  /** Trades that can be reached; null: all. */
  readonly reach: number | null;
}

export interface Forecast {
  readonly instruments: readonly InstrumentForecast[];
  /** All of that, about; null: not to be told. */
  readonly trades: number | null;
  readonly requests: number;
  /** Seconds that the requests take; files of days come on top. */
  readonly seconds: number;
  /** Row of the chain that is ready first, about, counted from the first; null: not to be told. */
  readonly readyAt: number | null;
  /** What cannot be reached, and why; empty: everything. */
  readonly missing: string;
}

type Rates = Required<Amount>;

/** Amounts of a second; undefined where the sample is too short for it. */
function ratesOf(sample: readonly Trade[]): Rates | undefined {
  const [first, last] = [sample[0], sample.at(-1)];
  const seconds = ((last?.time ?? 0) - (first?.time ?? 0)) / MICROS_PER_SECOND;
  if (!(seconds > 0)) return undefined;
  const sum = (of: (trade: Trade) => number): number => sample.reduce((total, trade) => total + of(trade), 0) / seconds;
  const [volume, turnover] = [sum(({ quantity }) => quantity), sum(({ price, quantity }) => price * quantity)];
  return { seconds: 1, trades: sample.length / seconds, volume, turnover };
}

const amountsOf = (sample: readonly Trade[]): TradeSample => ({
  volume: Float64Array.from(sample, ({ quantity }) => quantity),
  turnover: Float64Array.from(sample, ({ price, quantity }) => price * quantity),
});

/** What an instrument's trades are like. */
interface Pace {
  readonly rates: Rates | undefined;
  readonly sample: TradeSample;
}

/** Seconds in which so many bars of a clock close; NaN: nobody knows. */
function secondsFor(plan: Plan, clock: string, bars: number, { rates, sample }: Pace): number {
  const bar = typicalBar(plan, clock, sample);
  const amount: Amount = bar === undefined ? amountOf(plan, clock, bars) : { trades: bars * bar.trades };
  const [unit] = Object.keys(amount) as (keyof Amount)[];
  if (unit === undefined) return NaN;
  return (amount[unit] ?? NaN) / (unit === 'seconds' ? 1 : (rates?.[unit] ?? NaN));
}

/** Of a plan, its instruments in the order of the plan; `wall`: now, microseconds. */
export function forecastBootstrap(plan: Plan, sampled: readonly Sampled[], wall: number): Forecast {
  const paces = sampled.map(({ sample }): Pace => ({ rates: ratesOf(sample), sample: amountsOf(sample) }));
  const spans = plan.clocks.flatMap(({ name, source, warmup, instrument }) =>
    source.type === 'series' ? [] : [secondsFor(plan, name, warmup.bars, paces[instrument])],
  );
  const drive = plan.clocks[plan.drive];
  const each = secondsFor(plan, drive.name, 1, paces[drive.instrument]);
  const rows = plan.rows?.warmup.rows ?? 0;
  const span = Math.max(...spans) + (rows === 0 ? 0 : rows * each);
  const instruments = sampled.map((one, i) => forecastOf(one, paces[i].rates, span, wall));
  const trades = instruments.reduce((sum, one) => sum + (one.trades ?? NaN), 0);
  const requests = instruments.reduce((sum, one) => sum + one.requests, 0);
  return {
    instruments,
    trades: known(Math.round(trades)),
    requests,
    seconds: Math.ceil(secondsOf(sampled, instruments)),
    readyAt: known(Math.ceil(span / each - 1e-6)),
    missing: instruments.flatMap((one, i) => missingOf(one, sampled[i])).join('; '),
  };
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

function forecastOf(one: Sampled, rates: Rates | undefined, span: number, wall: number): InstrumentForecast {
  const { instrument, venue, dumps, rest } = one;
  const { repair, dump } = venue;
  const trades = known(Math.ceil(span * (rates?.trades ?? NaN)));
  const ahead = (dump?.dayAheadHours.value ?? 0) * 3_600e6;
  const today = ((wall + ahead) % MICROS_PER_DAY) / MICROS_PER_SECOND;
  const before = dumps && dump !== undefined && span > today ? span - today : 0;
  const size = repair?.pageSize.value ?? 1;
  const asked = (trades ?? 0) * (span > 0 ? 1 - before / span : 1);
  const requests = rest && repair !== undefined ? Math.max(1, Math.ceil(asked / size)) : 0;
  const isOnePage = repair?.by.value === 'newest';
  const reach = repair === undefined || !rest ? 0 : isOnePage ? size : null;
  return {
    instrument,
    trades,
    requests: isOnePage ? Math.min(1, requests) : requests,
    days: Math.ceil((before * MICROS_PER_SECOND) / MICROS_PER_DAY),
    reach,
  };
}

/** Each venue has a budget of its own, and is asked one question after the other. */
function secondsOf(sampled: readonly Sampled[], instruments: readonly InstrumentForecast[]): number {
  let seconds = 0;
  for (const [i, { requests }] of instruments.entries()) {
    const { perPage, perMinute } = sampled[i].venue.repair?.budget.value ?? { perPage: 1, perMinute: Infinity };
    seconds += requests * Math.max(sampled[i].latency / 1000, (60 * perPage) / (A_MINUTE * perMinute));
  }
  return seconds;
}

function missingOf({ instrument, trades, reach }: InstrumentForecast, { venue, profile, dumps }: Sampled): string[] {
  if (reach === null || trades === null || trades <= reach) return [];
  const how = reach === 0 ? 'cannot be asked for older trades' : `goes back ${reach} trades`;
  const collects = dumps && reachOf(venue, profile) === 'files';
  const until = collects
    ? `; it collects until the file of its first day is there (${venue.dump?.published.value})`
    : '';
  return [`${instrument}: ${venue.title} ${how}, the warm-up takes about ${trades}${until}`];
}
