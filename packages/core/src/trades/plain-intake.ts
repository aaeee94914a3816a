/** The intake of trades as they stand: each is held against what came before. */
import { formatTime, MICROS_PER_DAY, MICROS_PER_SECOND } from '../base/time.ts';
import { idText } from './id.ts';
import type { Identity, Verdict } from './identity/identity.ts';
import { ID_KINDS } from './identity/kinds.ts';
import type { Instrument } from './instrument.ts';
import type { Arrival, IntakeCounts, IntakeOptions, IntakePolicy, PlainIntake } from './intake-contract.ts';
import { createNoticeRanges, type Handling, type NoticeRanges, type Problem } from './notices.ts';
import { writeReturns } from './returns.ts';
import type { Tape } from './tape.ts';
import {
  createTapeWriter,
  createResets,
  resetBefore,
  LAST_PRICE,
  LAST_TIME,
  PRICED,
  TRADED,
  WRITER_END,
} from './tape-writer.ts';
import type { TradeBlock } from './trade.ts';

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
export const PLAIN_SLOTS = COUNTS + COUNTED.length;

/** `rowOf`: trades have been put in order of time, whatever their ids are, and it says which row each was. */
export function createPlainIntake(options: IntakeOptions, rowOf?: (row: number) => number): PlainIntake {
  return new TradeIntake(options, rowOf);
}

class TradeIntake implements PlainIntake {
  readonly due = 0;
  rejected = false;
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
  readonly #resets: (time: number) => number;
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
    this.#resets = createResets(instrument, state);
    this.#write = createTapeWriter(instrument, policy.side === 'tickRule', state, this.#resets);
    this.#lowest = instrument.prices.min ?? Number.MIN_VALUE;
    this.#highest = instrument.prices.max ?? Number.MAX_VALUE;
  }

  get next(): number {
    return this.#state[ACCEPTED];
  }

  get newest(): number {
    return this.#state[LAST_TIME];
  }

  reset(time: number): number {
    return this.#resets(time);
  }

  get since(): number {
    return resetBefore(this.#instrument, this.#state);
  }

  get come(): number {
    return this.newest;
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
    const refused = this.#refuse(block, i, newest);
    if (refused !== undefined) return refused;
    const t = block.time[i];
    if (t >= open) return 'keep';
    // One that was seen is delivered again, however late that is.
    if (this.#identity.know(block.id, i) === 'duplicate') {
      const handling = this.#duplicate(block, i);
      if (handling !== 'keep') return handling;
    }
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
    tape.resets.length = 0;
    this.#before[0] = s[PRICED] === 0 ? NaN : s[LAST_PRICE];
    let end = to;
    this.rejected = false;
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
        this.rejected = true;
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
      if (!(p >= lowest && p <= highest && q > 0 && q < Infinity)) break;
      // 1, -1 or NaN, of which the first two are as likely as each other.
      const sided = side[i] * side[i];
      if (sided !== 1 && sided === sided) break;
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
    const refused = this.#refuse(block, i, s[LAST_TIME]);
    if (refused !== undefined) return refused;
    const verdict = this.#identity.know(block.id, i);
    if (verdict === 'duplicate') return this.#duplicate(block, i);
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

  /** What becomes of row `i` where it is no trade, or its time cannot be after `newest`. */
  #refuse(block: TradeBlock, i: number, newest: number): Handling | undefined {
    const wrong = this.#wrongIn(block, i);
    if (wrong !== undefined) return this.#handle('invalid', i, this.#policy.invalid, () => wrong);
    const odd = this.implausible(block.time[i], i, newest);
    return odd && this.#handle('time', i, this.#policy.times, () => odd);
  }

  #duplicate(block: TradeBlock, i: number): Handling {
    return this.#handle('duplicate', i, this.#policy.duplicates, () => [
      `an id not seen before${this.#newest(' (newest ', ')')}`,
      `id ${idText(block.id, i)}`,
    ]);
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
    if (Math.abs(side[i]) !== 1 && side[i] === side[i]) return ['a side of 1, -1 or NaN', String(side[i])];
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
