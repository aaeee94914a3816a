/**
 * How many bars each clock must have closed since a cold start before a row may be trusted, from what its features declare
 * to remember (law L4).
 */
import type { FeatureGraph } from '../features/contract/graph.ts';
import type { ClockSource } from './clock-source.ts';

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
}

export interface WarmupClock {
  readonly source: ClockSource;
  readonly graph: FeatureGraph;
}

/** The warm-up of clock `index`. `whole` says whether its first bar after a cold start is like any other. */
export function planWarmup(clocks: readonly WarmupClock[], index: number, sideKnown: boolean): Warmup {
  const { graph } = clocks[index];
  // The first bar of an interval that was entered in its middle lacks the trades before, so it is not counted.
  const first = isFirstBarWhole(clocks, index, sideKnown) ? 0 : 1;
  let rows = 1;
  let because: string | undefined;
  const unbounded: string[] = [];
  for (const { name, column } of graph.features) {
    const { memory } = graph.columns[column];
    if (memory.class === 'unbounded') unbounded.push(name);
    else if (memory.rows > rows) {
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
  return source.type === 'given' || (source.type === 'rule' && sideKnown);
}

/** Counts multiply down to the clock that trades or given bars feed; a bar by volume takes as many bars as it takes. */
function rootBarsOf(clocks: readonly WarmupClock[], index: number, bars: number): Warmup['rootBars'] {
  const { source } = clocks[index];
  if (source.type !== 'derived' || source.by !== 'count') return undefined;
  const parents = bars * source.threshold;
  if (clocks[source.parent].source.type !== 'derived') return { clock: source.parent, bars: parents };
  return rootBarsOf(clocks, source.parent, parents);
}
