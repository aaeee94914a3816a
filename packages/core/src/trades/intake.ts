/**
 * The intake: checks trades one after the other against what came before, counts what is wrong, handles it as the
 * configuration says, and writes what is accepted to the tape. Historical and live trades pass through this same door, so
 * a duplicate that is dropped in one is dropped in the other.
 */
import { formatTime, MICROS_PER_DAY, MICROS_PER_SECOND } from '../base/time.ts';
import { idText } from './id.ts';
import type { Identity, Verdict } from './identity/identity.ts';
import { ID_KINDS } from './identity/kinds.ts';
import type { Instrument } from './instrument.ts';
import { createNoticeRanges, type Handling, type Notice, type NoticeRanges, type Problem } from './notices.ts';
import { createReordering, REORDERING_SLOTS } from './reordering.ts';
import { writeReturns } from './returns.ts';
import type { Tape } from './tape.ts';
import { createTapeWriter, LAST_PRICE, LAST_TIME, PRICED, TRADED, WRITER_END } from './tape-writer.ts';
import type { TradeBlock } from './trade.ts';

export type { Handling, Notice, Problem } from './notices.ts';

/** How each kind of problem is handled; the same in history and live. */
export interface IntakePolicy {
  /** A trade whose id was seen before. */
  readonly duplicates: Handling;
  /**
   * A late trade: it steps back in time, or its id is behind the newest and was not seen. Kept, it stands at the time it
   * became known: that of the trade before.
   */
  readonly disorder: Handling;
  /** A price or quantity that cannot be, a time that is no integer, an id that is none of the instrument's kind. */
  readonly invalid: 'reject' | 'drop';
  /** A time that cannot be: outside the instrument's, far from the arrival, or long after the trade before. */
  readonly times: 'reject' | 'drop';
  /** A range of ids that never came. There is nothing to drop: it is reported, or rejects the run. */
  readonly gaps: 'reject' | 'keep';
  /** Where the source has no side: leave it unknown, or take the tick rule (up-tick bought, down-tick sold, else as before). */
  readonly side: 'none' | 'tickRule';
  /** Late trades are put in order, where they are late by at most `within`; absent: they are not. */
  readonly reorder?: { readonly within: string } | undefined;
}

export const DEFAULT_POLICY: IntakePolicy = {
  duplicates: 'drop',
  disorder: 'reject',
  invalid: 'drop',
  times: 'reject',
  gaps: 'keep',
  side: 'none',
};

/** A trade may be ahead of its arrival by so much, because clocks differ. */
const AHEAD = 10 * MICROS_PER_SECOND;
/** And behind it by so much. */
const BEHIND = MICROS_PER_DAY;
/** Where no arrival is carried: so long after the trade before it cannot be, unless the facts say otherwise. */
const SILENCE = MICROS_PER_DAY;

/** Rows that are looked at together, several times over: few enough for the nearest cache. */
const SCAN = 512;

const ACCEPTED = 0;
/** Counts, in the order of COUNTED. */
const COUNTS = WRITER_END;
const COUNTED = ['duplicate', 'disorder', 'invalid', 'time', 'gap', 'missing', 'dropped'] as const;
/** Slots of the intake, doubles. */
export const INTAKE_SLOTS = COUNTS + COUNTED.length + REORDERING_SLOTS;

/** Words of 32 bits that the intake of an instrument needs beside them, for ids; an even number. */
export function intakeWords({ ids }: Instrument): number {
  return ID_KINDS[ids].words;
}

/** Trades taken, and problems met that did not end the run. */
export interface IntakeCounts {
  /** Trades that entered the chain. */
  readonly trades: number;
  /** Ids seen before. */
  readonly duplicate: number;
  /** Trades that came late, by time or id. */
  readonly disorder: number;
  /** Trades with a price, quantity, time or id that cannot be; given bars that cannot be. */
  readonly invalid: number;
  /** Trades of times that cannot be. */
  readonly time: number;
  /** Ranges of missing ids. */
  readonly gap: number;
  /** Ids missing in those ranges. */
  readonly missing: number;
  /** Trades left out. */
  readonly dropped: number;
  /** Trades that wait for those before them, and are not among `trades`. */
  readonly waiting: number;
  /** Trades that waited less than `within`, because too many did. */
  readonly crowded: number;
}

/** When events were received, microseconds by the feed's clock: one time, or one for each trade of a block. */
export type Arrival = number | Float64Array;

