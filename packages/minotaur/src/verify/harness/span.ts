/**
 * How long a stretch may be in time. Its events are few by number, but a silence of months between them gives a bar of every
 * minute, and checks hold all that a stretch gives in several traces.
 */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { rowColumns } from './trace.ts';

/** Values of bars and rows that silence may add to a trace: 16 MiB. */
const ROOM = 1 << 21;

/** Microseconds in which the time bars of `plan` and the rows they drive come to no more than a trace has room for. */
export function longestSpan(plan: Plan): number {
  let perMicro = 0;
  for (const [c, { source, graph }] of plan.clocks.entries()) {
    if (!('grid' in source)) continue;
    const width = graph.columns.length + (c === plan.drive ? rowColumns(plan).length : 0);
    perMicro += width / source.grid.every;
  }
  return perMicro === 0 ? Infinity : ROOM / perMicro;
}

/**
 * Where a stretch ends that begins with event `from`, of at most `events` events before `end`, within `span` of `reached`, the time of
 * the event before it (NaN where there is none). One event there always is: a single silence cannot be cut.
 */
export function stretchEnd(
  timeOf: (i: number) => number,
  { from, end, events }: { readonly from: number; readonly end: number; readonly events: number },
  reached: number,
  span: number,
): number {
  const most = Math.min(end, from + events);
  const start = reached === reached ? reached : timeOf(from);
  let to = from + 1;
  while (to < most && !(timeOf(to) - start > span)) to++;
  return to;
}
