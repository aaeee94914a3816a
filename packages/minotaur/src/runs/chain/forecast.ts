/** What the warm-up of a chain takes, typically, said before a long build starts. */
import type { EngineCounts } from 'minotaur-core/internal/chain/contract';
import { amountOf, type Amount } from 'minotaur-core/internal/chain/amounts';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { typicalBar } from 'minotaur-core/internal/chain/typical-bars';
import type { TradeOutline, TradeRates } from '../../files/trades/outline.ts';

/** What a clock needs until it is warm. Null: not to be told from the files. */
export interface ClockForecast {
  /** Its name. */
  readonly clock: string;
  /** Bars that it has yet to close. */
  readonly bars: number;
  /** The column that needs most. */
  readonly because: string | null;
  /** Event time that so many bars take, typically. */
  readonly seconds: number | null;
  /** Trades in it. */
  readonly trades: number | null;
  /** Quote units that are traded in it. */
  readonly turnover: number | null;
}

/** What to expect of a run before it starts. */
export interface WarmupForecast {
  /** Every clock, as the plan has them. */
  readonly clocks: readonly ClockForecast[];
  /** Of features of rows, where there are any: rows that they need once every clock is warm, and the column that needs most. */
  readonly rows?: { readonly rows: number; readonly because: string | null };
  /** Trades in all files, about; null where bars are the input. */
  readonly trades: number | null;
  /** Event time from the first trade of the files to the last, about; null where bars are the input, or the files do not stand in order of time. */
  readonly spanSeconds: number | null;
  /** Clocks that the files are too short for: as long as one is among them, no row is ready. */
  readonly tooShortFor: readonly string[];
}

/** Who is told of it. */
export interface WarmupListener {
  /** Told before the first trade is taken what the warm-up takes; looking that up costs a glance into the files. */
  readonly onWarmup?: ((forecast: WarmupForecast) => void) | undefined;
}

/** What to expect, of the files of each instrument in outline and a chain that has closed so many bars already. */
export function forecastWarmup(
  plan: Plan,
  outlines: Readonly<Record<string, TradeOutline>>,
  before: Pick<EngineCounts, 'bars'>,
): WarmupForecast {
  const clocks = plan.clocks.map(({ name, suffix, source, warmup, instrument }): ClockForecast => {
    const bars = Math.max(0, warmup.bars - before.bars[name]);
    const because = warmup.because === undefined ? null : warmup.because + suffix;
    // A series is of no instrument.
    const outline = source.type === 'series' ? undefined : outlines[plan.instruments[instrument].name];
    return { clock: name, bars, because, ...typical(plan, name, bars, outline) };
  });
  const spans = Object.values(outlines).map(({ seconds }) => seconds);
  const longest = spans.length === 0 ? null : Math.max(...spans);
  // Files whose last trade is before their first stand in another order than time: nothing is told of them until they are read.
  const spanSeconds = longest !== null && longest < 0 ? null : longest;
  const isTooShort = ({ seconds }: ClockForecast): boolean =>
    seconds !== null && spanSeconds !== null && seconds > spanSeconds;
  const rows = plan.rows && { rows: plan.rows.warmup.rows, because: plan.rows.warmup.because ?? null };
  return {
    clocks,
    ...(rows && { rows }),
    trades: spans.length === 0 ? null : Object.values(outlines).reduce((total, { trades }) => total + trades, 0),
    spanSeconds,
    tooShortFor: clocks.filter(isTooShort).map(({ clock }) => clock),
  };
}

type Typical = Pick<ClockForecast, 'seconds' | 'trades' | 'turnover'>;

function typical(plan: Plan, clock: string, bars: number, outline: TradeOutline | undefined): Typical {
  const rates = outline?.rates ?? null;
  const bar = outline?.sample && typicalBar(plan, clock, outline.sample);
  if (bar === undefined || rates === null) return nominal(amountOf(plan, clock, bars), rates);
  const trades = bars * bar.trades;
  return { seconds: trades / rates.trades, trades: Math.round(trades), turnover: Math.round(bars * bar.turnover) };
}

/** As if bars held what closes them and no more. */
function nominal(amount: Amount, rates: TradeRates | null): Typical {
  const [unit] = Object.keys(amount) as (keyof Amount)[];
  const given = { seconds: null, trades: null, turnover: null, ...amount };
  const { seconds, trades, turnover } = given;
  if (unit === undefined || rates === null) return { seconds, trades, turnover };
  const whole = (amount[unit] as number) / (unit === 'seconds' ? 1 : rates[unit]);
  return {
    seconds: whole,
    trades: Math.round(trades ?? whole * rates.trades),
    turnover: Math.round(turnover ?? whole * rates.turnover),
  };
}
