/** What a chain says of how far it has come. */
import { COLUMN } from '../bars/bar.ts';
import type { Columns } from '../features/contract/columns.ts';
import type { IntakeCounts } from '../trades/intake.ts';
import type { PlannedSeries } from './clocks.ts';
import type { EngineCounts, LastEvent } from './contract.ts';
import type { Lane } from './lane.ts';
import { HOLE_COUNT, ROW_COUNT } from './layout.ts';
import type { Plan } from './plan.ts';

/** Whatever of a chain counts. */
interface Counted {
  readonly plan: Plan;
  /** Of the chain. */
  readonly state: Float64Array;
  /** In the order of the plan's clocks. */
  readonly tables: readonly Columns[];
  /** In the order of the plan's instruments. */
  readonly lanes: readonly Lane[];
  readonly series: readonly PlannedSeries[];
  readonly waitingRows: number;
}

export function countsOf({ plan, state, tables, lanes, series, waitingRows }: Counted): EngineCounts {
  const bars = Object.fromEntries(
    plan.clocks.map(({ name }, c) => {
      const { data, done } = tables[c];
      const ordinal = data[COLUMN.ordinal][done - 1];
      return [name, ordinal === ordinal ? ordinal + 1 : 0];
    }),
  );
  const each = lanes.map((lane) => lane.counts());
  const older = Object.fromEntries(series.map(({ name, clock }) => [name, clock.older]));
  const instruments = Object.fromEntries(lanes.map(({ instrument }, i) => [instrument.name, each[i]]));
  return {
    ...each.reduce(sumOf),
    bars,
    rows: state[ROW_COUNT],
    waitingRows,
    holes: state[HOLE_COUNT],
    ...(series.length > 0 ? { older } : {}),
    ...(each.length > 1 ? { instruments } : {}),
  };
}

function sumOf(a: IntakeCounts, b: IntakeCounts): IntakeCounts {
  const sum: { -readonly [K in keyof IntakeCounts]: number } = { ...a };
  for (const key of Object.keys(a) as (keyof IntakeCounts)[]) sum[key] += b[key];
  return sum;
}

export function lastEventOf(lanes: readonly Lane[]): LastEvent | undefined {
  const [first, second] = lanes;
  // Asked before and after every trade, by those that look for one that was dropped.
  if (second === undefined)
    return first.newest === 0 && first.next === 0 ? undefined : { ordinal: first.next - 1, time: first.newest };
  const time = Math.max(...lanes.map(({ newest }) => newest));
  const next = lanes.reduce((sum, lane) => sum + lane.next, 0);
  if (time === 0 && next === 0) return undefined;
  const instruments = Object.fromEntries(lanes.map(({ instrument, newest }) => [instrument.name, newest]));
  return { ordinal: next - 1, time, instruments };
}
