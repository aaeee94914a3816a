/**
 * The features of one clock or of rows, and their parts, in late runs over the bars or rows of the full run. Starts are spread over the bars: three
 * late runs at a time, each followed by another at a seeded distance, so that the cost is in proportion to the bars.
 */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import type { ClockPlan } from 'minotaur-core/internal/chain/plan';
import { describeMemory } from '../harness/certificate.ts';
import { divergenceOf, type Divergence } from '../harness/divergence.ts';
import type { Table } from '../harness/table.ts';
import { summarise, type ClockMeasured } from './certify.ts';
import { createDue, heldColumns } from './due.ts';
import { createLateRuns, type Contradiction, type Schedule } from './late-runs.ts';
import { createMeasured, type Watched } from './measured.ts';

/** Late runs at the same time, each of which starts within so many bars at first, and anew at a later bar when it is over. */
const FIRST_STARTS = [4, 16, 64];
/** Rows that a late run goes on when everything is due, to see that it stays so. */
const TAIL = 200;
/** Between two late runs of a slot: up to so many times as long as one takes. */
const PAUSE = 3;

export interface LateFeatures {
  readonly starts: number;
  readonly values: number;
  readonly excused: number;
  /** Compares the next bars of the full run; the first contradiction, or nothing. */
  compare(bars: Table): Divergence | undefined;
  finish(): ClockMeasured;
}

/** What late runs are started of: the features of a clock over its bars, or those of rows over rows. */
export interface LateSubject {
  readonly name: string;
  readonly graph: FeatureGraph;
  /** Bars or rows after which it is warm. */
  readonly warm: number;
  /** Whether what stands in row `r` of a table is the first since its instrument began anew. */
  readonly isAnew: (table: Table, r: number) => boolean;
  /** Which bar or row of the full run stands in row `r` of a table, and the trade that completed it. */
  readonly place: (table: Table, r: number) => Pick<Divergence, 'row' | 'trade'>;
}

/** The features of a clock. */
export function clockSubject({ name, graph, warmup }: ClockPlan): LateSubject {
  const width = graph.columns.length;
  return {
    name,
    graph,
    // Late runs are given whole bars: none of them is the one that a start cuts.
    warm: warmup.bars - warmup.cut,
    isAnew: ({ values }, r) => values[r * width + COLUMN.ordinal] === 0,
    place: ({ values }, r) => ({
      row: values[r * width + COLUMN.ordinal],
      trade: Math.floor(values[r * width + COLUMN.event] / 2),
    }),
  };
}

export function createLateFeatures(subject: LateSubject, random: () => number): LateFeatures {
  const { name, graph, warm } = subject;
  const held = heldColumns(graph);
  const features = graph.features.map((feature) => watch(graph, held, feature.name, feature.column));
  const watched = [...features, ...partsOf(graph, held)];
  const measured = createMeasured(watched.length, { warm });
  const runs = createLateRuns({ graph, watched, measured, schedule: scheduleOf(graph, watched, random) });
  return {
    get starts() {
      return runs.starts;
    },
    get values() {
      return runs.values;
    },
    get excused() {
      return runs.excused;
    },
    compare(bars) {
      for (const part of partsOfRun(subject, bars)) {
        if (part.times.length > 0 && subject.isAnew(part, 0)) runs.anew();
        const wrong = runs.compare(part);
        if (wrong !== undefined) return located(subject, part, wrong);
      }
      return undefined;
    },
    finish() {
      runs.finish();
      return summarise(name, features, measured);
    },
  };
}

/** Cuts bars where their instrument began anew, and they are counted from 0 again. */
function* partsOfRun({ graph, isAnew }: LateSubject, bars: Table): Generator<Table> {
  const { values, times } = bars;
  const width = graph.columns.length;
  let from = 0;
  for (let r = 1; r <= times.length; r++) {
    if (r < times.length && !isAnew(bars, r)) continue;
    yield { values: values.subarray(from * width, r * width), times: times.subarray(from, r) };
    from = r;
  }
}

/** What features are made of and is held to its declaration: nearer to what is wrong than they are. */
function partsOf(graph: FeatureGraph, held: readonly boolean[]): Watched[] {
  const known = new Set(graph.features.map(({ column }) => column));
  const parts = graph.nodes.flatMap(({ outputs }) => outputs).filter((column) => held[column] && !known.has(column));
  return parts.map((column) => watch(graph, held, graph.columns[column].text, column));
}

function watch(graph: FeatureGraph, held: readonly boolean[], name: string, column: number): Watched {
  const { memory: declared, lookback } = graph.columns[column];
  return { name, column, lookback, declared, held: held[column] };
}

function scheduleOf(graph: FeatureGraph, watched: readonly Watched[], random: () => number): Schedule {
  const limit = 2 * longestOf(graph) + TAIL;
  return {
    first: FIRST_STARTS.map((within) => 1 + Math.floor(random() * within)),
    createDue: () => createDue(graph),
    // When all that is declared has been due for long enough, or never will be.
    isOver: ({ due }) =>
      due.rows >= limit ||
      watched.every(({ column, declared }) => declared.class === 'unbounded' || due.after[column] + TAIL <= due.rows),
    next: (row, { due }) => row + 1 + Math.floor(random() * PAUSE * due.rows),
  };
}

/** The longest memory of a graph's features, those without end left out. */
function longestOf({ features, columns }: FeatureGraph): number {
  return features.reduce((most, { column }) => {
    const { memory } = columns[column];
    return memory.class === 'unbounded' ? most : Math.max(most, memory.rows);
  }, 1);
}

function located({ name: clock, place }: LateSubject, bars: Table, wrong: Contradiction): Divergence {
  const { watched, row, start, rows, expected, found } = wrong;
  const { name, declared } = watched;
  const wish =
    declared.class !== 'fading' ? 'equal bits' : `a difference below ${declared.tolerance} of its largest value`;
  return divergenceOf({
    stage: 'features',
    ...place(bars, row),
    time: bars.times[row],
    feature: name,
    clock,
    expected,
    found,
    note: `declared ${describeMemory(declared)}: expected ${wish} after ${rows} bars or rows of a run that started with number ${start}`,
  });
}
