/**
 * An intake that puts late trades in order before anything sees them. A trade waits until one has come that is more than
 * `within` later; what is later than that is late, and handled as `disorder` says. All is decided trade by trade, so
 * blocks and single trades give the same.
 */
import { parseSpan } from '../base/time.ts';
import type { Intake, IntakeOptions, PlainIntake } from './intake.ts';
import { createWaiting, MOST_WAITING } from './waiting.ts';
import { ID_WORDS } from './id.ts';
import { TRADE_VALUES, type TradeBlock } from './trade.ts';
import type { Notice } from './notices.ts';
import type { Tape } from './tape.ts';

/** Time of the newest trade that came; 0 before the first. */
const SEEN = 0;
/** Trades before this are late whatever `within` says: of a watermark, or because too many waited. */
const BOUNDARY = 1;
/** Trades that went early because too many waited. */
const CROWDED = 2;
/** Slots of an intake that reorders. */
export const REORDERING_SLOTS = 3;

/** Stands before a plain intake, which is made with what it reports to. */
export function createReordering(
  { policy, instrument, report }: IntakeOptions,
  own: Float64Array,
  within: string,
  createPlain: (report: (notice: Notice) => void) => PlainIntake,
): Intake {
  const span = parseSpan(within);
  const waiting = createWaiting(instrument.ids === 'dense' || instrument.ids === 'rising');
  /** Row of the block that was read last: what is told of trades that it lets go is told of it. */
  let row = 0;
  let isReleasing = false;
  const plain = createPlain((notice) => report(isReleasing ? { ...notice, row, last: row } : notice));
  let facts: Parameters<Intake['expect']> = [undefined];

  /** The time from which on a trade is not late. */
  const open = (): number => Math.max(own[BOUNDARY], own[SEEN] - span);

  /** Takes row `i`; false where it is rejected. */
  function take(block: TradeBlock, i: number): boolean {
    const handling = plain.admit(block, i, own[SEEN], open(), policy.disorder);
    if (handling !== 'keep') return handling === 'drop';
    if (waiting.block.length - waiting.due === MOST_WAITING) {
      own[BOUNDARY] = Math.max(own[BOUNDARY], waiting.block.time[waiting.due]);
      own[CROWDED]++;
      waiting.letFirstGo();
    }
    const time = Math.max(block.time[i], open());
    waiting.insert(block, i, time);
    if (time > own[SEEN]) own[SEEN] = time;
    waiting.letGo(open());
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
      let i = from;
      while (i < to && take(block, i)) i++;
      plain.tell();
      if (to > from) row = Math.min(i, to - 1);
      release(tape);
      return i;
    },
    letGo(time) {
      row = 0;
      waiting.letGo(time);
    },
    watermark(time) {
      if (!plain.watermark(time)) return false;
      own[BOUNDARY] = time;
      if (time > own[SEEN]) own[SEEN] = time;
      return true;
    },
    implausible: (time, i) => plain.implausible(time, i),
    countBar: () => plain.countBar(),
    invalidBar: (handling, expected, found) => plain.invalidBar(handling, expected, found),
    counts: () => ({ ...plain.counts(), waiting: waiting.block.length, crowded: own[CROWDED] }),
    restored: () => plain.restored(),
    saveWaiting: (doubles, at, words, wordsAt) => saveTrades(waiting.block, doubles, at, words, wordsAt),
    loadWaiting: (count, doubles, at, words, wordsAt) => loadTrades(waiting.refill(count), doubles, at, words, wordsAt),
  };
}

function saveTrades(block: TradeBlock, doubles: Float64Array, at: number, words: Uint32Array, wordsAt: number): void {
  const { length } = block;
  TRADE_VALUES.forEach((name, k) => doubles.set(block[name].subarray(0, length), at + k * length));
  words.set(block.id.subarray(0, ID_WORDS * length), wordsAt);
}

function loadTrades(block: TradeBlock, doubles: Float64Array, at: number, words: Uint32Array, wordsAt: number): void {
  const { length } = block;
  TRADE_VALUES.forEach((name, k) => block[name].set(doubles.subarray(at + k * length, at + (k + 1) * length)));
  block.id.set(words.subarray(wordsAt, wordsAt + ID_WORDS * length));
}
