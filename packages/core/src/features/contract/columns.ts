/**
 * The running columns of one clock: bar columns first, then the outputs of its feature graph. Rows are appended at the
 * end of linear buffers, and when a buffer is full its tail slides to the front, so an operator reads `column[i - k]`
 * without any ring arithmetic. Rows before the first are NaN, which makes "not enough rows yet" and "a NaN in the window" one case.
 *
 * All columns of a clock lie one after the other in one buffer behind what its operators remember, each with room for the rows that somebody reads back and for
 * new ones. Index i is the same row in every column, so the view of a column with a short history begins inside the columns before it.
 */
import type { FeatureGraph } from './graph.ts';
import type { OperatorIO } from './operator.ts';
import { canonicalise, wordsOf } from '../../base/canonical.ts';
import { takeRoom, type Room, type Vectors } from '../../base/vectors/vectors.ts';
import { writeProgram, type Program } from './program.ts';

/**
 * Room for new rows before the first slide: a column of a live clock is then a line of the cache or two, and a row for which all
 * clocks close goes over a third of the memory that it would with room for 32. Blocks make it grow.
 */
const INITIAL_ROOM = 8;
const NONE = new Float64Array(0);

type Run = (io: OperatorIO, from: number, to: number) => void;

export interface Columns {
  /** One buffer per graph column; replaced when they grow, so read it anew for each block. */
  readonly data: Float64Array[];
  /** Index one past the newest row whose features have been computed. */
  readonly done: number;
  /** Index one past the newest row whose bar columns have been written. */
  readonly end: number;
  /** Makes room for one more row and returns its index; the caller fills the bar columns. */
  append(): number;
  /** Computes the features of all appended rows and returns the index of the first of them. */
  compute(): number;
  /** Copies the values of `columns` in row i to `into`, from `at` on, with canonical bits. */
  read(columns: readonly number[], i: number, into: Float64Array, at: number): void;
  /** Number of doubles that {@link save} writes. */
  readonly saveLength: number;
  /** Forgets all rows and all that operators remember. */
  clear(): void;
  save(into: Float64Array, at: number): number;
  load(from: Float64Array, at: number): number;
}

export function createColumns(graph: FeatureGraph): Columns {
  return new ColumnStore(graph);
}

class ColumnStore implements Columns {
  readonly data: Float64Array[];
  done: number;
  end: number;
  readonly saveLength: number;
  readonly #graph: FeatureGraph;
  /** Of each node its operator and what that is given: side by side, for a row that comes alone waits for the memory. */
  readonly #runs: readonly Run[];
  readonly #ios: (OperatorIO | undefined)[];
  /** What runs the program, where there is anything that does. */
  #vectors: Vectors | undefined;
  /** The program that it runs, and where it stands. */
  readonly #program: Program;
  #programRoom: Float64Array = NONE;
  #tableAt: Room['tableAt'] = () => 0;
  /** Its first word: how many rows an instruction did that went no further. */
  #rowsDone: Int32Array = new Int32Array(1);
  /** State of all nodes, one after the other. */
  #arena: Float64Array = NONE;
  /** Where in it that of each node ends. */
  readonly #ends: readonly number[];
  readonly #histories: readonly number[];
  /** Rows kept before the newest: the longest history, and one so that rows can always read the newest. */
  readonly #keep: number;
  /** Rows that fit in before the next slide. */
  #room = INITIAL_ROOM;
  /** What was read last: which columns, their addresses, and their values in a row; into what else, and the words of that. */
  #list: readonly number[] | undefined;
  #addresses: Uint32Array = new Uint32Array(0);
  #row: Float64Array = NONE;
  #into: Float64Array = NONE;
  #words = wordsOf(NONE);
  /** All columns, one after the other; and where in it the view of each begins. */
  #rows: Float64Array = NONE;
  readonly #starts: Int32Array;

  constructor(graph: FeatureGraph) {
    this.#graph = graph;
    this.#histories = graph.columns.map((column) => Math.max(1, column.history));
    this.#keep = Math.max(1, ...this.#histories);
    this.#starts = new Int32Array(this.#histories.length);
    let total = 0;
    this.#ends = graph.nodes.map(({ op, params }) => (total += op.slots(params)));
    this.#runs = graph.nodes.map(({ op }) => op.run);
    this.#program = graph.program;
    this.#takeRoom();
    this.data = this.#views();
    this.done = this.#keep;
    this.end = this.#keep;
    this.#ios = graph.nodes.map(() => undefined);
    this.#writeProgram();
    this.saveLength = total + this.#histories.reduce((sum, n) => sum + n, 0);
  }

