/**
 * The operator contract: the one thing to know in order to add a feature, ours or a user's.
 *
 * An operator is state plus one step over rows. It is given whole columns and a range of rows, writes its outputs for
 * that range, and keeps what it must remember in `state`. Block length carries no meaning: a historical build calls it with
 * hundreds of rows, a live session with one, and the bits are the same (law L1). It reads no clock, file or global, and never a row at or after `to`.
 */
import { log, log1p } from '../../base/elementary/index.ts';
import { fail } from '../../base/errors.ts';
import type { Instruction } from './instruction.ts';

/**
 * What an operator sees of its node: the columns it reads and writes, its parameters, its memory. Take them apart by index,
 * `{ in: { 0: x }, out: { 0: out } }`: array patterns go through iterators, which allocate at every call and made a
 * live row half as slow again.
 */
export interface OperatorIO {
  /** One column per declared input. Row `i - k` is readable for k up to the declared `history`; rows before the first are NaN. */
  readonly in: readonly Float64Array[];
  /** One column per declared output. Rows before `from` hold what was written earlier, for k up to `outputHistory`. */
  readonly out: readonly Float64Array[];
  /** Parameter values in declared order. */
  readonly params: readonly number[];
  /** As many slots as declared, zero before the first row. All that the operator remembers; a snapshot is a copy of it. */
  readonly state: Float64Array;
}

/** One parameter of an operator, and the range that it is checked against. */
export interface ParameterSpec {
  /** As `formula` has it. */
  readonly name: string;
  /** Least value allowed. */
  readonly min: number;
  /** Greatest value allowed. */
  readonly max: number;
  /** Whether only whole numbers are. */
  readonly integer: boolean;
  /** Absent: the parameter has to be given. */
  readonly default?: number;
  /** In words, with the unit. */
  readonly meaning: string;
}

/** How much of the past the outputs depend on, counted in rows of the operator's own inputs (law L4). */
export type Memory =
  /** The last `rows` input rows decide the output to the bit. */
  | { readonly class: 'finite'; readonly rows: number }
  /** A run started late differs from a full run by less than `tolerance` (relative to the largest output so far) after `rows` rows. */
  | { readonly class: 'fading'; readonly rows: number; readonly tolerance: number }
  /** The start never stops mattering. */
  | { readonly class: 'unbounded' };

/**
 * What a NaN in an input row does.
 * - `window`: outputs are NaN while it is in the window, and as if it had never been afterwards.
 * - `skip`: the outputs of that row are NaN and the state is held, as if the row had not been.
 * - `value`: it is an ordinary argument of a row-wise function, such as a condition.
 */
export type NanPolicy = 'window' | 'skip' | 'value';

interface OperatorCommon {
  /** Lower case, as in expressions; the file has the same name. */
  readonly name: string;
  /** Folder the file lives in. */
  readonly family: string;
  /** Bits changed by a revision raise it; it is part of the schema id (law L7). */
  readonly version: number;
  readonly summary: string;
  readonly formula: string;
  readonly source: string;
  /** `high`, `close`, ...: that bar column is taken when the call names no input; any other name has to be given. */
  readonly inputs: readonly string[];
  /** Output names; the only output of an operator is called `value`. */
  readonly outputs: readonly string[];
  readonly params: readonly ParameterSpec[];
  /** Leading rows without a value, given inputs that have values from the first row. */
  readonly lookback: (params: readonly number[]) => number;
  /**
   * What it remembers, with the rows that it takes until no more than `tolerance` of the start is left, where it fades. A tolerance
   * that is smaller than a declaration can promise is answered with the one that it can.
   */
  readonly memory: (params: readonly number[], tolerance: number) => Memory;
  /**
   * Rows of each input that a value depends on, the current one included; absent where all inputs are read alike. An operator
   * over a window and the mean of that window reads many rows of the one and a single row of the other.
   */
  readonly rowsRead?: (params: readonly number[]) => readonly number[];
  readonly nan: NanPolicy;
  /** When an output is NaN although every input row it reads has a value, in words; absent: never. */
  readonly undefinedWhen?: string;
  /** Refuses parameter combinations that the ranges allow; returns what is expected, or nothing. */
  readonly check?: (params: readonly number[]) => string | undefined;
}

/** An operator that computes rows itself. */
export interface PrimitiveOperator extends OperatorCommon {
  /** Rows before the current one that it reads, per input; 0 if only the current row. */
  readonly history: (params: readonly number[]) => number;
  /** Rows of its own outputs that it reads back. Default 0. */
  readonly outputHistory?: (params: readonly number[]) => number;
  /** Doubles of state that it needs. */
  readonly slots: (params: readonly number[]) => number;
  /**
   * Columns it wants beside its inputs, as expressions over their names: `sma(sub(high, low), 10)`. They follow the inputs
   * in `io.in`, in `history` and in `rowsRead`, and are shared with every other use; `lookback` and `memory` are those of the whole.
   */
  readonly shared?: readonly string[];
  /** Writes `io.out[*][from, to)`. */
  readonly run: (io: OperatorIO, from: number, to: number) => void;
  /**
   * The same as `run`, to the bits of outputs and state, as an instruction of the program of a table. It takes the place of `run` where
   * the runtime has WebAssembly with 128-bit numbers. For operators of the catalogue, whose loops there are.
   */
  readonly instruction?: Instruction;
}

/** An operator that is an arrangement of others; its parts are shared with every other use of the same expression. */
export interface CompositeOperator extends OperatorCommon {
  /**
   * One expression text per output, over the names of inputs and parameters: `sma(x, period)`; or a function that gives
   * them, where the arrangement itself depends on a parameter.
   */
  readonly expand: readonly string[] | ((params: readonly number[]) => readonly string[]);
}

/** An operator, ours or a user's. */
export type Operator = PrimitiveOperator | CompositeOperator;

/** Declares an operator; it is the value itself, checked against the contract by the compiler. */
export function operator<const T extends PrimitiveOperator>(spec: T): T {
  return spec;
}

/** Declares an operator made of others. */
export function composite<const T extends CompositeOperator>(spec: T): T {
  return spec;
}

export function isComposite(op: Operator): op is CompositeOperator {
  return 'expand' in op;
}

/** An integer number of rows, the commonest parameter. */
export function period(min: number, meaning = 'rows in the window', name = 'period'): ParameterSpec {
  return { name, min, max: 100_000, integer: true, meaning };
}

/**
 * Memory of a recursion `s += alpha * (x - s)` seeded after `seed` rows, `stages` of them one upon the other: (1 - alpha)^k falls
 * below `tolerance`, with room for outputs that are small against what they are made of.
 * @throws {MinotaurError} where `tolerance` is none: an operator that does not hand on what it is asked for
 */
export function fadingMemory(alpha: number, seed: number, tolerance: number, stages = 1): Memory {
  if (!(tolerance > 0 && tolerance < 1))
    fail('config', 'fadingMemory', 'the tolerance that `memory` is asked for, above 0 and below 1', String(tolerance));
  const perStage = alpha >= 1 ? 1 : Math.ceil(log(tolerance / 100) / log1p(-alpha));
  return { class: 'fading', rows: seed + stages * perStage, tolerance };
}