export interface Intake {
  /** What the times of the next trades are held against; an arrival, or else the longest silence. */
  expect(arrival: Arrival | undefined, maxSilence?: number): void;
  /** Why an event of that time, received then, cannot be; undefined where it can. */
  implausible(time: number, row?: number): readonly [expected: string, found: string] | undefined;
  /**
   * Reads rows [from, to) of `block` onto the tape, from its row 0. Returns the index one past the last row read: less
   * than `to` only when that row rejects the run, which a notice then says. What is rejected leaves no trace. Where trades
   * are still {@link due}, read nothing to have more of them.
   */
  read(block: TradeBlock, from: number, to: number, tape: Tape): number;
  /** Trades that wait no longer, for which the tape had no room. */
  readonly due: number;
  /** Lets all trades before `time` wait no longer: none will come before it. */
  letGo(time: number): void;
  /** Raises the time below which trades are late; false where it would step back. */
  watermark(time: number): boolean;
  /** Ordinal of the next trade, given bars included. */
  readonly next: number;
  /** Event time of the newest trade or watermark; 0 before the first. */
  readonly newest: number;
  /** Gives a given bar its place among the trades. */
  countBar(): number;
  /** Counts and reports a given bar that is none, and what becomes of it. */
  invalidBar(handling: Handling, expected: string, found: string): void;
  counts(): IntakeCounts;
  /** The state was replaced. */
  restored(): void;
  /** Trades that wait. In a snapshot each needs WAITING_DOUBLES, and the words of its id. */
  readonly waiting: number;
  saveWaiting(doubles: Float64Array, at: number, words: Uint32Array, wordsAt: number): void;
  loadWaiting(count: number, doubles: Float64Array, at: number, words: Uint32Array, wordsAt: number): void;
}

/** An intake that takes trades as they stand. */
export interface PlainIntake extends Intake {
  /** What becomes of row `i` by itself, its place in time being from `open` on, where `newest` came last. */
  admit(block: TradeBlock, i: number, newest: number, open: number, disorder: Handling): Handling;
  implausible(time: number, row?: number, newest?: number): readonly [expected: string, found: string] | undefined;
  /** Tells of what {@link admit} met. */
  tell(): void;
}

export interface IntakeOptions {
  readonly policy: IntakePolicy;
  readonly instrument: Instrument;
  /** INTAKE_SLOTS zeros at the start. */
  readonly state: Float64Array;
  /** `intakeWords` zeros at the start. */
  readonly words: Uint32Array;
  /** Hears of every problem, in order. */
  readonly report: (notice: Notice) => void;
}

export function createIntake(options: IntakeOptions): Intake {
  const within = options.policy.reorder?.within;
  if (within === undefined) return new TradeIntake(options);
  const own = options.state.subarray(COUNTS + COUNTED.length);
  return createReordering(options, own, within, (rowOf) => new TradeIntake(options, rowOf));
}

class TradeIntake implements PlainIntake {
  readonly due = 0;
  readonly waiting = 0;
  /** Where trades have been put in order of time, whatever their ids are: which row each was. */
  readonly #rowOf: ((row: number) => number) | undefined;
  readonly #policy: IntakePolicy;
  readonly #instrument: Instrument;
  readonly #state: Float64Array;
  /** The price before the first trade of a reading; NaN where there is none. */
  readonly #before = new Float64Array(1);
  readonly #notices: NoticeRanges;
  readonly #identity: Identity;
  readonly #write: (from: number, to: number, block: TradeBlock, tape: Tape) => void;
  readonly #lowest: number;
  readonly #highest: number;
  readonly #newestId = new Uint32Array(4);
  #arrival: Arrival | undefined;
  #silence = SILENCE;

  constructor({ policy, instrument, state, words, report }: IntakeOptions, rowOf?: (row: number) => number) {
    this.#rowOf = rowOf;
    this.#policy = policy;
    this.#instrument = instrument;
    this.#state = state;
    this.#notices = createNoticeRanges(report);
    this.#identity = ID_KINDS[instrument.ids].create(words);
    this.#write = createTapeWriter(instrument, policy.side === 'tickRule', state);
    this.#lowest = instrument.prices.min ?? Number.MIN_VALUE;
    this.#highest = instrument.prices.max ?? Number.MAX_VALUE;
  }

  get next(): number {
    return this.#state[ACCEPTED];
  }

  get newest(): number {
    return this.#state[LAST_TIME];
  }

  countBar(): number {
    return this.#state[ACCEPTED]++;
  }

  invalidBar(handling: Handling, expected: string, found: string): void {
    this.#handle('invalid', 0, handling, () => [expected, found]);
    this.#notices.flush();
  }

