/** Where a whole chain may be started late, and which of its bars are then those of the full run. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { ClockPlan, Plan } from 'minotaur-core/internal/chain/plan';
import type { Stretch } from '../harness/stretch.ts';
import type { Table } from '../harness/table.ts';
import type { FullRun } from './late-chain.ts';

export interface Start {
  /** Trades (or given bars) before it. */
  readonly start: number;
  /** The same within the stretch. */
  readonly index: number;
  readonly linedUp: readonly boolean[];
}

/**
 * The start in this stretch that lines up most clocks, at random among those that do; undefined where none is to be had: every trade has to have
 * been taken as it came, or nobody knows which one that is.
 */
export function chooseStart(full: FullRun, stretch: Stretch, random: () => number): Start | undefined {
  const { plan } = full.engine;
  const before = full.before.trades;
  const taken = full.after.trades - before;
  if (taken !== stretch.length || full.after.dropped !== full.before.dropped) return undefined;
  if (full.after.disorder !== full.before.disorder || full.after.duplicate !== full.before.duplicate) return undefined;
  const cuts = plan.clocks.map((_, c) => cutsOf(plan.clocks, c, stretch, before));
  const ends = [...new Set([...boundaries(full), ...cuts.flatMap((of) => [...of])])].filter((start) =>
    isInside(start - before, stretch, plan),
  );
  // Where every clock is bound to the time, any place will do.
  const others = [1 + Math.floor(random() * (stretch.length - 1))].filter((index) => isInside(index, stretch, plan));
  const candidates = ends.length > 0 ? ends : others.map((index) => before + index);
  let best: Start[] = [];
  let most = 1;
  for (const start of candidates) {
    const linedUp = plan.clocks.map((_, c) => linesUp(full, cuts, c, start));
    // The driving clock first: without it no row can be compared.
    const score = linedUp.filter(Boolean).length + (linedUp[plan.drive] ? linedUp.length : 0);
    if (score < most) continue;
    if (score > most) best = [];
    most = score;
    best.push({ start, index: start - before, linedUp });
  }
  return best[Math.floor(random() * best.length)];
}

/** By the tick rule the start cuts one bar, if the price moves in it: the second trade has to have a side. */
function isInside(index: number, { length, trades }: Stretch, { config }: Plan): boolean {
  if (index <= 0 || index >= length) return false;
  if (config.trades.side !== 'tickRule' || trades === undefined) return true;
  return index + 1 < length && trades.price[index] !== trades.price[index + 1];
}

/** First trades behind a boundary of the anchor that clock `c` has, or what it is made of. */
function cutsOf(
  clocks: readonly ClockPlan[],
  c: number,
  { trades, length }: Stretch,
  before: number,
): ReadonlySet<number> {
  const cuts = new Set<number>();
  const root = rootOf(clocks, c);
  if (trades === undefined || root.type !== 'rule' || root.anchor === undefined) return cuts;
  let boundary = root.anchor.after(trades.time[0]);
  for (let i = 1; i < length; i++) {
    if (trades.time[i] < boundary) continue;
    cuts.add(before + i);
    boundary = root.anchor.after(trades.time[i]);
  }
  return cuts;
}

/** Places between two bars, of clocks that are not bound to the time. */
function boundaries({ engine, trace }: FullRun): number[] {
  const places = new Set<number>();
  for (const { name, graph, source } of engine.plan.clocks) {
    if (source.type === 'interval' || source.type === 'resampled') continue;
    const { values, times } = trace.bars.get(name) as Table;
    for (let r = 0; r < times.length; r++) places.add(Math.ceil(values[r * graph.columns.length + COLUMN.event] / 2));
  }
  return [...places];
}

/** Whether clock `c` of a run that starts with trade `start` has the bars of the full run, the first perhaps cut. */
function linesUp(full: FullRun, cuts: readonly ReadonlySet<number>[], c: number, start: number): boolean {
  const { clocks } = full.engine.plan;
  const { source } = clocks[c];
  if (source.type === 'interval' || source.type === 'given' || source.type === 'series') return true;
  if (source.type === 'resampled') return linesUp(full, cuts, source.parent, start);
  // An anchored clock, and what is made of its bars, ends everything at a boundary.
  if (cuts[c].has(start)) return true;
  const own = newestBefore(full, clocks[c], start);
  if (own === undefined) return false;
  // Closed before the trade came, or with the one before it.
  const atStart = own.event >= 2 * start - 1;
  if (source.type === 'rule') return atStart && source.rule.startsAnew;
  if (source.carry || !linesUp(full, cuts, source.parent, start)) return false;
  const parent = newestBefore(full, clocks[source.parent], start);
  const isEmpty = parent?.event === own.event && parent.time === own.time;
  // A first part that the start cut is one part all the same, but not as large.
  return isEmpty && (source.by === 'count' || atStart);
}

function rootOf(clocks: readonly ClockPlan[], c: number): ClockPlan['source'] {
  const { source } = clocks[c];
  return 'parent' in source ? rootOf(clocks, source.parent) : source;
}

/** The newest bar of this stretch that had closed when trade `start` came. */
function newestBefore(
  { trace }: FullRun,
  { name, graph }: ClockPlan,
  start: number,
): { readonly event: number; readonly time: number } | undefined {
  const { values, times } = trace.bars.get(name) as Table;
  const eventAt = (r: number): number => values[r * graph.columns.length + COLUMN.event];
  let low = 0;
  for (let high = times.length; low < high;) {
    const middle = (low + high) >> 1;
    if (eventAt(middle) <= 2 * start) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : { event: eventAt(low - 1), time: times[low - 1] };
}
