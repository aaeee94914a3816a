/**
 * The features of one clock, started anew at later bars of a run and compared with it: over the same bars, so that nothing
 * but what the features remember can differ. What differs longer than declared is a contradiction; how long everything
 * differed is the certificate.
 */
import { bitsOf, sameBits } from 'minotaur-core/internal/base/canonical';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { createColumns, type Columns } from 'minotaur-core/internal/features/contract/columns';
import type { FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import type { ClockPlan } from 'minotaur-core/internal/chain/plan';
import { describeMemory } from '../harness/certificate.ts';
import { createDue, heldColumns, type Due } from './due.ts';
import {
  createLast,
  createMeasured,
  noteGap,
  relativeGap,
  settle,
  summarise,
  type ClockMeasured,
  type Watched,
  type Measured,
} from './measured.ts';
import type { Divergence, Table } from '../harness/trace.ts';

/** Late runs at the same time, each of which starts within so many bars at first, and anew at a later bar when it is over. */
const FIRST_STARTS = [4, 16, 64];
/** Rows that a late run goes on when everything is due, to see that it stays so. */
const TAIL = 200;
/** Between two late runs of a slot: up to so many times as long as one takes. */
const PAUSE = 3;
/** Rows computed at a time. Block length means nothing (L1). */
const BLOCK = 256;

export interface LateFeatures {
  readonly starts: number;
  readonly values: number;
  /** Values that still differed when the declared rows were over, but are not held to it, or not yet: see due.ts. */
  readonly excused: number;
  /** Compares the next bars of the full run; the first contradiction, or nothing. */
  compare(bars: Table): Divergence | undefined;
  finish(): ClockMeasured;
}

interface LateRun {
  readonly columns: Columns;
  readonly due: Due;
  /** Bars of the full run before it. */
  readonly start: number;
  /** Rows since the start when a feature last differed by more than a gap; gap after gap. */
  readonly last: Float64Array;
}

interface Slot {
  run: LateRun | undefined;
  /** The bar at which the next late run starts. */
  next: number;
}

export function createLateFeatures({ name, graph }: ClockPlan, random: () => number): LateFeatures {
  const watched = watchedOf(graph);
  const measured = createMeasured(watched.length);
  const scale = new Float64Array(watched.length);
  const limit = 2 * longestOf(graph) + TAIL;
  const slots = FIRST_STARTS.map((within): Slot => ({ run: undefined, next: 1 + Math.floor(random() * within) }));
  let bars = 0;
  const late = {
    starts: 0,
    values: 0,
    excused: 0,
    compare(table: Table): Divergence | undefined {
      const scales = growingScales(watched, table, graph.columns.length, scale);
      let first: Divergence | undefined;
      for (const slot of slots) {
        let row = slot.run === undefined ? slot.next - bars : 0;
        while (row < table.times.length) {
          if (slot.run === undefined) late.starts++;
          const run = (slot.run ??= startRun(graph, watched.length, bars + row));
          const end = Math.min(table.times.length, row + BLOCK);
          const block = { clock: name, graph, table, row, end, scales };
          const { wrong, excused } = compareBlock(run, watched, block, measured);
          if (wrong !== undefined && (first === undefined || wrong.time < first.time)) first = wrong;
          late.excused += excused;
          late.values += (end - row) * watched.length;
          row = end;
          if (!isOver(run, watched, limit)) continue;
          settle(measured, watched, run.due, run.last, true);
          slot.run = undefined;
          slot.next = bars + row + 1 + Math.floor(random() * PAUSE * run.due.rows);
          row = slot.next - bars;
        }
      }
      bars += table.times.length;
      return first;
    },
    finish(): ClockMeasured {
      for (const { run } of slots) if (run !== undefined) settle(measured, watched, run.due, run.last, false);
      return summarise(name, watched, measured);
    },
  };
  return late;
}

function startRun(graph: FeatureGraph, watched: number, start: number): LateRun {
  return { columns: createColumns(graph), due: createDue(graph), start, last: createLast(watched) };
}

/** The features in their order, then their parts. */
function watchedOf(graph: FeatureGraph): Watched[] {
  const held = heldColumns(graph);
  const describe = (name: string, column: number, isPart: boolean): Watched => {
    const { memory: declared, lookback } = graph.columns[column];
    return { name, isPart, column, lookback, declared, held: held[column] };
  };
  const features = graph.features.map(({ name, column }) => describe(name, column, false));
  const known = new Set(features.map(({ column }) => column));
  const parts = graph.nodes.flatMap(({ outputs }) => outputs).filter((column) => held[column] && !known.has(column));
  return [...features, ...parts.map((column) => describe(graph.columns[column].text, column, true))];
}

/** The longest memory of a graph's features, those without end left out. */
function longestOf({ features, columns }: FeatureGraph): number {
  return features.reduce((most, { column }) => {
    const { memory } = columns[column];
    return memory.class === 'unbounded' ? most : Math.max(most, memory.rows);
  }, 1);
}

/** The largest value of each feature up to each row of the table, and `scale` brought up to its end. */
function growingScales(watched: readonly Watched[], table: Table, width: number, scale: Float64Array): Float64Array {
  const count = watched.length;
  const scales = new Float64Array(table.times.length * count);
  for (let r = 0, at = 0; r < table.times.length; r++) {
    for (let f = 0; f < count; f++, at++) {
      const size = Math.abs(table.values[r * width + watched[f].column]);
      if (size > scale[f] && size < Infinity) scale[f] = size;
      scales[at] = scale[f];
    }
  }
  return scales;
}

/** Bars [row, end) of the table, which are those of the full run. */
interface Block {
  readonly clock: string;
  readonly graph: FeatureGraph;
  readonly table: Table;
  readonly row: number;
  readonly end: number;
  readonly scales: Float64Array;
}

/** Gives the bars to the late run; the index of the first of them in its columns. */
function advance({ columns, due }: LateRun, { graph, table, row, end }: Block): number {
  const width = graph.columns.length;
  const barColumns = width - graph.nodes.reduce((sum, node) => sum + node.outputs.length, 0);
  for (let r = row; r < end; r++) {
    const at = columns.append();
    for (let c = 0; c < barColumns; c++) columns.data[c][at] = table.values[r * width + c];
  }
  const from = columns.compute();
  for (let i = from; i < columns.done; i++) due.look(columns.data, i);
  return from;
}

function compareBlock(
  run: LateRun,
  watched: readonly Watched[],
  block: Block,
  measured: Measured,
): { wrong: Divergence | undefined; excused: number } {
  const { graph, table, row, end, scales } = block;
  const { last, due, columns } = run;
  const width = graph.columns.length;
  const count = watched.length;
  const from = advance(run, block);
  let wrong: Divergence | undefined;
  let excused = 0;
  let rows = due.rows - (end - row);
  for (let r = row; r < end; r++) {
    rows++;
    for (let f = 0; f < count; f++) {
      const { column, declared, held } = watched[f];
      const expected = table.values[r * width + column];
      const found = columns.data[column][from + r - row];
      if (sameBits(expected, found)) continue;
      const gap = noteGap(measured, last, f, rows, relativeGap(expected, found, scales[r * count + f]));
      if (declared.class === 'unbounded' || rows < declared.rows) continue;
      if (declared.class === 'fading' && gap <= declared.tolerance) continue;
      if (!held || rows < due.after[column]) excused++;
      else wrong ??= contradiction(block, r, watched[f], run.start, rows, found);
    }
  }
  measured.rows = Math.max(measured.rows, rows);
  return { wrong, excused };
}

function contradiction(
  { graph, table, clock }: Block,
  r: number,
  { column, name, declared }: Watched,
  start: number,
  rows: number,
  found: number,
): Divergence {
  const at = (c: number): number => table.values[r * graph.columns.length + c];
  const wish =
    declared.class !== 'fading' ? 'equal bits' : `a difference below ${declared.tolerance} of its largest value`;
  return {
    stage: 'features',
    trade: Math.floor(at(COLUMN.event) / 2),
    time: table.times[r],
    row: at(COLUMN.ordinal),
    feature: name,
    clock,
    expected: at(column),
    found,
    expectedBits: bitsOf(at(column)),
    foundBits: bitsOf(found),
    around: [],
    note: `declared ${describeMemory(declared)}: expected ${wish} after ${rows} bars of a run that started with bar ${start}`,
  };
}

/** Whether all that is declared has been due for long enough, or never will be. */
function isOver({ due }: LateRun, watched: readonly Watched[], limit: number): boolean {
  if (due.rows >= limit) return true;
  return watched.every(
    ({ column, declared }) => declared.class === 'unbounded' || due.after[column] + TAIL <= due.rows,
  );
}