  watermark(time: number): boolean {
    if (!(time >= this.#state[LAST_TIME])) return false;
    this.#state[LAST_TIME] = time;
    return true;
  }

  counts(): IntakeCounts {
    const s = this.#state;
    const named = Object.fromEntries(COUNTED.map((name, i) => [name, s[COUNTS + i]]));
    return { trades: s[ACCEPTED], ...named, waiting: 0, crowded: 0 } as unknown as IntakeCounts;
  }

  restored(): void {
    this.#identity.restored();
  }

  letGo(): void {}

  saveWaiting(): void {}

  loadWaiting(): void {}

  tell(): void {
    this.#notices.flush();
  }

  admit(block: TradeBlock, i: number, newest: number, open: number, disorder: Handling): Handling {
    const wrong = this.#wrongIn(block, i);
    if (wrong !== undefined) return this.#handle('invalid', i, this.#policy.invalid, () => wrong);
    const t = block.time[i];
    const odd = this.implausible(t, i, newest);
    if (odd !== undefined) return this.#handle('time', i, this.#policy.times, () => odd);
    if (t >= open) return 'keep';
    const found = `${formatTime(t)}, id ${idText(block.id, i)}`;
    return this.#handle('disorder', i, disorder, () => [`a trade not before ${formatTime(open)}`, found]);
  }

  expect(arrival: Arrival | undefined, maxSilence = SILENCE): void {
    this.#arrival = arrival;
    this.#silence = arrival === undefined ? maxSilence : Infinity;
  }

  read(block: TradeBlock, from: number, to: number, tape: Tape): number {
    const s = this.#state;
    tape.first[0] = s[ACCEPTED];
    tape.length = 0;
    tape.gaps.length = 0;
    this.#before[0] = s[PRICED] === 0 ? NaN : s[LAST_PRICE];
    let end = to;
    let i = from;
    let scanned = from;
    let sound = from;
    while (i < to) {
      if (i === scanned) {
        scanned = Math.min(to, i + SCAN);
        sound = this.#soundTo(block, i, scanned);
      }
      const plain = this.#identity.run(block.id, i, sound);
      if (plain > i) this.#write(i, plain, block, tape);
      i = plain;
      if (i === scanned) continue;
      const handling = this.#examine(block, i, tape);
      if (handling === 'reject') {
        end = i;
        break;
      }
      if (handling === 'keep') this.#write(i, i + 1, block, tape);
      i++;
      // What stands behind it is looked at anew: behind a row that was not sound, or where the silence before it has grown.
      if (i > sound || (handling === 'drop' && this.#isSilent(block.time[i]))) scanned = sound = i;
    }
    writeReturns(tape, tape.length, this.#before);
    s[ACCEPTED] += tape.length;
    this.#notices.flush();
    return end;
  }

  #isSilent(time: number, last = this.#state[LAST_TIME]): boolean {
    return last !== 0 && time - last >= this.#silence;
  }

  /** The first row at or after `from` whose price, quantity or time has to be looked at; `to` where there is none. */
  #soundTo({ time, price, quantity, side }: TradeBlock, from: number, to: number): number {
    const lowest = this.#lowest;
    const highest = this.#highest;
    const silence = this.#silence;
    const arrival = this.#arrival;
    let earliest = this.#instrument.times.from;
    let latest = this.#instrument.times.to - 1;
    if (typeof arrival === 'number') {
      earliest = Math.max(earliest, arrival - BEHIND);
      latest = Math.min(latest, arrival + AHEAD);
    }
    let last = this.#state[LAST_TIME] === 0 ? time[from] : this.#state[LAST_TIME];
    let i = from;
    for (; i < to; i++) {
      const p = price[i];
      const q = quantity[i];
      const t = time[i];
      if (!(p >= lowest && p <= highest && q > 0 && q < Infinity) || side[i] === 0) break;
      if (!(t >= last && t >= earliest && t <= latest && t - last < silence && Math.floor(t) === t)) break;
      last = t;
    }
    if (typeof arrival !== 'object') return i;
    for (let k = from; k < i; k++) if (!(time[k] - arrival[k] <= AHEAD && arrival[k] - time[k] <= BEHIND)) return k;
    return i;
  }

  implausible(
    t: number,
    row = 0,
    last = this.#state[LAST_TIME],
  ): readonly [expected: string, found: string] | undefined {
    const { from, to } = this.#instrument.times;
    const arrival = typeof this.#arrival === 'object' ? this.#arrival[row] : this.#arrival;
    if (t < from || t >= to) return [`a time in microseconds from ${formatTime(from)} to ${formatTime(to)}`, `${t}`];
    if (arrival !== undefined && !(t - arrival <= AHEAD && arrival - t <= BEHIND)) {
      const expected = `a time at most 10 s after its arrival, ${formatTime(arrival)}, and at most a day before it`;
      return [expected, formatTime(t)];
    }
    if (this.#isSilent(t, last)) {
      const hours = this.#silence / (3600 * MICROS_PER_SECOND);
      return [`a time less than ${hours} hours after the trade before, ${formatTime(last)}`, formatTime(t)];
    }
    return undefined;
  }

  /** The rare case: something about row `i` is not as expected. Takes its id and says what becomes of the trade. */
  #examine(block: TradeBlock, i: number, tape: Tape): Handling {
    const s = this.#state;
    const policy = this.#policy;
    const t = block.time[i];
    const wrong = this.#wrongIn(block, i);
    if (wrong !== undefined) return this.#handle('invalid', i, policy.invalid, () => wrong);
    const odd = this.implausible(t, i);
    if (odd !== undefined) return this.#handle('time', i, policy.times, () => odd);
    const verdict = this.#identity.know(block.id, i);
    if (verdict === 'duplicate') {
      return this.#handle('duplicate', i, policy.duplicates, () => [
        `an id not seen before${this.#newest(' (newest ', ')')}`,
        `id ${idText(block.id, i)}`,
      ]);
    }
    const behind = this.#rowOf === undefined && (verdict === 'late' || verdict === 'forgotten');
    if (behind || t < s[LAST_TIME]) {
      const handling = this.#handle('disorder', i, policy.disorder, () => this.#sayLate(block, i, verdict));
      if (handling !== 'keep') return handling;
      // Late by its time, but by its id ahead: what is missing before it is missing all the same.
      if (verdict === 'ahead') return this.#accept(block, i, tape);
      if (verdict !== 'absent') this.#identity.learn(block.id, i);
      return 'keep';
    }
    if (verdict === 'absent') return 'keep';
    return this.#accept(block, i, tape);
  }

