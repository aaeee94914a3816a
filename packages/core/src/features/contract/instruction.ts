/**
 * The program of a table: what `assembly/program` runs, an instruction a node. Instructions stand one behind the other in the memory
 * of the table's columns, and name these by their addresses: that is a twentieth of what the objects take that describe them,
 * and what a row that comes alone waits for.
 */
import type { GraphNode } from './graph.ts';

/** In the order of their numbers, from 1 on; 0 is a node that has none. */
export const INSTRUCTIONS = [
  'add',
  'sub',
  'mul',
  'div',
  'constant',
  'abs',
  'gt',
  'lt',
  'ge',
  'le',
  'eq',
  'and',
  'where',
  'sma',
  'rolling_std',
  'variance_around',
  'rolling_shape',
  'mean_distance',
  'flow_ratio',
  'pressure_ratios',
  'volume_profile',
  'lag',
  'roc',
  'min',
  'max',
  'ema',
  'balance',
  'macd',
  'atr',
  'adx_average',
  'directional',
  'obv',
  'money_flow',
  'buying_pressure',
  'trange',
  'typprice',
  'range_distance',
  'range_position',
  'atr_percent',
  'bands',
  'valid',
  'settle',
  'pattern',
  'candle_shadows',
  'candle_steps',
  'candle_traits',
  'wma',
  'cycle_mean',
  'regime',
  'hour_of_day',
  'day_of_week',
  'is_weekend',
  'day_of_month',
  'month_of_year',
  'week_of_year',
  'sin',
  'cycle_sin',
  'cycle_cos',
  'log',
  'log1p',
  'log_return',
] as const;

/** An instruction that does what `run` of an operator does, to the bits of outputs and state. */
export interface Instruction {
  /** Which. */
  readonly name: (typeof INSTRUCTIONS)[number];
  /** Places of the inputs that it reads; absent: all of them. */
  readonly reads?: readonly number[];
  /** The numbers that it is given; absent: the parameters. */
  readonly numbers?: (params: readonly number[]) => readonly number[];
}

/** Bytes of what an instruction begins with, and of the number of rows that stands before the first. */
const HEAD_BYTES = 8;
const WORD_BYTES = 4;

interface Operands {
  /** The number of the instruction, 0 where there is none. */
  readonly code: number;
  /** Columns, in the order of their addresses. */
  readonly columns: readonly number[];
  readonly numbers: readonly number[];
}

function operandsOf({ op: { instruction }, inputs, outputs, params }: GraphNode): Operands {
  if (instruction === undefined) return { code: 0, columns: [], numbers: [] };
  const { name, reads, numbers } = instruction;
  return {
    code: INSTRUCTIONS.indexOf(name) + 1,
    columns: [...(reads === undefined ? inputs : reads.map((k) => inputs[k])), ...outputs],
    numbers: numbers === undefined ? params : numbers(params),
  };
}

/** Bytes of the addresses of columns and state. */
const addressBytes = (columns: readonly number[]): number =>
  Math.ceil((columns.length + 1) / 2) * 2 * WORD_BYTES;

/** Where the instruction of each node begins, in bytes behind the start of the program, and where the last one ends. */
export function layProgram(nodes: readonly GraphNode[]): Int32Array {
  const starts = new Int32Array(nodes.length + 1);
  starts[0] = HEAD_BYTES;
  nodes.forEach((node, n) => {
    const { code, columns, numbers } = operandsOf(node);
    const operands = code === 0 ? 0 : addressBytes(columns) + 8 * numbers.length;
    starts[n + 1] = starts[n] + HEAD_BYTES + operands;
  });
  return starts;
}

/** Writes the program; `rowZero` and `stateAt` say the address of row 0 of a column and of the state of a node. */
export function writeProgram(
  nodes: readonly GraphNode[],
  starts: Int32Array,
  program: Float64Array,
  rowZero: (column: number) => number,
  stateAt: (node: number) => number,
): void {
  const view = new DataView(program.buffer, program.byteOffset, program.byteLength);
  nodes.forEach((node, n) => {
    const { code, columns, numbers } = operandsOf(node);
    view.setInt32(starts[n], code, true);
    view.setInt32(starts[n] + WORD_BYTES, starts[n + 1] - starts[n], true);
    if (code === 0) return;
    const at = starts[n] + HEAD_BYTES;
    [...columns.map(rowZero), stateAt(n)].forEach((address, k) => view.setUint32(at + WORD_BYTES * k, address, true));
    numbers.forEach((value, k) => view.setFloat64(at + addressBytes(columns) + 8 * k, value, true));
  });
}

/** Doubles that a program takes: behind the last instruction stands one that ends it. */
export const programLength = (starts: Int32Array): number => (starts[starts.length - 1] + HEAD_BYTES) / 8;
