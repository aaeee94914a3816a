/**
 * Memory that columns, the state of operators and the tape lie in, and loops over it that take two rows at a time: WebAssembly where the
 * runtime has it. What the loops compute is what the loops in TypeScript compute whose place they take, bit for bit.
 */
import { VECTORS } from './vectors.gen.ts';

/** The program of a table. */
export interface Vectors {
  /**
   * Runs its instructions from address `p` on, that of node `node`, over `rows` rows `at` bytes behind row 0 of all columns, until one is
   * left to the loop in TypeScript. Returns its node, and writes to `done` how many rows it did.
   */
  readonly execute: (done: number, p: number, node: number, at: number, rows: number) => number;
  /**
   * Copies values to address `into`, with canonical bits: at `columns` stand the addresses of row 0 of `count` columns, of which the row `at`
   * bytes behind is meant.
   */
  readonly gather: (columns: number, count: number, at: number, into: number) => void;
}

/** Loops over the tape, columns given by the address of a row. What they leave over is the caller's. */
export interface TradeVectors {
  /** How many of the first rows are surely sound, a multiple of eight; `newest`: the time before the first. */
  readonly soundTrades: (
    price: number,
    quantity: number,
    side: number,
    time: number,
    rows: number,
    lowest: number,
    highest: number,
    newest: number,
    silence: number,
  ) => number;
  /** How many of the first ids are `low`, `low` + 1 and so on below the word `high`; a multiple of eight. */
  readonly denseIds: (ids: number, rows: number, low: number, high: number) => number;
  /** Amounts, for contracts of `size` base units, `quantity` in place; returns how many rows were done. */
  readonly tradeAmounts: (price: number, quantity: number, dollars: number, size: number, rows: number) => number;
  /** What takers bought, in place of their side; returns how many rows were done. */
  readonly boughtAmounts: (quantity: number, bought: number, rows: number) => number;
  /** Signs of the steps from the rows before; returns how many rows were done. */
  readonly priceDirections: (price: number, direction: number, rows: number) => number;
  /** Returns from the rows before, as far as they are small; returns how many rows were done. */
  readonly tradeReturns: (price: number, high: number, low: number, rows: number) => number;
  /** Adds all rows to the exact sums of a part. */
  readonly partSums: (part: number, quantity: number, dollars: number, bought: number, rows: number) => void;
  /** Adds rows behind another of the part to its high, low and changes of price. */
  readonly partPrices: (part: number, price: number, direction: number, rows: number) => void;
  /** Adds rows to the moments of a part that holds `ticks` trades, which may be counted from the start of any group. */
  readonly partMoments: (
    part: number,
    price: number,
    quantity: number,
    high: number,
    low: number,
    ticks: number,
    rows: number,
  ) => void;
}

/** Loops over columns of messages, given by addresses; up to 16 numbers behind the last are read and written too. */
export interface ColumnVectors {
  /** Makes the table of 2048 bytes that `putOthers` asks. */
  readonly writeRanks: (ranks: number) => void;
  /** How many of the `count` bits of a map are set; -1 where one behind them is. */
  readonly onesOf: (map: number, count: number) => number;
  /** Puts bytes into words of 32 bits, `shift` bits up. */
  readonly putBytes: (bytes: number, words: number, count: number, shift: number) => void;
  /** The same of a byte that is usual and, where a map has a bit, of others. */
  readonly putOthers: (
    map: number,
    bytes: number,
    words: number,
    count: number,
    shift: number,
    usual: number,
    ranks: number,
  ) => void;
  /** Doubles of words whose lowest bit says that they are below zero; of two words each, `high` in the second place. */
  readonly wholesOf: (low: number, out: number, count: number) => void;
  readonly longWholesOf: (low: number, high: number, out: number, count: number) => void;
  /** Sums up to each number, from `first` on, in place. */
  readonly sumUp: (out: number, count: number, first: number) => void;
  /** Divides, then multiplies, in place; one of both is 1. */
  readonly scaled: (out: number, count: number, factor: number, divisor: number) => void;
  /** Which of four doubles, two bits each. */
  readonly chosenOf: (bits: number, choices: number, out: number, count: number) => void;
  /** `setIdNumbers`; returns the place of the first number that is no id. */
  readonly idsOf: (numbers: number, ids: number, count: number) => number;
}

