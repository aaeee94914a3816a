/** How much history so many bars are, in trades and hours: measured on the bars of a run. */
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { ClockPlan, Plan } from 'minotaur-core/internal/chain/plan';
import { ROWS } from 'minotaur-core/internal/chain/row-plan';
import type { Certificate, ClockCertificate } from '../harness/certificate.ts';
import type { RowEvents } from '../harness/row-columns.ts';
import type { Table } from '../harness/table.ts';
import type { Trace } from '../harness/trace.ts';

const MICROS_PER_HOUR = 3600 * MICROS_PER_SECOND;

/** When the bars of a clock were known: after how many trades, of a series none, and at what time (microseconds). */
export interface Closes {
  readonly trades: number[];
  readonly times: number[];
}

/** Adds the bars of a stretch; one entry of `closes` per clock, and one for rows, of these events, where features of rows are asked for. */
export function noteCloses(plan: Plan, trace: Trace, closes: readonly Closes[], events: RowEvents): void {
  const { clocks } = plan;
  for (const [c, { name, graph, source }] of clocks.entries()) {
    const { values, times } = trace.bars.get(name) as Table;
    for (let r = 0; r < times.length; r++) {
      // Rows of a series come with no trade.
      if (source.type !== 'series')
        closes[c].trades.push(Math.ceil(values[r * graph.columns.length + COLUMN.event] / 2));
      closes[c].times.push(times[r]);
    }
  }
  const rows = closes.at(clocks.length);
  if (rows === undefined) return;
  for (let r = 0; r < trace.rows.times.length; r++) {
    rows.trades.push(Math.ceil(events.of(r) / 2));
    rows.times.push(trace.rows.times[r]);
  }
}

/** What each clock's warm-up takes: its own bars tell, or those that they are made of, or the length of the interval. */
export function certifyClocks({ clocks }: Plan, closes: readonly Closes[]): ClockCertificate[] {
  const tradesPerHour = rateOf(closes);
  return clocks.map(({ name, warmup }, c) => {
    const micros = spanOf(clocks, c, closes, 'times');
    const hours = micros === null ? null : micros / MICROS_PER_HOUR;
    const counted = spanOf(clocks, c, closes, 'trades');
    const trades = counted ?? (hours === null || tradesPerHour === null ? null : hours * tradesPerHour);
    return { clock: name, bars: warmup.bars, trades, hours };
  });
}

/** What features of rows take once every clock is warm. */
export function certifyRows({ clocks, rows }: Plan, closes: readonly Closes[]): ClockCertificate | undefined {
  const own = closes.at(clocks.length);
  if (rows === undefined || own === undefined) return undefined;
  const { rows: bars } = rows.warmup;
  const micros = typicalSpan(own.times, bars);
  return {
    clock: ROWS,
    bars,
    trades: typicalSpan(own.trades, bars),
    hours: micros === null ? null : micros / MICROS_PER_HOUR,
  };
}

function spanOf(clocks: readonly ClockPlan[], c: number, closes: readonly Closes[], of: keyof Closes): number | null {
  const { source, warmup } = clocks[c];
  const measured = typicalSpan(closes[c][of], warmup.bars);
  if (measured !== null) return measured;
  if (of === 'times' && 'grid' in source) return warmup.bars * source.grid.every;
  const { rootBars } = warmup;
  return rootBars === undefined ? null : typicalSpan(closes[rootBars.clock][of], rootBars.bars);
}

/** Trades per hour, by the clock that saw most bars. */
function rateOf(closes: readonly Closes[]): number | null {
  const { trades, times } = closes.reduce((a, b) => (b.trades.length > a.trades.length ? b : a));
  const last = trades.length - 1;
  if (last < 1 || times[last] === times[0]) return null;
  return ((trades[last] - trades[0]) / (times[last] - times[0])) * MICROS_PER_HOUR;
}

/**
 * How far apart in `at` (one number per bar, in order) are bars that are `bars` apart: the median over the run; where it has not as many,
 * what they would take at its mean rate; null where there are not two.
 */
export function typicalSpan(at: readonly number[], bars: number): number | null {
  const steps = at.length - 1;
  if (steps < 1) return null;
  if (bars > steps) return ((at[steps] - at[0]) / steps) * bars;
  const spans = Float64Array.from({ length: at.length - bars }, (_, i) => at[i + bars] - at[i]).sort();
  const middle = spans.length >> 1;
  return spans.length % 2 === 1 ? spans[middle] : (spans[middle - 1] + spans[middle]) / 2;
}

/** Whole rows are ready with their slowest clock, and as many rows later as their own features need. */
export function rowOf(clocks: readonly ClockCertificate[], rows?: ClockCertificate): Certificate['row'] {
  const slowest = clocks.reduce((a, b) => ((b.hours ?? Infinity) > (a.hours ?? Infinity) ? b : a));
  const { clock, trades, hours } = slowest;
  if (hours === null || rows === undefined || rows.bars === 1) return hours === null ? null : { clock, trades, hours };
  if (rows.hours === null) return null;
  return { clock, trades: trades === null ? null : trades + (rows.trades ?? 0), hours: hours + rows.hours };
}
