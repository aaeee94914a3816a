/** Where a whole chain may be started late, and which of its bars are then those of the full run. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { ClockPlan, Plan } from 'minotaur-core/internal/chain/plan';
import type { Stretch } from '../harness/stretch.ts';
import type { Table } from '../harness/table.ts';
import type { FullRun } from './late-chain.ts';
import { placesIn, type Places, type Start } from './places.ts';

/**
 * The start in this stretch that lines up most clocks, at random among those that do; undefined where none is to be had: every trade has to have
 * been taken as it came, or nobody knows which one that is.
 */
export function chooseStart(full: FullRun, stretch: Stretch, random: () => number): Start | undefined {
  const { plan } = full.engine;
  const places = placesIn(stretch, plan, full.before);
  if (full.after.trades - full.before.trades !== places.trades || full.after.dropped !== full.before.dropped)
    return undefined;
  if (full.after.disorder !== full.before.disorder || full.after.duplicate !== full.before.duplicate) return undefined;
  const cuts = plan.clocks.map((_, c) => cutsOf(plan, c, places));
  const cutPlaces = plan.clocks.flatMap(({ instrument }, c) =>
    [...cuts[c]].map((cut) => places.indexOf(instrument, cut)),
  );
  const ends = [...new Set([...boundaries(full, places), ...cutPlaces])].filter((index) =>
    isInside(index, places, plan),
  );
  // Where every clock is bound to the time, any place will do.
  const others = [1 + Math.floor(random() * (stretch.length - 1))].filter((index) => isInside(index, places, plan));
  let best: Start[] = [];
  let most = 1;
  for (const index of ends.length > 0 ? ends : others) {
    const starts = places.startsAt(index);
    const linedUp = plan.clocks.map((_, c) => linesUp(full, cuts, c, starts));
    // The driving clock first: without it no row can be compared.
    const score = linedUp.filter(Boolean).length + (linedUp[plan.drive] ? linedUp.length : 0);
    if (score < most) continue;
    if (score > most) best = [];
    most = score;
    best.push({ starts, index, linedUp });
  }
  return best[Math.floor(random() * best.length)];
}

/** By the tick rule the start cuts one bar, if the price moves in it: the second trade has to have a side. */
function isInside(index: number, places: Places, { config, instruments }: Plan): boolean {
  if (!(index > 0 && index < places.length)) return false;
  if (config.trades.side !== 'tickRule') return true;
  return instruments.every((_, instrument) => {
    const [first, second] = places.pricesFrom(instrument, index);
    return first === undefined || (second !== undefined && first !== second);
  });
}

/** First trades behind a boundary of the anchor that clock `c` has, or what it is made of. */
function cutsOf({ clocks }: Plan, c: number, places: Places): ReadonlySet<number> {
  const cuts = new Set<number>();
  const root = rootOf(clocks, c);
  if (root.type !== 'rule' || root.anchor === undefined) return cuts;
  // Of the first it is not known what the trade before it was.
  let boundary = Infinity;
  for (const { time, start } of places.tradesOf(clocks[c].instrument)) {
    if (time >= boundary) cuts.add(start);
    if (time >= boundary || boundary === Infinity) boundary = root.anchor.after(time);
  }
  return cuts;
}

/** Places between two bars, of clocks that are not bound to the time; rows of a series are between no trades. */
function boundaries({ engine, trace }: FullRun, { indexOf }: Places): number[] {
  const places = new Set<number>();
  for (const { name, graph, source, instrument } of engine.plan.clocks) {
    if (source.type === 'interval' || source.type === 'resampled' || source.type === 'series') continue;
    const { values, times } = trace.bars.get(name) as Table;
    for (let r = 0; r < times.length; r++)
      places.add(indexOf(instrument, Math.ceil(values[r * graph.columns.length + COLUMN.event] / 2)));
  }
  return [...places];
}

/** Whether clock `c` of a run that starts with trade `starts` of each instrument has the bars of the full run, the first perhaps cut. */
function linesUp(full: FullRun, cuts: readonly ReadonlySet<number>[], c: number, starts: readonly number[]): boolean {
  const { clocks } = full.engine.plan;
  const { source, instrument } = clocks[c];
  const start = starts[instrument];
  if (source.type === 'interval' || source.type === 'given') return true;
  // Of a series the late run knows what comes from then on.
  if (source.type === 'series') return false;
  if (source.type === 'resampled') return linesUp(full, cuts, source.parent, starts);
  // An anchored clock, and what is made of its bars, ends everything at a boundary.
  if (cuts[c].has(start)) return true;
  const own = newestBefore(full, clocks[c], start);
  if (own === undefined) return false;
  // Closed before the trade came, or with the one before it.
  const atStart = own.event >= 2 * start - 1;
  if (source.type === 'rule') return atStart && source.rule.startsAnew;
  if (source.carry || !linesUp(full, cuts, source.parent, starts)) return false;
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
