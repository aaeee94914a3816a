/**
 * An intake that puts late trades in order before anything sees them. A trade waits until one has come that is more than
 * `within` later; what is later than that is late, and handled as `disorder` says. All is decided trade by trade, so
 * blocks and single trades give the same.
 */
import { parseSpan } from '../base/time.ts';
import { idsOrder } from './identity/kinds.ts';
import type { Intake, IntakeOptions, PlainIntake } from './intake-contract.ts';
import { createWaiting, MOST_WAITING, type Waiting } from './waiting.ts';
import type { Handling } from './notices.ts';
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
  const waiting = createWaiting(idsOrder(instrument.ids));
  /** Place among all that came of row 0 of the block that is read; rows of earlier blocks are below 0. */
  let base = 0;
  let isReleasing = false;
  let rejected = false;
  const plain = createPlain((row) => (isReleasing ? waiting.came[row] - base : row));
  let facts: Parameters<Intake['expect']> = [undefined];
  const gate = createGate({ own, span: parseSpan(within), disorder: policy.disorder, waiting, plain });

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
    get come() {
      return Math.max(own[SEEN], plain.newest);
    },
    get rejected() {
      return rejected;
    },
    get due() {
      return waiting.due;
    },
    get since() {
      return plain.since;
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
      let verdict: Verdict = 'taken';
      while (i < to && (verdict = gate.take(block, i, base + i)) === 'taken') i++;
      rejected = verdict === 'rejected';
      own[CAME] += i - from;
      plain.tell();
      release(tape);
      return i;
    },
    watermark(time) {
      if (!plain.watermark(time)) return false;
      gate.bound(time);
      gate.see(time);
      return true;
    },
    ...passedOn(plain, waiting, own),
  };
}

/** What became of a row: `later` where those that are due have to be used first. */
type Verdict = 'taken' | 'rejected' | 'later';

interface GateOptions {
  readonly own: Float64Array;
  /** How late a trade may be, microseconds. */
  readonly span: number;
  readonly disorder: Handling;
  readonly waiting: Waiting;
  readonly plain: PlainIntake;
}

/** Where trades begin to wait. */
function createGate({ own, span, disorder, waiting, plain }: GateOptions) {
  /** The time from which on a trade is not late. */
  const open = (): number => Math.max(own[BOUNDARY], own[SEEN] - span);
  const bound = (time: number): void => void (own[BOUNDARY] = Math.max(own[BOUNDARY], time));
  const see = (time: number): void => void (own[SEEN] = Math.max(own[SEEN], time));
  return {
    /** Trades before `time` are late from now on. */
    bound,
    /** A trade of `time` has come, or a watermark. */
    see,
    /** Takes row `i`, which came as the `ordinal`-th. */
    take(block: TradeBlock, i: number, ordinal: number): Verdict {
      // Whether a late one was seen before is known once those that are due are used.
      if (waiting.due > 0 && block.time[i] < open()) return 'later';
      const handling = plain.admit(block, i, own[SEEN], open(), disorder);
      if (handling !== 'keep') return handling === 'drop' ? 'taken' : 'rejected';
      if (waiting.block.length - waiting.due === MOST_WAITING) {
        bound(waiting.block.time[waiting.due]);
        own[CROWDED]++;
        waiting.letFirstGo();
      }
      const time = Math.max(block.time[i], open());
      waiting.insert(block, i, time, ordinal);
      see(time);
      waiting.letGo(open());
      return 'taken';
    },
  };
}

/** What is done by the one or the other alone. */
function passedOn(
  plain: PlainIntake,
  waiting: Waiting,
  own: Float64Array,
): Omit<
  Intake,
  'next' | 'newest' | 'come' | 'since' | 'rejected' | 'due' | 'waiting' | 'expect' | 'read' | 'watermark'
> {
  return {
    counts: () => ({ ...plain.counts(), waiting: waiting.block.length, crowded: own[CROWDED] }),
    implausible: (time, row) => plain.implausible(time, row),
    reset: (time) => plain.reset(time),
    countBar: () => plain.countBar(),
    invalidBar: (handling, expected, found) => plain.invalidBar(handling, expected, found),
    restored: () => plain.restored(),
    letGo: (time) => waiting.letGo(time),
    saveWaiting: (...into) => waiting.save(...into),
    loadWaiting: (...from) => waiting.load(...from),
  };
}