  append(): number {
    if (this.end === this.#keep + this.#room) this.#makeRoom();
    return this.end++;
  }

  compute(): number {
    const from = this.done;
    const to = this.end;
    if (from < to) {
      const runs = this.#runs;
      const ios = this.#ios;
      const execute = this.#vectors?.execute;
      const program = this.#programRoom.byteOffset;
      const { starts, has } = this.#program;
      const rowsDone = this.#rowsDone;
      for (let n = 0; n < runs.length; n++) {
        let row = from;
        // Operators without an instruction often stand side by side: to ask for none takes longer than many of them.
        if (execute !== undefined && has[n] === 1) {
          n = execute(program, program + starts[n], n, 8 * from, to - from);
          if (n === runs.length) break;
          row += rowsDone[0];
        }
        runs[n](ios[n] ?? this.#ioOf(n), row, to);
      }
      this.done = to;
    }
    return from;
  }

  /** Memory for the program, for state, zeros, and for all columns, NaN. The view of the first column may begin `keep` rows before what it owns. */
  #takeRoom(): void {
    const slots = this.#ends.at(-1) ?? 0;
    const owned = this.#histories.reduce((sum, n) => sum + n + this.#room, 0);
    const program = this.#program.length;
    const features = this.#graph.features.length;
    const state = program + features + Math.ceil(features / 2);
    const { doubles, vectors, tableAt } = takeRoom(state + slots + this.#keep + owned, this.#program.tables);
    this.#tableAt = tableAt;
    this.#programRoom = doubles.subarray(0, program);
    this.#addresses = new Uint32Array(doubles.buffer, doubles.byteOffset + 8 * (program + features), features);
    this.#list = undefined;
    this.#rowsDone = new Int32Array(doubles.buffer, doubles.byteOffset, 1);
    this.#arena = doubles.subarray(state, state + slots);
    this.#rows = doubles.subarray(state + slots).fill(NaN);
    this.#row = doubles.subarray(program, program + features);
    this.#vectors = vectors;
  }

  #writeProgram(): void {
    if (this.#vectors === undefined) return;
    const states = this.#arena.byteOffset;
    writeProgram(
      this.#program,
      this.#programRoom,
      (c) => this.data[c].byteOffset,
      (n) => states + (n === 0 ? 0 : 8 * this.#ends[n - 1]),
      this.#tableAt,
    );
  }

  /** What the operator of node n is given. */
  #ioOf(n: number): OperatorIO {
    const { inputs, outputs, params } = this.#graph.nodes[n];
    return (this.#ios[n] ??= {
      in: inputs.map((c) => this.data[c]),
      out: outputs.map((c) => this.data[c]),
      params,
      state: this.#arena.subarray(n === 0 ? 0 : this.#ends[n - 1], this.#ends[n]),
    });
  }

  #views(): Float64Array[] {
    let at = this.#keep;
    return this.#histories.map((history, c) => {
      this.#starts[c] = at + history - this.#keep;
      at += history + this.#room;
      return this.#rows.subarray(this.#starts[c], at);
    });
  }

  /** Slides the rows that are still needed to the front; grows where the rows not yet computed fill more than half. */
  #makeRoom(): void {
    const slide = this.done - this.#keep;
    if ((this.end - this.done) * 2 > this.#room) this.#grow(slide);
    else this.#rows.copyWithin(0, slide);
    this.done -= slide;
    this.end -= slide;
  }

  #grow(slide: number): void {
    const before = [...this.data];
    const remembered = this.#arena;
    this.#room *= 2;
    this.#takeRoom();
    this.#arena.set(remembered);
    this.#views().forEach((column, c) => {
      const oldest = this.done - this.#histories[c];
      column.set(before[c].subarray(oldest, this.end), oldest - slide);
      this.data[c] = column;
    });
    this.#ios.fill(undefined);
    this.#writeProgram();
  }

  read(columns: readonly number[], i: number, into: Float64Array, at: number): void {
    const rows = this.#rows;
    const starts = this.#starts;
    if (this.#vectors !== undefined && columns.length === this.#row.length) {
      const addresses = this.#addresses;
      // Whoever reads rows reads the same columns of each.
      if (columns !== this.#list) columns.forEach((c, k) => (addresses[k] = this.data[c].byteOffset));
      this.#list = columns;
      this.#vectors.gather(addresses.byteOffset, columns.length, 8 * i, this.#row.byteOffset);
      into.set(this.#row, at);
      return;
    }
    // Of the one buffer, not of the columns: a thousand views are more than what the cache holds of a row that comes alone.
    for (let k = 0; k < columns.length; k++) into[at + k] = rows[starts[columns[k]] + i];
    if (into !== this.#into) this.#words = wordsOf(into);
    this.#into = into;
    canonicalise(into, this.#words, at, at + columns.length);
  }

  clear(): void {
    this.#arena.fill(0);
    this.#rows.fill(NaN);
    this.done = this.#keep;
    this.end = this.#keep;
  }

  save(into: Float64Array, at: number): number {
    into.set(this.#arena, at);
    at += this.#arena.length;
    const rows = this.#rows;
    for (let c = 0; c < this.#starts.length; c++) {
      const end = this.#starts[c] + this.done;
      for (let i = end - this.#histories[c]; i < end; i++) into[at++] = rows[i];
    }
    return at;
  }

  load(from: Float64Array, at: number): number {
    this.#arena.set(from.subarray(at, at + this.#arena.length));
    at += this.#arena.length;
    this.done = this.#keep;
    this.end = this.#keep;
    const rows = this.#rows;
    // By hand: most columns have a row or two, and a view of each costs more than they do.
    for (let c = 0; c < this.#starts.length; c++) {
      const end = this.#starts[c] + this.#keep;
      for (let i = end - this.#histories[c]; i < end; i++) rows[i] = from[at++];
    }
    return at;
  }
}
