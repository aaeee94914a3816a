/**
 * The program of a table: what `assembly/program` runs, an instruction a node. Instructions stand one behind the other in the memory
 * of the table's columns, and name these by their addresses: that is a twentieth of what the objects take that describe them,
 * and what a row that comes alone waits for.
 */
import type { Table } from '../../base/vectors/vectors.ts';
import { INSTRUCTIONS, type Instruction } from './instruction.ts';

const CODES: ReadonlyMap<string, number> = new Map(INSTRUCTIONS.map((name, at) => [name, at + 1]));

/** Bytes of what an instruction begins with, and of the number of rows that stands before the first. */
const HEAD_BYTES = 8;

/** What a program has to know of a node. */
interface Node {
  readonly op: { readonly instruction?: Instruction };
  readonly params: readonly number[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** What an instruction is followed by, before a table gives its columns addresses. */
interface Operands {
  /** The number of the instruction, 0 where there is none. */
  readonly code: number;
  /** Columns, in the order of their addresses. */
  readonly columns: readonly number[];
  readonly table?: Table | undefined;
  readonly numbers: readonly number[];
}

const NONE: Operands = { code: 0, columns: [], numbers: [] };

/** A program without its addresses. */
export interface Program {
  /** Where the instruction of each node begins, in bytes behind the start of the program, and where the last one ends. */
  readonly starts: Int32Array;
  /** 1 of each node that has an instruction. */
  readonly has: Uint8Array;
  /** Doubles that it takes: behind the last instruction stands one that ends it. */
  readonly length: number;
  /** What each instruction is of and over. */
  readonly operands: readonly Operands[];
  /** What instructions look up, each once. */
  readonly tables: readonly Table[];
}

function operandsOf({ op: { instruction }, inputs, outputs, params }: Node): Operands {
  if (instruction === undefined) return NONE;
  const { name, reads, numbers, table } = instruction;
  const read = reads === undefined ? inputs : reads.map((k) => inputs[k]);
  return {
    code: CODES.get(name) as number,
    columns: read.concat(outputs),
    table: table?.(params),
    numbers: numbers === undefined ? params : numbers(params),
  };
}

/** Doubles of the addresses of columns, table and state, two of which share one. */
const addressDoubles = ({ columns, table }: Operands): number => (columns.length + (table === undefined ? 2 : 3)) >> 1;

export function layProgram(nodes: readonly Node[]): Program {
  const operands = nodes.map(operandsOf);
  const starts = new Int32Array(nodes.length + 1);
  starts[0] = HEAD_BYTES;
  operands.forEach((one, n) => {
    const doubles = one.code === 0 ? 0 : addressDoubles(one) + one.numbers.length;
    starts[n + 1] = starts[n] + HEAD_BYTES + 8 * doubles;
  });
  const has = Uint8Array.from(operands, ({ code }) => (code === 0 ? 0 : 1));
  const tables = [...new Set(operands.flatMap(({ table }) => table ?? []))];
  return { starts, has, length: (starts[nodes.length] + HEAD_BYTES) / 8, operands, tables };
}

/**
 * Writes a program into `room`, zeros; `rowZero`, `stateAt` and `tableAt` say the address of row 0 of a column, of the state of a node, and
 * of a table.
 */
export function writeProgram(
  { starts, operands }: Program,
  room: Float64Array,
  rowZero: (column: number) => number,
  stateAt: (node: number) => number,
  tableAt: (table: Table) => number,
): void {
  const words = new Uint32Array(room.buffer, room.byteOffset, 2 * room.length);
  for (let n = 0; n < operands.length; n++) {
    const { code, columns, table, numbers } = operands[n];
    let word = starts[n] / 4;
    words[word++] = code;
    words[word++] = starts[n + 1] - starts[n];
    if (code === 0) continue;
    const numbersAt = starts[n] / 8 + 1 + addressDoubles(operands[n]);
    for (const column of columns) words[word++] = rowZero(column);
    if (table !== undefined) words[word++] = tableAt(table);
    words[word] = stateAt(n);
    for (let k = 0; k < numbers.length; k++) room[numbersAt + k] = numbers[k];
  }
}
