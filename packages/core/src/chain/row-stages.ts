/** From the plan of a chain to what makes rows of its bars. */
import { COLUMN } from '../bars/bar.ts';
import type { Columns } from '../features/contract/columns.ts';
import {
  createAligner,
  type AlignedClock,
  type AlignedSink,
  type Aligner,
  type AlignerOptions,
  type RowSink,
} from '../rows/align.ts';
import { createJoin, type Join } from '../rows/join.ts';
import { createRowFeatures, type RowFeatures } from '../rows/row-features.ts';
import type { Lane } from './lane.ts';
import type { ClockPlan, Plan } from './plan.ts';

/** A clock as rows read it: its columns are in `source`. */
export function readClock<S extends AlignedClock['source']>({ graph, warmup }: ClockPlan, source: S) {
  return {
    source,
    features: graph.features.map(({ column }) => column),
    openTime: COLUMN.open_time,
    availableAt: COLUMN.available_at,
    event: COLUMN.event,
    ordinal: COLUMN.ordinal,
    warmup: warmup.bars,
    behind: warmup.bars,
  };
}

/** Values that features of rows add to a row. */
const roomOf = ({ rows }: Plan): number => rows?.graph.features.length ?? 0;

/** Whether rows hold more than their own instrument. */
const isJoined = ({ instruments, clocks }: Plan): boolean =>
  instruments.length > 1 || clocks.some(({ source }) => source.type === 'series');

/** Aligns the clocks of the driving instrument. */
export function alignerOf(
  plan: Plan,
  tables: readonly Columns[],
  lane: Lane,
  given: Pick<AlignerOptions, 'state' | 'era' | 'sink'>,
): Aligner {
  const clocks = lane.clocks.map((c) => readClock(plan.clocks[c], tables[c]));
  const room = isJoined(plan) ? 0 : roomOf(plan);
  return createAligner({ ...given, clocks, drive: lane.clocks.indexOf(plan.drive), room });
}

/** Joins the clocks of the other instruments, each a lane, then each series; undefined where there are none. */
export function joinOf(
  plan: Plan,
  tables: readonly Columns[],
  lanes: readonly Lane[],
  state: Float64Array,
  sink: AlignedSink,
): Join | undefined {
  const series = plan.clocks.flatMap(({ source }, c) => (source.type === 'series' ? [{ c, ...source }] : []));
  if (!isJoined(plan)) return undefined;
  const drive = plan.clocks[plan.drive].instrument;
  let width = 0;
  // A clock's features, then its age.
  const places = plan.clocks.map(({ graph }) => {
    const at = width;
    width += graph.features.length + 1;
    return { at, length: graph.features.length + 1 };
  });
  const joined = lanes.map((lane, index) => ({
    clocks:
      index === drive
        ? []
        : lane.clocks.map((c) => ({ ...readClock(plan.clocks[c], tables[c]), at: places[c].at, maxAge: Infinity })),
    latency: plan.lanes.latency[index],
    // The driving instrument's own part of a row is whole when it is emitted.
    known: index === drive ? () => Infinity : () => lane.known,
  }));
  const apart = series.map(({ c, latency, maxAge }) => ({
    clocks: [{ ...readClock(plan.clocks[c], tables[c]), at: places[c].at, maxAge }],
    latency,
    // Rows do not wait for a series.
    known: () => Infinity,
  }));
  const own = lanes[drive].clocks.map((c) => places[c]);
  return createJoin({
    lanes: [...joined, ...apart],
    next: () => lanes[drive].known,
    own,
    width,
    room: roomOf(plan),
    state,
    sink,
  });
}

/** Computes the features of rows, before `sink`; nothing where none are asked for. */
export function rowFeaturesOf({ rows, columns }: Plan, state: Float64Array, sink: RowSink): RowFeatures | undefined {
  if (rows === undefined) return undefined;
  const { graph, reads, warmup } = rows;
  const width = columns.length - graph.features.length;
  return createRowFeatures({ graph, reads, needed: warmup.rows, width, state, sink });
}
