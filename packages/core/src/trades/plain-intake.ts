/** The intake of trades as they stand: each is held against what came before. */
import { formatTime } from '../base/time.ts';
import { idText } from './id.ts';
import type { Identity, Verdict } from './identity/identity.ts';
import { ID_KINDS } from './identity/kinds.ts';
import type { Instrument } from './instrument.ts';
import type { Arrival, IntakeCounts, IntakeOptions, IntakePolicy, PlainIntake } from './intake-contract.ts';
import { createNoticeRanges, type Handling, type NoticeRanges, type Problem } from './notices.ts';
import { createPlausibility, type Complaint, type Plausibility } from './plausible.ts';
import { writeReturns } from './returns.ts';
import { STAGE, stageTrades, type Tape } from './tape.ts';
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

/** Fewer rows are not worth a copy to where loops of vectors find them. */
const MANY = 32;

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
  readonly #plausible: Plausibility;
  readonly #newestId = new Uint32Array(4);

  constructor({ policy, instrument, state, words, report }: IntakeOptions, rowOf?: (row: number) => number) {
    this.#rowOf = rowOf;
    this.#policy = policy;
    this.#instrument = instrument;
    this.#state = state;
    this.#notices = createNoticeRanges(report);
    this.#identity = ID_KINDS[instrument.ids].create(words);
    this.#resets = createResets(instrument, state);
    this.#write = createTapeWriter(instrument, policy.side === 'tickRule', state, this.#resets);
    this.#plausible = createPlausibility(instrument, state);
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

  expect(arrival: Arrival | undefined, maxSilence?: number): void {
    this.#plausible.expect(arrival, maxSilence);
  }

  implausible(time: number, row?: number, newest?: number): Complaint | undefined {
    return this.#plausible.implausible(time, row, newest);
  }

  read(block: TradeBlock, from: number, to: number, tape: Tape): number {
    const s = this.#state;
    tape.first[0] = s[ACCEPTED];
    tape.length = tape.staged = 0;
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
        scanned = Math.min(to, i + STAGE);
        if (tape.vectors !== undefined && scanned - i >= MANY) stageTrades(tape, block, i, scanned);
        sound = this.#plausible.soundTo(block, i, scanned, tape);
      }
      const plain = this.#identity.run(block.id, i, sound, tape);
      if (plain > i) this.#write(i, plain, block, tape);
      i = plain;
      if (i === scanned) continue;
      // The rows behind it may come to stand elsewhere than they lie.
      tape.staged = 0;
      const handling = this.#examine(block, i, tape);
      if (handling === 'reject') {
        this.rejected = true;
        end = i;
        break;
      }
      if (handling === 'keep') this.#write(i, i + 1, block, tape);
      i++;
      // What stands behind it is looked at anew: behind a row that was not sound, or where the silence before it has grown.
      if (i > sound || (handling === 'drop' && this.#plausible.isSilent(block.time[i]))) scanned = sound = i;
    }
    writeReturns(tape, tape.length, this.#before);
    s[ACCEPTED] += tape.length;
    this.#notices.flush();
    return end;
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
    const odd = this.#plausible.implausible(block.time[i], i, newest);
    return odd && this.#handle('time', i, this.#policy.times, () => odd);
  }

  #duplicate(block: TradeBlock, i: number): Handling {
    const t = block.time[i];
    const later = t > this.#state[LAST_TIME];
    const say = (): Complaint => [
      `an id not seen before${this.#newest(' (newest ', ')')}`,
      `id ${idText(block.id, i)}${later ? ` at ${formatTime(t)}, which is after all trades before` : ''}`,
    ];
    return this.#handle('duplicate', i, this.#policy.duplicates, say, later);
  }

  /** What of row `i` can be in no trade of the instrument. */
  #wrongIn(block: TradeBlock, i: number): Complaint | undefined {
    const wrong = this.#plausible.wrongIn(block, i);
    if (wrong !== undefined || this.#identity.know(block.id, i) !== 'unfit') return wrong;
    return [`an id that is a number below 2^64, as ids are ${this.#instrument.ids}`, `id ${idText(block.id, i)}`];
  }

  #sayLate(block: TradeBlock, i: number, verdict: Verdict): Complaint {
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
  #handle(problem: Problem, row: number, handling: Handling, say: () => Complaint, later = false): Handling {
    if (handling !== 'reject') this.#state[COUNTS + COUNTED.indexOf(problem)]++;
    if (handling === 'drop') this.#state[COUNTS + COUNTED.indexOf('dropped')]++;
    this.#notices.add(problem, this.#rowOf === undefined ? row : this.#rowOf(row), handling, say, later);
    return handling;
  }
}