/** Loops over columns of files, given by addresses; up to 16 numbers behind the last are read and written too. */
export interface FileVectors {
  /** Ids, four words each, of integers of 64 bits; returns whether one of them, or of those behind them, is negative: 0 where none is. */
  readonly wideIds: (integers: number, ids: number, count: number) => number;
  /** Doubles of integers of 64 bits, each times `scale`. */
  readonly wideNumbers: (integers: number, out: number, count: number, scale: number) => void;
  /** Doubles of bytes; NaN of those that are `none`. */
  readonly wideBytes: (bytes: number, out: number, count: number, none: number) => void;
}

type AllVectors = Vectors & TradeVectors & ColumnVectors & FileVectors;

/** What loops look up. */
export type Table = Int32Array | Float64Array;

/** Memory that the loops go over. */
export interface Room {
  /** Zeros. */
  readonly doubles: Float64Array;
  /** The loops over it; absent where there are none. */
  readonly vectors: AllVectors | undefined;
  /** The address of a table that was asked for beside it. */
  readonly tableAt: (table: Table) => number;
}

interface WebAssemblyParts {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: AllVectors };
}

const globals = globalThis as unknown as { readonly WebAssembly?: WebAssemblyParts; atob(text: string): string };
/** That of the runtime, until it has failed: one that forbids it, as a page's policy may, throws when it is used. */
let { WebAssembly: assembly } = globals;

const PAGE_BYTES = 65_536;
/** A memory takes gigabytes of addresses, whatever its size, of which a process has some thousands: tables share it. */
const SHARED_BYTES = 64 * PAGE_BYTES;
/** Below it stand numbers of the loops. */
const NUMBERS_BYTES = 1024;
/** Rooms begin at multiples of it, and behind each there is as much that no one owns: two rows are read where the last is one. */
const ALIGNED_BYTES = 16;

interface Place {
  readonly buffer: ArrayBuffer;
  readonly vectors: AllVectors;
  /** Bytes that are taken. Rooms are not given back: a memory goes when the last table in it does. */
  taken: number;
  /** Where what loops look up stands, for all rooms of the memory. */
  readonly tables: Map<Table, number>;
}

let module: object | undefined;
/** The memory that tables are put into until it is full. */
let place: Place | undefined;

function createPlace(parts: WebAssemblyParts, bytes: number): Place {
  module ??= new parts.Module(bytesOf(VECTORS));
  const memory = new parts.Memory({ initial: Math.ceil(Math.max(NUMBERS_BYTES + bytes, SHARED_BYTES) / PAGE_BYTES) });
  const { exports: vectors } = new parts.Instance(module, { env: { memory } });
  return { buffer: memory.buffer, vectors, taken: NUMBERS_BYTES, tables: new Map() };
}

/** Of base64: three quarters of what digits take in a bundle. */
function bytesOf(text: string): Uint8Array {
  const letters = globals.atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

const alignedBytes = (bytes: number): number => Math.ceil(bytes / ALIGNED_BYTES + 1) * ALIGNED_BYTES;

/** Puts a table where loops find it, unless it is there. */
function putTable(into: Place, table: Table): void {
  if (into.tables.has(table)) return;
  const bytes = new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
  new Uint8Array(into.buffer, into.taken, bytes.length).set(bytes);
  into.tables.set(table, into.taken);
  into.taken += alignedBytes(table.byteLength);
}

/** Room for `length` doubles, never used before, in a memory in which `tables` stand too. */
export function takeRoom(length: number, tables: readonly Table[] = []): Room {
  const bytes = alignedBytes(8 * length);
  try {
    if (assembly !== undefined) {
      const all = tables.reduce((sum, { byteLength }) => sum + alignedBytes(byteLength), bytes);
      if (place === undefined || place.taken + all > place.buffer.byteLength) place = createPlace(assembly, all);
      const own = place;
      for (const table of tables) putTable(own, table);
      const doubles = new Float64Array(own.buffer, own.taken, length);
      own.taken += bytes;
      return { doubles, vectors: own.vectors, tableAt: (table) => own.tables.get(table) as number };
    }
  } catch {
    // Forbidden, without 128-bit numbers, or no more memory of its kind. It is not asked again: a policy reports each try, and a
    // process that is out of addresses collects garbage several times before it says so, half a second a table.
    assembly = undefined;
  }
  return { doubles: new Float64Array(length), vectors: undefined, tableAt: () => 0 };
}

/** The address of row i of a column. */
export function rowAt(column: Float64Array, i: number): number {
  return column.byteOffset + 8 * i;
}
