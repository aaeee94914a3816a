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

export interface WarmupClock {
  readonly suffix: string;
  readonly source: ClockSource;
  readonly graph: FeatureGraph;
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
export function planWaiting(clocks: readonly WarmupClock[], { ready, trades }: ChainConfig): Waiting {
  const columns = clocks.flatMap(({ suffix, graph }) =>
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
  const { graph, suffix } = clocks[index];
  // The first bar of an interval that was entered in its middle lacks the trades before, so it is not counted.
  const first = isFirstBarWhole(clocks, index, sideKnown) ? 0 : 1;
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
  const bars = first + rows;
  const rootBars = rootBarsOf(clocks, index, bars);
  return {
    bars,
    cut: first,
    unbounded,
    ignored,
    ...(because === undefined ? {} : { because }),
    ...(rootBars ? { rootBars } : {}),
  };
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
