/**
 * An intake that puts late trades in order before anything sees them. A trade waits until one has come that is more than
 * `within` later; what is later than that is late, and handled as `disorder` says. All is decided trade by trade, so
 * blocks and single trades give the same.
 */
import { parseSpan } from '../base/time.ts';
import type { Intake, IntakeOptions, PlainIntake } from './intake-contract.ts';
import { createWaiting, MOST_WAITING, type Waiting } from './waiting.ts';
import type { TradeBlock } from './trade.ts';
import type { Tape } from './tape.ts';

/** Time of the newest trade that came; 0 before the first. */
const SEEN = 0;
/** Trades before this are late whatever `within` says: of a watermark, or because too many waited. */
const BOUNDARY = 1;
/** Trades that went early because too many waited. */
const CROWDED = 2;
/** Trades that came. */
const CAME = 3;
/** Slots of an intake that reorders. */
export const REORDERING_SLOTS = 4;

/** Stands before a plain intake, which tells of row `row` as of `rowOf(row)`. */
export function createReordering(
  { policy, instrument }: IntakeOptions,
  own: Float64Array,
  within: string,
  createPlain: (rowOf: (row: number) => number) => PlainIntake,
): Intake {
  const reach = createReach(own, parseSpan(within));
  const waiting = createWaiting(instrument.ids === 'dense' || instrument.ids === 'rising');
  /** Place among all that came of row 0 of the block that is read; rows of earlier blocks are below 0. */
  let base = 0;
  let isReleasing = false;
  const plain = createPlain((row) => (isReleasing ? waiting.came[row] - base : row));
  let facts: Parameters<Intake['expect']> = [undefined];

  /** Takes row `i`; false where it is rejected. */
  function take(block: TradeBlock, i: number): boolean {
    const handling = plain.admit(block, i, own[SEEN], reach.open(), policy.disorder);
    if (handling !== 'keep') return handling === 'drop';
    if (waiting.block.length - waiting.due === MOST_WAITING) {
      reach.bound(waiting.block.time[waiting.due]);
      own[CROWDED]++;
      waiting.letFirstGo();
    }
    const time = Math.max(block.time[i], reach.open());
    waiting.insert(block, i, time, base + i);
    reach.see(time);
    waiting.letGo(reach.open());
    return true;
  }

  function release(tape: Tape): void {
    const count = Math.min(waiting.due, tape.time.length);
    isReleasing = true;
    plain.expect(undefined, Infinity);
    plain.read(waiting.block, 0, count, tape);
    plain.expect(...facts);
    isReleasing = false;
    waiting.drop(count);
  }

  return {
    get next() {
      return plain.next;
    },
    get newest() {
      return plain.newest;
    },
    get due() {
      return waiting.due;
    },
    get waiting() {
      return waiting.block.length;
    },
    expect(...next) {
      facts = next;
      plain.expect(...next);
    },
    read(block, from, to, tape) {
      if (to > from) base = own[CAME] - from;
      let i = from;
      while (i < to && take(block, i)) i++;
      own[CAME] += i - from;
      plain.tell();
      release(tape);
      return i;
    },
    watermark(time) {
      if (!plain.watermark(time)) return false;
      reach.bound(time);
      reach.see(time);
      return true;
    },
    ...passedOn(plain, waiting, own),
  };
}

/** How late a trade may be. */
function createReach(own: Float64Array, span: number) {
  return {
    /** The time from which on a trade is not late. */
    open: (): number => Math.max(own[BOUNDARY], own[SEEN] - span),
    /** Trades before `time` are late from now on. */
    bound: (time: number): void => void (own[BOUNDARY] = Math.max(own[BOUNDARY], time)),
    /** A trade of `time` has come. */
    see: (time: number): void => void (own[SEEN] = Math.max(own[SEEN], time)),
  };
}

/** What is done by the one or the other alone. */
function passedOn(
  plain: PlainIntake,
  waiting: Waiting,
  own: Float64Array,
): Omit<Intake, 'next' | 'newest' | 'due' | 'waiting' | 'expect' | 'read' | 'watermark'> {
  return {
    counts: () => ({ ...plain.counts(), waiting: waiting.block.length, crowded: own[CROWDED] }),
    implausible: (time, row) => plain.implausible(time, row),
    countBar: () => plain.countBar(),
    invalidBar: (handling, expected, found) => plain.invalidBar(handling, expected, found),
    restored: () => plain.restored(),
    letGo: (time) => waiting.letGo(time),
    saveWaiting: (...into) => waiting.save(...into),
    loadWaiting: (...from) => waiting.load(...from),
  };
}
