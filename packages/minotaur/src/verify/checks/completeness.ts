/** Which rows may be complete, found anew from the bars that rows hold: nothing is counted, the last bars are looked at. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { createBarsAhead } from '../harness/bars-ahead.ts';
import type { Trace } from '../harness/trace.ts';

export interface Completeness {
  /** Takes the bars of a trace; calls `look` for each of its rows once the bars that it may hold have been taken. */
  walk(trace: Trace, look: (row: number) => boolean): void;
  /** Whether all bars that a row waits for have opened after `to` of their instrument, where a hole ended; -Infinity: there was none. */
  isComplete(to: (instrument: number) => number): boolean;
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
  const ahead = createBarsAhead(plan, COLUMN.open_time + 1);
  /** Of each clock: when its last bars opened, as many as a row waits for. */
  const opened: number[][] = plan.clocks.map(() => []);
  const close = (c: number, bar: Float64Array): void => {
    opened[c].push(bar[COLUMN.open_time]);
    if (opened[c].length > plan.clocks[c].warmup.bars) opened[c].shift();
  };
  return {
    walk(trace, look) {
      ahead.take(trace);
      for (const [r, time] of trace.rows.times.entries()) {
        ahead.next(time, close);
        if (!look(r)) return;
      }
    },
    isComplete: (to) =>
      plan.clocks.every(({ warmup, instrument }, c) => {
        // A series has no holes.
        const end = instrument < 0 ? -Infinity : to(instrument);
        return end === -Infinity || (opened[c].length >= warmup.bars && opened[c].every((openTime) => openTime > end));
      }),
  };
}
