/** Runs one operator over columns by the contract, or by a hostile reading of it: what it may not read holds garbage. */
import { sameBits } from 'minotaur-core/internal/base/canonical';
import { createColumns } from 'minotaur-core/internal/features/contract/columns';
import type { Catalogue, FeatureGraph, GraphColumn } from 'minotaur-core/internal/features/contract/graph';
import type { Operator } from 'minotaur-core/internal/features/contract/operator';
import { graphOf, inputsOf } from '../harness/operator-graph.ts';
import type { Columns } from '../memory/sample-columns.ts';

/** An operator with parameters, and the graph that computes it. */
export interface Instance {
  readonly op: Operator;
  readonly params: readonly number[];
  readonly catalogue: Catalogue;
  readonly graph: FeatureGraph;
}

/** An operator on trial. */
export interface Subject extends Instance {
  /** Another instance, which may be at work at the same time. */
  readonly beside: Instance;
}

/** The operator with each of the sets of parameters. */
export function createSubjects(
  op: Operator,
  sets: readonly (readonly number[])[],
  catalogue: Catalogue,
): readonly Subject[] {
  const instances = sets.map((params): Instance => ({ op, params, catalogue, graph: graphOf(op, params, catalogue) }));
  return instances.map((one, i) => ({ ...one, beside: instances[(i + 1) % instances.length] }));
}

/** A value where it should not be. */
export interface Misplaced {
  readonly column: string;
  readonly row: number;
  readonly expected: number;
  readonly found: number;
}

const NOTHING = new Float64Array(0);
/** Rows each side of what may be read that hold garbage in a hostile run. */
const FENCE = 40;
const GARBAGE = [NaN, 7.77e77, -3];

export class Drive {
  readonly #graph;
  readonly #columns;
  readonly #names: readonly string[];
  readonly #hostile: readonly ('past' | 'future')[];

  constructor({ op, graph }: Instance, hostile: readonly ('past' | 'future')[] = []) {
    this.#names = inputsOf(op);
    this.#hostile = hostile;
    this.#graph = graph;
    this.#columns = createColumns(graph);
  }

  /** Feeds rows [from, to) of `table` as one block and writes what comes out to `out`, at the same rows. */
  feed(table: Columns, from: number, to: number, out: readonly Float64Array[]): void {
    const columns = this.#columns;
    for (let row = from; row < to; row++) {
      const at = columns.append();
      this.#names.forEach((name, c) => (columns.data[c][at] = table[name]?.[row] ?? row));
    }
    if (this.#hostile.length > 0) this.#spoil();
    const at = columns.compute();
    this.#graph.features.forEach(({ column }, k) =>
      out[k].set(columns.data[column].subarray(at, at + to - from), from),
    );
  }

  /** Fills what the operator may not read with garbage: rows past its history, rows at `to` and after, its outputs. */
  #spoil(): void {
    if (this.#hostile.includes('past')) this.#spoilPast();
    if (!this.#hostile.includes('future')) return;
    const { data, done, end } = this.#columns;
    data.forEach((column, c) => {
      const isInput = c < this.#names.length;
      for (let i = isInput ? end : done; i < Math.min(column.length, end + FENCE); i++) {
        column[i] = GARBAGE[i % GARBAGE.length];
      }
    });
  }

  /** Columns share a buffer, so what may be read of each is put back when the garbage is everywhere. */
  #spoilPast(): void {
    const { data, done, end } = this.#columns;
    const columns = this.#graph.columns;
    const readable = columns.map(({ history }, c) => data[c].slice(done - history, end));
    columns.forEach(({ history }, c) => {
      for (let i = Math.max(0, done - history - FENCE); i < done - history; i++) {
        data[c][i] = GARBAGE[i % GARBAGE.length];
      }
    });
    columns.forEach(({ history }, c) => data[c].set(readable[c], done - history));
  }

  /**
   * A value that rows [from, to), just fed in a hostile run, have changed though it is not theirs: of an input, of an output
   * of a row before, or behind the end. What should be there is in `table` and `out`.
   */
  misplaced(table: Columns, from: number, to: number, out: readonly Float64Array[]): Misplaced | undefined {
    const { columns, features } = this.#graph;
    for (const [c, name] of this.#names.entries()) {
      const found = this.#changed(c, table[name] ?? NOTHING, from - columns[c].history, to, to);
      if (found !== undefined) return { column: name, ...found };
    }
    for (const [k, { column }] of features.entries()) {
      const found = this.#changed(column, out[k], from - Math.max(1, columns[column].history), from, to);
      if (found !== undefined) return { column: features[k].name, ...found };
    }
    return undefined;
  }

  /** The first of rows [first, last) of a column that is not what is known of it, or of those behind `end` that is no garbage. */
  #changed(
    c: number,
    known: Float64Array,
    first: number,
    last: number,
    end: number,
  ): Omit<Misplaced, 'column'> | undefined {
    const column = this.#columns.data[c];
    const behind = this.#columns.end;
    for (let row = Math.max(0, first); row < Math.min(last, known.length); row++) {
      const found = column[behind - end + row];
      if (!sameBits(known[row], found)) return { row, expected: known[row], found };
    }
    for (let i = behind; i < Math.min(column.length, behind + FENCE); i++) {
      const expected = GARBAGE[i % GARBAGE.length];
      if (!sameBits(expected, column[i])) return { row: end + i - behind, expected, found: column[i] };
    }
    return undefined;
  }

  /** What the graph knows of each output. */
  columns(): GraphColumn[] {
    return this.#graph.features.map(({ column }) => this.#graph.columns[column]);
  }

  save(): Float64Array {
    const saved = new Float64Array(this.#columns.saveLength);
    this.#columns.save(saved, 0);
    return saved;
  }

  load(saved: Float64Array): void {
    this.#columns.load(saved, 0);
  }
}

/** Feeds rows [from, to) in blocks of the lengths in `cuts`, repeated as needed; none: all at once. */
export function feedCut(
  drive: Drive,
  table: Columns,
  from: number,
  to: number,
  cuts: readonly number[],
  out: readonly Float64Array[],
): void {
  for (let row = from, b = 0; row < to; b++) {
    const next = cuts.length === 0 ? to : Math.min(to, row + cuts[b % cuts.length]);
    drive.feed(table, row, next, out);
    row = next;
  }
}

/** Rooms for the outputs of `rows` rows. */
export function outputsOf({ op }: Instance, rows: number): Float64Array[] {
  return op.outputs.map(() => new Float64Array(rows));
}

/** All outputs of a fresh run over rows [from, rows), at the same rows. */
export function outputs(
  subject: Instance,
  table: Columns,
  rows: number,
  options: { cuts?: readonly number[]; from?: number; hostile?: readonly ('past' | 'future')[] } = {},
): Float64Array[] {
  const out = outputsOf(subject, rows);
  feedCut(new Drive(subject, options.hostile), table, options.from ?? 0, rows, options.cuts ?? [], out);
  return out;
}
