import { takeRoom, type TradeVectors } from '../base/vectors/vectors.ts';
import { ID_WORDS } from './id.ts';
import type { TradeBlock } from './trade.ts';

/**
 * The tape: trades that were accepted, in order, with what every clock needs of them computed once.
 */
export interface Tape {
  /** Valid rows. */
  length: number;
  /** Rows behind them that lie there as their block has them: see {@link stageTrades}. */
  staged: number;
  /** One slot: ordinal of row 0 among all accepted trades and given bars. In an array, because a double in a field is boxed anew each time. */
  readonly first: Float64Array;
  /** Never falls: a late trade that was kept stands at the time it became known. */
  readonly time: Float64Array;
  /** Quote units per base unit. */
  readonly price: Float64Array;
  /** Base units. */
  readonly quantity: Float64Array;
  /** Quote units. */
  readonly dollars: Float64Array;
  /** Quantity that takers bought: the quantity, 0 where the taker sold, NaN where the side is unknown. */
  readonly bought: Float64Array;
  /** Logarithm of the price over that of the trade before. */
  readonly logReturn: Float64Array;
  /** What the rounding of `logReturn` left out; see returns.ts. */
  readonly logReturnLow: Float64Array;
  /** Sign of the price difference to the trade before. */
  readonly direction: Int32Array;
  /** Where ids are missing before a trade, and the profile does not call that official; in order. */
  readonly gaps: Gap[];
  /** Where the instrument begins anew before a trade; in order. */
  readonly resets: Reset[];
  /** Ids of the rows that are staged, four words each. */
  readonly ids: Uint32Array;
  /** Scratch in the same memory. */
  readonly beside: Float64Array;
  /** The loops over its columns, where there are any. */
  readonly vectors: TradeVectors | undefined;
}

/** Everything that is made of trades begins anew. */
interface Reset {
  /** Row of the first trade behind it. */
  readonly at: number;
  /** When it was declared for, microseconds. */
  readonly time: number;
}

/** Ids that never came, before a trade of the tape. */
interface Gap {
  /** Row of the trade behind them. */
  readonly at: number;
  /** Time of the trade before them. */
  readonly from: number;
  /** How many. */
  readonly missing: number;
}

/** Rows of a block that are put onto the tape before they are looked at: few enough for the nearest cache. */
export const STAGE = 2048;

/** Doubles behind the columns, for what loops over the tape write beside it. */
const BESIDE = 64;

export function createTape(capacity: number): Tape {
  // One piece of memory, which costs an engine less than one a column. Before times there is another column: loops look at the row before.
  const directions = Math.ceil(capacity / 2);
  const { doubles, vectors } = takeRoom(7 * capacity + directions + BESIDE + 2 * STAGE);
  let at = 0;
  const column = (): Float64Array => doubles.subarray(capacity * at, capacity * ++at);
  return {
    length: 0,
    staged: 0,
    first: new Float64Array(1),
    price: column(),
    time: column(),
    quantity: column(),
    dollars: column(),
    bought: column(),
    logReturn: column(),
    logReturnLow: column(),
    direction: new Int32Array(doubles.buffer, doubles.byteOffset + 8 * capacity * at, capacity),
    beside: doubles.subarray(7 * capacity + directions, 7 * capacity + directions + BESIDE),
    ids: new Uint32Array(
      doubles.buffer,
      doubles.byteOffset + 8 * (7 * capacity + directions + BESIDE),
      ID_WORDS * STAGE,
    ),
    gaps: [],
    resets: [],
    vectors,
  };
}

/** Puts rows [from, to) of a block behind the tape's own, as they are: the side in place of what takers bought. */
export function stageTrades(tape: Tape, block: TradeBlock, from: number, to: number): void {
  const { length } = tape;
  tape.time.set(block.time.subarray(from, to), length);
  tape.price.set(block.price.subarray(from, to), length);
  tape.quantity.set(block.quantity.subarray(from, to), length);
  tape.bought.set(block.side.subarray(from, to), length);
  tape.ids.set(block.id.subarray(ID_WORDS * from, ID_WORDS * to));
  tape.staged = to - from;
}

/** First index in [from, to) whose value is at least `bound`; `to` if there is none. `times` must not fall. */
export function lowerBound(times: Float64Array, bound: number, from: number, to: number): number {
  if (from < to && times[to - 1] < bound) return to;
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
