/** From the plan of a chain to what makes rows of its bars. */
import { COLUMN } from '../bars/bar.ts';
import type { Columns } from '../features/contract/columns.ts';
import { createAligner, type Aligner, type RowSink } from '../rows/align.ts';
import { createJoin, type Join } from '../rows/join.ts';
import type { Lane } from './lane.ts';
import type { Plan } from './plan.ts';

/** Where a clock stands in the plan, as rows read it. */
function readClock({ clocks }: Plan, tables: readonly Columns[], c: number) {
  const { graph, warmup } = clocks[c];
  return {
    source: tables[c],
    features: graph.features.map(({ column }) => column),
    openTime: COLUMN.open_time,
    availableAt: COLUMN.available_at,
    event: COLUMN.event,
    ordinal: COLUMN.ordinal,
    warmup: warmup.bars,
    behind: warmup.bars,
  };
}

/** Aligns the clocks of the driving instrument. */
export function alignerOf(
  plan: Plan,
  tables: readonly Columns[],
  lane: Lane,
  state: Float64Array,
  sink: RowSink,
): Aligner {
  const clocks = lane.clocks.map((c) => readClock(plan, tables, c));
  return createAligner({ clocks, drive: lane.clocks.indexOf(plan.drive), state, sink });
}

/** Joins the clocks of the other instruments; undefined where there are none. */
export function joinOf(
  plan: Plan,
  tables: readonly Columns[],
  lanes: readonly Lane[],
  state: Float64Array,
  sink: RowSink,
): Join | undefined {
  if (lanes.length === 1) return undefined;
  const drive = plan.clocks[plan.drive].instrument;
  let width = 0;
  // A clock's features, then its age.
  const places = plan.clocks.map(({ graph }) => {
    const at = width;
    width += graph.features.length + 1;
    return { at, length: graph.features.length + 1 };
  });
  const joined = lanes.map((lane, index) => ({
    clocks: index === drive ? [] : lane.clocks.map((c) => ({ ...readClock(plan, tables, c), at: places[c].at })),
    latency: plan.lanes.latency[index],
    // The driving instrument's own part of a row is whole when it is emitted.
    known: index === drive ? () => Infinity : () => lane.known,
  }));
  const own = lanes[drive].clocks.map((c) => places[c]);
  return createJoin({ lanes: joined, next: () => lanes[drive].known, own, width, state, sink });
}
