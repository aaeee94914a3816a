/** Bars in the order in which rows come to them, by a plain search: which they may hold, and which are still ahead of them. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Table } from './table.ts';
import type { Trace } from './trace.ts';

export interface BarsAhead {
  /** Takes the bars of a trace: rows may come later than theirs, and bars of other instruments before or after a row. */
  take(trace: Trace): void;
  /**
   * Goes on to what the next row, of `time`, may hold: of the driving instrument what had closed with its own bar, of another what was
   * available a latency before. Each bar on the way is handed on; returns the event that completes the row, NaN where no bar is its.
   */
  next(time: number, passed: (clock: number, bar: Float64Array) => void): number;
}

interface Bar {
  readonly available: number;
  readonly event: number;
  readonly values: Float64Array;
}

/** Of each bar so many columns are kept; of all where it is not said. */
export function createBarsAhead(plan: Plan, columns = Infinity): BarsAhead {
  const own = plan.clocks[plan.drive].instrument;
  const ahead: Bar[][] = plan.clocks.map(() => []);
  /** Events of the driving bars whose rows have not come. */
  const closedBy: number[] = [];
  return {
    take({ bars }) {
      for (const [c, { name, graph }] of plan.clocks.entries()) {
        const { values, times } = bars.get(name) as Table;
        const width = graph.columns.length;
        for (let i = 0; i < times.length; i++) {
          const event = values[i * width + COLUMN.event];
          const kept = values.slice(i * width, i * width + Math.min(width, columns));
          ahead[c].push({ available: times[i], event, values: kept });
          if (c === plan.drive) closedBy.push(event);
        }
      }
    },
    next(time, passed) {
      const event = closedBy.shift() ?? NaN;
      for (const [c, { instrument }] of plan.clocks.entries()) {
        const latency = latencyOf(plan, c);
        const may = (bar: Bar): boolean =>
          bar.available + latency <= time && (instrument !== own || bar.event <= event);
        let count = 0;
        for (; count < ahead[c].length && may(ahead[c][count]); count++) passed(c, ahead[c][count].values);
        ahead[c].splice(0, count);
      }
      return event;
    },
  };
}

/** How long after it became available a bar of clock `c`, or a row of a series, may stand in a row. */
export function latencyOf({ clocks, drive, lanes }: Plan, c: number): number {
  const { instrument, source } = clocks[c];
  if (source.type === 'series') return source.latency;
  return instrument === clocks[drive].instrument ? 0 : lanes.latency[instrument];
}
