/**
 * The tape: trades that were accepted, in order, with what every clock needs of them computed once.
 */
export interface Tape {
  /** Valid rows. */
  length: number;
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

export function createTape(capacity: number): Tape {
  // One piece of memory, which costs an engine less than one a column.
  const memory = new ArrayBuffer((7 * 8 + 4) * capacity);
  let at = 0;
  const column = (): Float64Array => new Float64Array(memory, 8 * capacity * at++, capacity);
  return {
    length: 0,
    first: new Float64Array(1),
    time: column(),
    price: column(),
    quantity: column(),
    dollars: column(),
    bought: column(),
    logReturn: column(),
    logReturnLow: column(),
    direction: new Int32Array(memory, 8 * capacity * at, capacity),
    gaps: [],
    resets: [],
  };
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
