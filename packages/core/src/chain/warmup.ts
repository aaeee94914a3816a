/**
 * How many bars each clock must have closed since a cold start before a row may be trusted, from what its features declare
 * to remember (law L4).
 */
import { fail } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import type { FeatureGraph } from '../features/contract/graph.ts';
import { TOLERANCE } from '../features/contract/memory.ts';
import type { ClockSource } from './clock-source.ts';
import type { ChainConfig } from './section.ts';

/** How much of the past one clock needs before a row may be trusted. */
export interface Warmup {
  /** Bars of the clock: a row is not ready before its clock has closed so many. At least 1. */
  readonly bars: number;
  /** Of these, bars that are not counted because the start cut them: 1 or 0. */
  readonly cut: number;
  /** The feature that needs most of them; absent where the bars themselves do. */
  readonly because?: string;
  /** For bars of every n bars: how many bars of the clock that no other is made from that takes. */
  readonly rootBars?: { readonly clock: number; readonly bars: number };
  /** Features that no number of bars makes independent of the start, in their order; they are not waited for. */
  readonly unbounded: readonly string[];
  /** Features that the user does not want to wait for, in their order. */
  readonly ignored: readonly string[];
}

/** How much of the past features of rows need, once every clock is warm. */
export interface RowsWarmup extends Pick<Warmup, 'because' | 'unbounded' | 'ignored'> {
  /** Rows of warm clocks, one after the other: a row is not ready before. At least 1. */
  readonly rows: number;
}

/** Features and how their names end. */
export interface WarmupFeatures {
  readonly suffix: string;
  readonly graph: FeatureGraph;
}

export interface WarmupClock extends WarmupFeatures {
  readonly source: ClockSource;
}

/** What warm-ups of a chain have in common. */
export interface Waiting {
  /** Whether the first bar of a threshold clock after a cold start is like any other. */
  readonly sideKnown: boolean;
  /** Columns of a row that are not waited for. */
  readonly ignore: ReadonlySet<string>;
}

/** How much of the start may be left in a row that is ready. */
export function toleranceOf({ ready }: ChainConfig): number {
  return ready.tolerance ?? TOLERANCE;
}

/**
 * What rows wait for, as the configuration says.
 * @throws {MinotaurError} for a column that is none, and for a tolerance that a feature cannot promise
 */
export function planWaiting(features: readonly WarmupFeatures[], { ready, trades }: ChainConfig): Waiting {
  const columns = features.flatMap(({ suffix, graph }) =>
    graph.features.map(({ name, column }) => ({ name: name + suffix, memory: graph.columns[column].memory })),
  );
  const known = columns.map(({ name }) => name);
  for (const name of ready.ignore)
    if (!known.includes(name))
      fail('config', 'ready.ignore', 'the column of a feature', `'${name}'${nearest(name, known)}`);
  const ignore = new Set(ready.ignore);
  const { tolerance = 1 } = ready;
  for (const { name, memory } of columns)
    if (memory.class === 'fading' && memory.tolerance > tolerance && !ignore.has(name))
      fail('config', 'ready.tolerance', `at least ${memory.tolerance}, to which '${name}' fades`, String(tolerance));
  return { sideKnown: trades.side !== 'tickRule', ignore };
}

/** The warm-up of clock `index`. */
export function planWarmup(clocks: readonly WarmupClock[], index: number, { sideKnown, ignore }: Waiting): Warmup {
  // The first bar of an interval that was entered in its middle lacks the trades before, so it is not counted.
  const first = isFirstBarWhole(clocks, index, sideKnown) ? 0 : 1;
  const { rows, ...why } = rowsNeeded(clocks[index], ignore);
  const bars = first + rows;
  const rootBars = rootBarsOf(clocks, index, bars);
  return { bars, cut: first, ...why, ...(rootBars ? { rootBars } : {}) };
}

/** Rows of a graph's input that its features need, and which of them most. */
export function rowsNeeded({ graph, suffix }: WarmupFeatures, ignore: ReadonlySet<string>): RowsWarmup {
  let rows = 1;
  let because: string | undefined;
  const unbounded: string[] = [];
  const ignored = graph.features.map(({ name }) => name).filter((name) => ignore.has(name + suffix));
  for (const { name, column } of graph.features) {
    const { memory } = graph.columns[column];
    if (memory.class === 'unbounded') unbounded.push(name);
    else if (memory.rows > rows && !ignore.has(name + suffix)) {
      rows = memory.rows;
      because = name;
    }
  }
  return { rows, unbounded, ignored, ...(because === undefined ? {} : { because }) };
}

/**
 * A time bar is cut by the start. By the tick rule the first trades have no side, until the price has moved once. A bar
 * made of bars is whole if they are.
 */
function isFirstBarWhole(clocks: readonly WarmupClock[], index: number, sideKnown: boolean): boolean {
  const { source } = clocks[index];
  if (source.type === 'derived') return isFirstBarWhole(clocks, source.parent, sideKnown);
  return source.type === 'given' || source.type === 'series' || (source.type === 'rule' && sideKnown);
}

/** Counts multiply down to the clock that trades or given bars feed; a bar by volume takes as many bars as it takes. */
function rootBarsOf(clocks: readonly WarmupClock[], index: number, bars: number): Warmup['rootBars'] {
  const { source } = clocks[index];
  if (source.type !== 'derived' || source.by !== 'count') return undefined;
  const parents = bars * source.threshold;
  if (clocks[source.parent].source.type !== 'derived') return { clock: source.parent, bars: parents };
  return rootBarsOf(clocks, source.parent, parents);
}

type Named = Pick<Warmup, 'unbounded' | 'ignored'>;

/** Whatever has warm-ups. */
interface Waited {
  readonly clocks: readonly { readonly suffix: string; readonly warmup: Named }[];
  readonly rows?: { readonly warmup: Named } | undefined;
}

/** Columns of a row that are not waited for. */
export function ignoredColumns({ clocks, rows }: Waited): string[] {
  return namedColumns({ clocks, rows }, ({ ignored }) => ignored);
}

/** Columns of a row that depend on the start for ever. */
export function unboundedColumns({ clocks, rows }: Waited): string[] {
  return namedColumns({ clocks, rows }, ({ unbounded }) => unbounded);
}

function namedColumns({ clocks, rows }: Waited, pick: (warmup: Named) => readonly string[]): string[] {
  return [
    ...clocks.flatMap(({ suffix, warmup }) => pick(warmup).map((name) => name + suffix)),
    ...(rows === undefined ? [] : pick(rows.warmup)),
  ];
}
