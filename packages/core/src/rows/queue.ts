/** A queue of records of so many doubles, in one piece of memory that doubles where it has to. */

export interface Queue {
  /** The memory; read anew at each call, because it grows. */
  readonly doubles: Float64Array;
  /** Where the first record stands. */
  readonly first: number;
  readonly count: number;
  /** Where the record behind the last is to be written, which counts from now on. */
  add(): number;
  /** Lets the first go. */
  shift(): void;
  /** Whether there is room for so many records more without moving any. */
  hasRoom(records: number): boolean;
  /** Doubles that `save` writes. */
  readonly saveLength: number;
  /** Writes all records, from `at` on, and returns the place behind them. */
  save(into: Float64Array, at: number): number;
  /** Takes `count` records that were saved, in place of its own. */
  load(from: Float64Array, at: number, count: number): number;
}

/** Records that there is room for at first. */
const ROOM = 16;

export function createQueue(width: number): Queue {
  let doubles = new Float64Array(ROOM * width);
  let first = 0;
  let end = 0;

  /** Makes room for one record more: what is gone is moved over, or the room doubles. */
  function makeRoom(): void {
    const length = end - first;
    if (2 * length > doubles.length) {
      const larger = new Float64Array(2 * doubles.length);
      larger.set(doubles.subarray(first, end));
      doubles = larger;
    } else doubles.copyWithin(0, first, end);
    first = 0;
    end = length;
  }

  return {
    get doubles() {
      return doubles;
    },
    get first() {
      return first;
    },
    get count() {
      return (end - first) / width;
    },
    add() {
      if (end + width > doubles.length) makeRoom();
      end += width;
      return end - width;
    },
    shift: () => void (first += width),
    hasRoom: (records) => end + records * width <= doubles.length,
    get saveLength() {
      return end - first;
    },
    save(into, at) {
      into.set(doubles.subarray(first, end), at);
      return at + end - first;
    },
    load(from, at, count) {
      first = 0;
      end = count * width;
      if (end > doubles.length) doubles = new Float64Array(2 * end);
      doubles.set(from.subarray(at, at + end));
      return at + end;
    },
  };
}
