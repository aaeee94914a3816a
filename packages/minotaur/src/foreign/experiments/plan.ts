/** Which rows experiments are done at: random ones, aligned to no period, and those where a sparse column speaks. */
import type { Uniform } from 'minotaur-core/internal/base/random';
import { HOSTILE } from '../table/garble.ts';
import type { ForeignTable } from '../table/table.ts';
import { timesIn } from '../table/times.ts';
import type { FutureExperiment } from './experiment.ts';
import type { Reference } from './reference.ts';

/** How many of each kind. */
export interface Counts {
  readonly cuts: number;
  readonly garbles: number;
  readonly events: number;
  readonly starts: number;
  readonly windows: number;
}

/** A run on rows [from, to), or one whose rows [from, to) are changed. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What a plan depends on beside the table. */
export interface Planning {
  readonly counts: Counts;
  /** Rows of the declared training span. */
  readonly trained: number;
  /** Rows that a live system hands the code. */
  readonly window?: number | undefined;
}

/** Times of a gap. */
const GAP = 7;

export const COUNTS: Counts = { cuts: 8, garbles: 4, events: 6, starts: 5, windows: 8 };

/** A leak that shows at this share of cuts is found by `cuts` random ones with 95 %. */
export function shareFound(cuts: number): number {
  // The root as a division of logarithms would do as well; halving needs none.
  let [low, high] = [0, 1];
  for (let i = 0; i < 40; i++) {
    const share = (low + high) / 2;
    let missed = 1;
    for (let k = 0; k < cuts; k++) missed *= 1 - share;
    if (missed > 0.05) low = share;
    else high = share;
  }
  return high;
}

/** One random row in each of `count` equal parts of [from, to). */
function spread(count: number, [from, to]: readonly [number, number], random: Uniform): number[] {
  const length = (to - from) / count;
  return Array.from({ length: count }, (_, k) => Math.floor(from + (k + random()) * length)).filter((row) => row > 0);
}

/** Experiments on the future, the most telling first; none before row `trained`. */
export function planFutures(rows: number, counts: Counts, trained: number, random: Uniform): FutureExperiment[] {
  const from = Math.max(trained, Math.floor(0.25 * rows));
  const cuts = spread(counts.cuts, [from, rows], random).map((at): FutureExperiment => ({ kind: 'cut', at }));
  // Behind a span that ends late there is less than a tenth: half of it then.
  const changed = [Math.max(trained, 0.3 * rows), Math.max(0.9 * rows, (trained + rows) / 2)] as const;
  const garbles = spread(counts.garbles, changed, random).map((at): FutureExperiment => ({
    kind: 'garble',
    at,
    future: 'plain',
  }));
  const hostile = spread(HOSTILE.length, changed, random).map((at, k): FutureExperiment => ({
    kind: 'hostile',
    at,
    future: HOSTILE[k % HOSTILE.length],
  }));
  const early =
    trained > 0
      ? []
      : [1, Math.min(30, rows >> 2)].map((at): FutureExperiment => ({ kind: 'early', at, future: 'plain' }));
  return interleaved([cuts, garbles, hostile, early]);
}

/** Experiments on the future, each from the first row of a time on: what is known at one time is known at once. */
export function planAll(
  whole: ForeignTable,
  { reference, names }: { readonly reference: Reference; readonly names: readonly string[] },
  { counts, trained: declared }: Planning,
  random: Uniform,
): FutureExperiment[] {
  const { next, within } = timesIn(whole);
  const trained = next(declared);
  const planned = planFutures(whole.rows, counts, trained, random).map((experiment) => ({
    ...experiment,
    at: within(experiment.at),
  }));
  // Behind all rows of the time at which a column speaks: to go back would cut off what it says.
  const events = eventRows(reference, names, trained, counts.events, random)
    .map(next)
    .filter((at) => at < whole.rows)
    .flatMap((at): FutureExperiment[] => [
      { kind: 'cut', at, isEvent: true },
      { kind: 'garble', at, future: 'plain', isEvent: true },
    ]);
  const all = new Map(
    [...planned, ...events].map((one) => [`${one.kind} ${one.at} ${one.future} ${one.isEvent}`, one]),
  );
  return [...all.values()];
}

/** A hole, windows and later starts, of whole times. Of a trained span no part is left out. */
export function planStretches(
  whole: ForeignTable,
  { counts, trained, window: asked }: Planning,
  random: Uniform,
): { readonly hole: Stretch; readonly windows: readonly Stretch[]; readonly starts: readonly Stretch[] } {
  const { rows } = whole;
  const { back, next, within } = timesIn(whole);
  const from = within(Math.max(next(trained) + 1, rows >> 1));
  let to = from;
  for (let k = 0; k < GAP; k++) to = next(to + 1);
  const window = Math.min(asked ?? Math.min(500, rows >> 2), rows - 1);
  const ends = spread(counts.windows, [Math.max(window, trained), rows], random).map(within);
  const starts = trained > 0 ? [] : spread(counts.starts, [0.05 * rows, 0.55 * rows], random).map(within);
  return {
    hole: { from, to: Math.min(Math.max(from, back(rows - 1)), to) },
    windows: trained > 0 ? [] : ends.map((end) => ({ from: back(Math.max(0, end - window)), to: end })),
    starts: starts.map((start) => ({ from: start, to: rows })),
  };
}

function interleaved<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}

/** A column speaks at so small a share of its rows that random cuts may all miss it. */
const SPARSE = 0.12;

/** Rows behind which to cut, so that each sparse column speaks in the last row before one: few rows for many columns. */
export function eventRows(
  reference: Reference,
  names: readonly string[],
  trained: number,
  count: number,
  random: Uniform,
): number[] {
  const { known, columns, rows } = reference;
  const total = known.reduce((most, row) => Math.max(most, row), 0) + 1;
  const speaking = new Map<string, readonly number[]>();
  for (const name of names) {
    const at = speakingRows(columns.get(name) as Float64Array).map((r) => known[r]);
    const usable = at.filter((row) => row >= Math.max(trained, 0.2 * total) && row < total - 1);
    if (at.length <= SPARSE * rows && usable.length > 0) speaking.set(name, usable);
  }
  const chosen: number[] = [];
  while (speaking.size > 0 && chosen.length < count) {
    const votes = new Map<number, number>();
    for (const at of speaking.values()) for (const row of new Set(at)) votes.set(row, (votes.get(row) ?? 0) + 1);
    // A loop: as arguments of a call they would be too many.
    let most = 0;
    for (const many of votes.values()) if (many > most) most = many;
    const best = [...votes].filter(([, many]) => many === most).map(([row]) => row);
    const row = best[Math.floor(random() * best.length)];
    chosen.push(row + 1);
    for (const [name, at] of speaking) if (at.includes(row)) speaking.delete(name);
  }
  return chosen;
}

/** Rows that hold neither nothing nor the commonest value. */
function speakingRows(values: Float64Array): number[] {
  const counts = new Map<number, number>();
  for (const value of values) if (value === value) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [commonest, many] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [NaN, 0]);
  // Of numbers that are all different none is the usual one.
  const usual = many > 0.5 * values.length || commonest === 0 ? commonest : NaN;
  return Array.from(values.keys()).filter((i) => values[i] === values[i] && values[i] !== usual);
}
