/**
 * L4 measured: the features of a graph are run over a stretch of rows from its beginning, then anew from many later rows,
 * and each late run is compared with the full one. What is declared is not believed.
 */
import { sameBits } from 'minotaur-core/internal/base/canonical';
import { createColumns } from 'minotaur-core/internal/features/contract/columns';
import type { FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import type { Memory } from 'minotaur-core/internal/features/contract/operator';

/** Differences that are looked for, relative to the largest output of the full run so far; 0: any other bits. */
export const LEVELS = [1e-6, 1e-9, 1e-12, 0] as const;

/** A late run that differs in one of so many last rows of the stretch has not settled. */
const TAIL = 50;
/** Rows computed at a time. Block length means nothing (L1); this keeps the columns in the cache. */
const BLOCK = 256;

/** How long late runs differed from the full one by more than a level. */
export interface Settled {
  readonly level: number;
  /** Rows after which none did, the row itself counted: 1 if none ever did. */
  readonly rows: number;
  /** False: some still did at the end of the stretch, and `rows` is only how far was looked. */
  readonly settles: boolean;
  /** The start that took longest, and its last row that differed; -1 if none did. */
  readonly offset: number;
  readonly row: number;
  readonly expected: number;
  readonly found: number;
}

export interface FeatureMemory {
  readonly name: string;
  readonly declared: Memory;
  readonly lookback: number;
  /** One per level of {@link LEVELS}, and one for the declared tolerance if that is another. */
  readonly settled: readonly Settled[];
  /** Rows compared after the declaration had come due; 0: the stretch was too short to test it. */
  readonly compared: number;
}

/**
 * Measures every feature of `graph` over `stretch`, which holds the bar columns of the graph in its order, by starting
 * anew at each of `offsets`. A pure function of its arguments.
 */
export function measureMemory(
  graph: FeatureGraph,
  stretch: readonly Float64Array[],
  offsets: readonly number[],
): FeatureMemory[] {
  const full = runFrom(graph, stretch, 0);
  const records = graph.features.map(({ name, column }) => {
    const { memory: declared, lookback } = graph.columns[column];
    return { name, declared, lookback, settled: levelsOf(declared).map(untouched), compared: 0 };
  });
  for (const offset of offsets) {
    const late = runFrom(graph, stretch, offset);
    records.forEach((record, f) => {
      record.settled = compareRuns(full[f], late[f], offset, record.settled);
      record.compared += Math.max(0, full[f].length - offset - dueAfter(record.declared, record.lookback) + 1);
    });
  }
  return records;
}

/**
 * What is wrong with a declaration, located; or nothing. That something declared unbounded settles on a stretch is no
 * contradiction: the declaration says that nobody can know when. {@link startShows} says whether it is needed at all.
 */
export function contradiction({ declared, settled, compared }: FeatureMemory): string | undefined {
  if (compared === 0) return 'nothing was compared: the stretch is too short';
  if (declared.class === 'unbounded') return undefined;
  const level = declared.class === 'finite' ? 0 : declared.tolerance;
  const { rows, offset, row, expected, found } = atLevel(settled, level);
  if (rows <= declared.rows) return undefined;
  const wish = level === 0 ? 'the same bits' : `a difference below ${level} of the largest output`;
  return (
    `declared ${declared.class} with ${declared.rows} rows: expected ${wish} from then on, found at row ${row}, ` +
    `${row - offset + 1} rows after a start at offset ${offset}: ${expected} in the full run, ${found} in the late one`
  );
}

/** Whether some late start still showed when the lookback was filled. */
export function startShows({ lookback, settled }: FeatureMemory): boolean {
  return atLevel(settled, 0).rows > lookback + 1;
}

/** The two measurements as one: the slower of each level. */
export function slower(a: FeatureMemory, b: FeatureMemory): FeatureMemory {
  const settled = a.settled.map((one, l) => worse(one, b.settled[l]));
  return { ...a, settled, compared: a.compared + b.compared };
}

export function atLevel(settled: readonly Settled[], level: number): Settled {
  return settled.find((one) => one.level === level) as Settled;
}

function levelsOf(memory: Memory): number[] {
  const levels: number[] = [...LEVELS];
  return memory.class !== 'fading' || levels.includes(memory.tolerance) ? levels : [...levels, memory.tolerance];
}

/** Rows that a late run needs before its declaration says anything of it. */
function dueAfter(declared: Memory, lookback: number): number {
  return declared.class === 'unbounded' ? lookback + 1 : declared.rows;
}

const untouched = (level: number): Settled => {
  return { level, rows: 1, settles: true, offset: -1, row: -1, expected: NaN, found: NaN };
};

const worse = (a: Settled, b: Settled): Settled => {
  if (a.settles !== b.settles) return a.settles ? b : a;
  return b.rows > a.rows ? b : a;
};

/** Outputs of a run that begins at row `from` of the stretch: one array per feature. */
export function runFrom(graph: FeatureGraph, stretch: readonly Float64Array[], from: number): Float64Array[] {
  const rows = (stretch[0]?.length ?? 0) - from;
  const out = graph.features.map(() => new Float64Array(rows));
  const columns = createColumns(graph);
  for (let row = 0; row < rows; row += BLOCK) {
    const length = Math.min(BLOCK, rows - row);
    for (let i = 0; i < length; i++) {
      const at = columns.append();
      for (let c = 0; c < stretch.length; c++) columns.data[c][at] = stretch[c][from + row + i];
    }
    const first = columns.compute();
    graph.features.forEach(({ column }, f) => out[f].set(columns.data[column].subarray(first, first + length), row));
  }
  return out;
}

/** Brings `settled` up to date with a late run, whose first row is row `offset` of the full one. */
function compareRuns(full: Float64Array, late: Float64Array, offset: number, settled: readonly Settled[]): Settled[] {
  const last = settled.map(() => -1);
  let largest = 0;
  for (let row = 0; row < full.length; row++) {
    const size = Math.abs(full[row]);
    if (size > largest && size < Infinity) largest = size;
    if (row < offset || sameBits(full[row], late[row - offset])) continue;
    const gap = Math.abs(full[row] - late[row - offset]);
    // A value against none is a gap that no level covers.
    for (let l = 0; l < last.length; l++) if (!(gap <= settled[l].level * largest)) last[l] = row;
  }
  return settled.map((before, l) => {
    const row = last[l];
    if (row < 0) return before;
    const settles = row < full.length - TAIL;
    const expected = full[row];
    return worse(before, {
      ...before,
      rows: row - offset + 2,
      settles,
      offset,
      row,
      expected,
      found: late[row - offset],
    });
  });
}
