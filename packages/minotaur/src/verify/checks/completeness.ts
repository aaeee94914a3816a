/** Which rows may be complete, found anew from the bars that rows hold: nothing is counted, the last bars are looked at. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Table } from '../harness/table.ts';
import type { Trace } from '../harness/trace.ts';

export interface Completeness {
  /** Takes the bars of a trace; calls `look` for each of its rows once the bars that it may hold have been taken. */
  walk(trace: Trace, look: (row: number) => boolean): void;
  /** Whether all bars that a row waits for have opened after `to` of their instrument, where a hole ended; -Infinity: there was none. */
  isComplete(to: (instrument: number) => number): boolean;
}

/** A bar that no row has come to yet. */
interface ComingBar {
  readonly available: number;
  readonly event: number;
  readonly opened: number;
}

export function createCompleteness(plan: Plan): Completeness {
  const own = plan.clocks[plan.drive].instrument;
  const coming: ComingBar[][] = plan.clocks.map(() => []);
  /** Events of the driving bars whose rows have not come. */
  const closedBy: number[] = [];
  /** Of each clock: when its last bars opened, as many as a row waits for. */
  const opened: number[][] = plan.clocks.map(() => []);
  const bring = (time: number, event: number): void => {
    for (const [c, { instrument, warmup }] of plan.clocks.entries()) {
      const latency = instrument === own ? 0 : plan.lanes.latency[instrument];
      const may = (bar: ComingBar): boolean =>
        bar.available + latency <= time && (instrument !== own || bar.event <= event);
      let passed = 0;
      while (passed < coming[c].length && may(coming[c][passed])) opened[c].push(coming[c][passed++].opened);
      coming[c].splice(0, passed);
      opened[c].splice(0, opened[c].length - warmup.bars);
    }
  };
  return {
    walk({ bars, rows }, look) {
      for (const [c, { name, graph }] of plan.clocks.entries()) {
        const { values, times } = bars.get(name) as Table;
        const at = (i: number, column: number): number => values[i * graph.columns.length + column];
        times.forEach((available, i) => {
          const event = at(i, COLUMN.event);
          coming[c].push({ available, event, opened: at(i, COLUMN.open_time) });
          if (c === plan.drive) closedBy.push(event);
        });
      }
      for (let r = 0; r < rows.times.length; r++) {
        bring(rows.times[r], closedBy[r] ?? NaN);
        if (!look(r)) return;
      }
      closedBy.splice(0, rows.times.length);
    },
    isComplete: (to) =>
      plan.clocks.every(({ warmup, instrument }, c) => {
        const end = to(instrument);
        return end === -Infinity || (opened[c].length >= warmup.bars && opened[c].every((openTime) => openTime > end));
      }),
  };
}
