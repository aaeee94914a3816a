/** The account of a run's warm-up: what each clock needed, and when in this run it had it. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import type { BarRows, EngineCounts } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { ignoredColumns, unboundedColumns, type RowsWarmup } from 'minotaur-core/internal/chain/warmup';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import type { ClockWarmup, RowsWarmupReport, WarmupReport } from '../../store/manifest.ts';

export interface WarmupAccount {
  addBars(bars: BarRows): void;
  addRows(rows: RowBlock): void;
  /** Rows of this run that were ready. */
  readonly readyRows: number;
  /** Of these, rows that were complete. */
  readonly completeRows: number;
  report(): WarmupReport;
}

/** `before` are the engine's counts when the run begins. */
export function createWarmupAccount(plan: Plan, before: EngineCounts): WarmupAccount {
  const clocks = plan.clocks.map(({ name, source, warmup, instrument }) => {
    const warm = before.bars[name] >= warmup.bars;
    // Ordinals of events are an instrument's own, or a series'.
    const own = source.type === 'series' ? undefined : before.instruments?.[plan.instruments[instrument].name];
    const earlier = source.type === 'series' ? before.bars[name] : (own ?? before).trades;
    return { needed: warmup.bars, earlier, trades: warm ? 0 : NaN, time: NaN, opened: NaN };
  });
  const indexes = new Map(plan.clocks.map(({ name }, c) => [name, c]));
  let rows = 0;
  let readyRows = 0;
  let completeRows = 0;
  let readyAfter: number | null = null;
  return {
    addBars({ clock, data, from, to }) {
      const one = clocks[indexes.get(clock) as number];
      if (Number.isNaN(one.opened)) one.opened = data[COLUMN.open_time][from];
      if (one.trades === one.trades || data[COLUMN.ordinal][to - 1] + 1 < one.needed) return;
      let i = from;
      while (data[COLUMN.ordinal][i] + 1 < one.needed) i++;
      // Twice the ordinal of the closing trade, and one more where that is part of the bar.
      one.trades = Math.ceil(data[COLUMN.event][i] / 2) - one.earlier;
      one.time = data[COLUMN.available_at][i];
    },
    addRows({ count, ready, complete }) {
      for (let r = 0; r < count; r++) {
        if (ready[r] === 1) readyAfter ??= rows;
        rows++;
        readyRows += ready[r];
        completeRows += ready[r] * complete[r];
      }
    },
    get readyRows() {
      return readyRows;
    },
    get completeRows() {
      return completeRows;
    },
    report() {
      // A threshold bar opens with the first trade, an interval before it: the latest first opening is the nearest.
      const start = Math.max(...clocks.map(({ opened }) => (Number.isNaN(opened) ? -Infinity : opened)));
      return {
        clocks: plan.clocks.map((_, c) => describeClock(plan, c, clocks[c], start)),
        ...(plan.rows && { rows: describeRows(plan.rows.warmup, readyAfter) }),
        unbounded: unboundedColumns(plan),
        ignored: ignoredColumns(plan),
      };
    },
  };
}

function describeRows({ rows, because }: RowsWarmup, readyAfter: number | null): RowsWarmupReport {
  return { rows, because: because ?? null, readyAfter };
}

function describeClock(plan: Plan, c: number, at: { trades: number; time: number }, start: number): ClockWarmup {
  const { name, suffix, warmup } = plan.clocks[c];
  const { bars, because, rootBars } = warmup;
  const seconds = at.trades === 0 ? 0 : Math.max(0, at.time - start) / MICROS_PER_SECOND;
  return {
    clock: name,
    bars,
    because: because === undefined ? null : because + suffix,
    rootBars: rootBars === undefined ? null : { clock: plan.clocks[rootBars.clock].name, bars: rootBars.bars },
    trades: Number.isNaN(at.trades) ? null : at.trades,
    seconds: Number.isNaN(seconds) ? null : seconds,
  };
}
