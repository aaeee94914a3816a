/** Columns of coarser bars that stand beside finer rows: joined when those bars open, which looks ahead, or when they have closed. */
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { parseFeature, type Expression } from 'minotaur-core/internal/features/contract/expression';
import { isSame } from '../compare/measures/pair.ts';
import type { Bars } from './candidates/values.ts';

/** Lengths of coarser bars, in words of a configuration. */
const SPANS: readonly (readonly [word: string, seconds: number])[] = [
  ['5min', 300],
  ['10min', 600],
  ['15min', 900],
  ['30min', 1800],
  ['1hour', 3600],
  ['2hour', 7200],
  ['4hour', 14_400],
  ['6hour', 21_600],
  ['8hour', 28_800],
  ['12hour', 43_200],
  ['1day', 86_400],
];
/** Fewer say nothing. */
const LEAST_BARS = 60;

/** Of the bars, those with another value than the one before: fewer are of bars that are coarser still. */
const LEAST_CHANGES = 0.6;

/** Rows of one coarser bar after the other. */
export interface CoarseClock {
  readonly word: string;
  readonly bars: Bars;
  /** First row of each bar, and the row behind the last. */
  readonly starts: Int32Array;
}

/** The clocks whose bars are longer than those of `bars`, and of which there are enough. */
export function coarseClocks(bars: Bars, step: number): CoarseClock[] {
  return SPANS.flatMap(([word, seconds]) => {
    const span = seconds * MICROS_PER_SECOND;
    if (span <= step || span % step !== 0) return [];
    const starts = startsOf(bars, span);
    return starts.length - 1 < LEAST_BARS ? [] : [{ word, bars: coarser(bars, starts), starts }];
  });
}

const column = ({ columns }: Bars, name: string): Float64Array => columns.get(name) ?? new Float64Array(0);

/** Rows at which a bar of length `span` begins, the first and last bar, which may be parts, left out; and the row behind. */
function startsOf(bars: Bars, span: number): Int32Array {
  const times = column(bars, 'open_time');
  const starts: number[] = [];
  for (let i = 1; i < times.length; i++) {
    if (Math.floor(times[i] / span) !== Math.floor(times[i - 1] / span)) starts.push(i);
  }
  return Int32Array.from(starts);
}

/** How columns of bars become those of bars of bars. */
const MERGED: Readonly<Record<string, (values: Float64Array) => number>> = {
  open: (values) => values[0],
  high: (values) => values.reduce((x, y) => Math.max(x, y)),
  low: (values) => values.reduce((x, y) => Math.min(x, y)),
  close: (values) => values[values.length - 1],
  volume: (values) => values.reduce((x, y) => x + y),
  open_time: (values) => values[0],
  close_time: (values) => values[values.length - 1],
  available_at: (values) => values[values.length - 1],
};

function coarser(bars: Bars, starts: Int32Array): Bars {
  const rows = starts.length - 1;
  const columns = [...bars.columns].flatMap(([name, values]) => {
    const merge = MERGED[name];
    if (merge === undefined) return [];
    return [
      [name, Float64Array.from({ length: rows }, (_, k) => merge(values.subarray(starts[k], starts[k + 1])))] as const,
    ];
  });
  return { rows, columns: new Map(columns) };
}

/** What `values` is in each bar of `starts`; undefined where it changes within one, or in too few from one to the next. */
export function heldIn(
  values: Float64Array,
  starts: Int32Array,
  isAbsent: Uint8Array | undefined,
): Float64Array | undefined {
  const rows = starts.length - 1;
  const held = new Float64Array(rows).fill(NaN);
  let [present, changes, before] = [0, 0, NaN];
  for (let k = 0; k < rows; k++) {
    let isFirst = true;
    for (let i = starts[k]; i < starts[k + 1]; i++) {
      if (isAbsent?.[i] === 1) continue;
      if (isFirst) held[k] = values[i];
      else if (!isSame(values[i], held[k])) return undefined;
      isFirst = false;
    }
    if (isFirst) continue;
    if (present++ > 0 && held[k] !== before) changes++;
    before = held[k];
  }
  return changes >= LEAST_CHANGES * present ? held : undefined;
}

/** 1 for each bar of `starts` of which no row is there. */
export const absentIn = (isAbsent: Uint8Array, starts: Int32Array): Uint8Array =>
  Uint8Array.from({ length: starts.length - 1 }, (_, k) =>
    Number(isAbsent.subarray(starts[k], starts[k + 1]).every((absent) => absent === 1)),
  );

/** All bars but the last: those behind which there is one. */
export const withoutLast = ({ rows, columns }: Bars): Bars => ({
  rows: rows - 1,
  columns: new Map([...columns].map(([name, values]) => [name, values.subarray(0, -1)])),
});

/** Columns of a bar that are known when it opens. */
const OPENING: ReadonlySet<string> = new Set(['open', 'open_time']);

/** Whether an expression over bars is known when the last of them opens. */
export const isKnownAtOpen = (expression: string): boolean => isKnown(parseFeature(expression).expression);

function isKnown(of: Expression): boolean {
  if (of.kind === 'column') return OPENING.has(of.name);
  if (of.kind !== 'call') return true;
  const [, rows] = of.args;
  return (of.name === 'lag' && rows.kind === 'number' && rows.value > 0) || of.args.every(isKnown);
}
