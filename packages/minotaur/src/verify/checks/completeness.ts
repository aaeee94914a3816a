/** Which rows may be complete, found anew from the bars that rows hold: nothing is counted, the last bars are looked at. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Table } from '../harness/table.ts';
import type { Trace } from '../harness/trace.ts';

export interface Completeness {
  /** Takes the bars of a trace; calls `look` for each of its rows once the bars that it may hold have been taken. */
  walk(trace: Trace, look: (row: number) => boolean): void;
  /** Whether all bars that a row waits for have opened after `to`, where a hole ended; -Infinity: there was none. */
  isComplete(to: number): boolean;
}

/** Says of one row after the other whether it has to be complete: {@link createRowAccount}. */
export type RowAccount = (bars: boolean, to: number) => boolean;

/**
 * The rows of one side, one after the other: given whether the bars of each are complete and where the newest hole ended that was
 * known then, whether the row has to be complete. Features of rows remember rows, so as many have to have been let out since.
 */
export function createRowAccount({ rows }: Plan): RowAccount {
  const needed = rows?.warmup.rows ?? 1;
  let since = Infinity;
  let known = -Infinity;
  return (bars, to) => {
    if (to !== known || !bars) since = 0;
    known = to;
    if (bars) since++;
    return bars && since >= needed;
  };
}

export function createCompleteness(plan: Plan): Completeness {
  /** Of each clock: when its last bars opened, as many as a row waits for. */
  const opened: number[][] = plan.clocks.map(() => []);
  const close = (c: number, openTime: number): void => {
    opened[c].push(openTime);
    if (opened[c].length > plan.clocks[c].warmup.bars) opened[c].shift();
  };
  return {
    walk({ bars, rows }, look) {
      const clocks = plan.clocks.map(({ name, graph }) => {
        return { ...(bars.get(name) as Table), width: graph.columns.length, next: 0 };
      });
      const driving = clocks[plan.drive];
      for (let r = 0; r < rows.times.length; r++) {
        const event = driving.values[r * driving.width + COLUMN.event];
        for (const [c, clock] of clocks.entries()) {
          const { values, times, width } = clock;
          const may = (i: number): boolean => times[i] <= rows.times[r] && values[i * width + COLUMN.event] <= event;
          while (clock.next < times.length && (c === plan.drive ? clock.next <= r : may(clock.next)))
            close(c, values[clock.next++ * width + COLUMN.open_time]);
        }
        if (!look(r)) return;
      }
      for (const [c, { values, times, width, next }] of clocks.entries())
        for (let i = next; i < times.length; i++) close(c, values[i * width + COLUMN.open_time]);
    },
    isComplete: (to) =>
      to === -Infinity ||
      plan.clocks.every(
        ({ warmup }, c) => opened[c].length >= warmup.bars && opened[c].every((openTime) => openTime > to),
      ),
  };
}