  /** What of row `i` can be in no trade of the instrument. */
  #wrongIn(
    { time, price, quantity, id, side }: TradeBlock,
    i: number,
  ): readonly [expected: string, found: string] | undefined {
    const { prices, ids } = this.#instrument;
    const p = price[i];
    const q = quantity[i];
    const t = time[i];
    const sound = p >= this.#lowest && p <= this.#highest && q > 0 && q < Infinity && t >= 0 && Math.floor(t) === t;
    if (!sound) {
      const range = prices.min === null && prices.max === null ? 'price > 0' : `a price ${rangeOf(prices)}`;
      return [`an integer time, ${range}, quantity > 0`, `time ${t}, price ${p}, quantity ${q}`];
    }
    if (side[i] === 0) return ['a word for the side that is known (`sides` of the instrument)', 'another'];
    if (this.#identity.know(id, i) !== 'unfit') return undefined;
    return [`an id that is a number below 2^64, as ids are ${ids}`, `id ${idText(id, i)}`];
  }

  #sayLate(block: TradeBlock, i: number, verdict: Verdict): readonly [expected: string, found: string] {
    const expected = `a trade not before ${formatTime(this.#state[LAST_TIME])}${this.#newest(', id ', '')}`;
    const note =
      verdict === 'forgotten' ? ', below all ids that are remembered' : verdict === 'late' ? ', not seen before' : '';
    return [expected, `${formatTime(block.time[i])}, id ${idText(block.id, i)}${note}`];
  }

  #newest(before: string, after: string): string {
    return this.#identity.newest(this.#newestId) ? before + idText(this.#newestId, 0) + after : '';
  }

  /** A trade in order whose id is new, but not the next one. */
  #accept(block: TradeBlock, i: number, tape: Tape): Handling {
    const missing = this.#identity.missing(block.id, i);
    if (missing > 0) {
      if (!this.#instrument.officialGaps) {
        const handling = this.#handle('gap', i, this.#policy.gaps, () => [
          `the id after${this.#newest(' ', '')}`,
          `id ${idText(block.id, i)}: ${missing} missing`,
        ]);
        if (handling === 'reject') return handling;
        tape.gaps.push({ at: tape.length, from: this.#state[TRADED], missing });
      }
      this.#state[COUNTS + COUNTED.indexOf('missing')] += missing;
    }
    this.#identity.learn(block.id, i);
    return 'keep';
  }

  /** Counts what is not rejected: what is leaves no trace in the state. */
  #handle(problem: Problem, row: number, handling: Handling, say: () => readonly [string, string]): Handling {
    if (handling !== 'reject') this.#state[COUNTS + COUNTED.indexOf(problem)]++;
    if (handling === 'drop') this.#state[COUNTS + COUNTED.indexOf('dropped')]++;
    this.#notices.add(problem, this.#rowOf === undefined ? row : this.#rowOf(row), handling, say);
    return handling;
  }
}

function rangeOf({ min, max }: Instrument['prices']): string {
  const low = min === null ? 'above 0' : `of at least ${min}`;
  return max === null ? low : `${low} and at most ${max}`;
}
