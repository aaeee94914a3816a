/**
 * Where everything lies that the growing of trees reads and writes: one memory, laid out by its sizes alone, so that threads that are
 * handed both see the same numbers.
 */
import { COUNT_BYTES, createMemory, SUM_BYTES, type Memory } from './kernel.ts';

/** Sizes of what is trained on. */
export interface SpaceSize {
  /** Training rows. */
  readonly rows: number;
  /** Columns of them. */
  readonly width: number;
  /** Rows that a tree sees. */
  readonly bagged: number;
  /** Columns that a tree sees. */
  readonly used: number;
  /** Leaves of a tree at most. */
  readonly leaves: number;
}

/** Columns that are summed in one piece of work: what a thread takes at a time. */
export const BLOCK_COLUMNS = 32;
/** Columns that one pass over the rows sums. */
export const PASS_COLUMNS = 4;
/** Numbers of what a block found for one leaf: gain, column, bin, and the gradient, hessian and rows of the left side. */
export const FOUND = 6;

export interface Space {
  readonly size: SpaceSize;
  readonly memory: Memory;
  /** Counters by which threads agree. */
  readonly control: Int32Array;
  /** What is to be done. */
  readonly job: Float64Array;
  /** Of each block, what it found for two leaves. */
  readonly found: Float64Array;
  /** Of each column of the data, how many bounds its bins have. */
  readonly cuts: Uint32Array;
  /** Columns of the tree, ascending. */
  readonly columns: Uint32Array;
  /** Rows of the tree, permuted so that each leaf's are together and in order. */
  readonly order: Uint32Array;
  /** Gradient and hessian of each row of the data. */
  readonly pairs: Float64Array;
  /** The same of the rows of one leaf, in their order. */
  readonly leafPairs: Float64Array;
  /** Bins of each column of the data. */
  readonly bins: readonly Uint8Array[];
  /** Addresses in bytes, for the loop that sums. */
  readonly address: {
    readonly order: number;
    readonly leafPairs: number;
    readonly bins: number;
    /** Sums and counts of the histograms, which are as many as leaves. */
    readonly sums: number;
    readonly counts: number;
  };
}

/** Columns of a histogram: whole passes. */
export const paddedColumns = ({ used }: SpaceSize): number => Math.ceil(used / PASS_COLUMNS) * PASS_COLUMNS;
export const blockCount = ({ used }: SpaceSize): number => Math.ceil(used / BLOCK_COLUMNS);

/** Bytes of each part, in order. */
function partsOf(size: SpaceSize) {
  const { rows, width, bagged, leaves } = size;
  const histograms = leaves * paddedColumns(size);
  return {
    control: 64,
    job: 256,
    found: blockCount(size) * 2 * FOUND * 8,
    cuts: width * 4,
    columns: paddedColumns(size) * 4,
    order: bagged * 4,
    pairs: rows * 16,
    leafPairs: bagged * 16,
    sums: histograms * SUM_BYTES,
    counts: histograms * COUNT_BYTES,
    bins: rows * width,
  };
}

/** Each part begins at a multiple of 16 bytes, as pairs have to. */
function addressesOf(size: SpaceSize): { readonly at: ReturnType<typeof partsOf>; readonly bytes: number } {
  let bytes = 0;
  const at = { ...partsOf(size) };
  for (const [name, length] of Object.entries(partsOf(size))) {
    at[name as keyof typeof at] = bytes;
    bytes += Math.ceil(length / 16) * 16;
  }
  return { at, bytes };
}

/** Room for `size`, all of it zero. */
export function createSpace(size: SpaceSize, shared: boolean): Space {
  return viewSpace(size, createMemory(addressesOf(size).bytes, shared));
}

/** The same room, seen from a thread that was handed its memory. */
export function viewSpace(size: SpaceSize, memory: Memory): Space {
  const { at } = addressesOf(size);
  const { rows, width, bagged } = size;
  const { buffer } = memory;
  return {
    size,
    memory,
    control: new Int32Array(buffer, at.control, 16),
    job: new Float64Array(buffer, at.job, 32),
    found: new Float64Array(buffer, at.found, blockCount(size) * 2 * FOUND),
    cuts: new Uint32Array(buffer, at.cuts, width),
    columns: new Uint32Array(buffer, at.columns, paddedColumns(size)),
    order: new Uint32Array(buffer, at.order, bagged),
    pairs: new Float64Array(buffer, at.pairs, 2 * rows),
    leafPairs: new Float64Array(buffer, at.leafPairs, 2 * bagged),
    bins: Array.from({ length: width }, (_, c) => new Uint8Array(buffer, at.bins + c * rows, rows)),
    address: at,
  };
}
