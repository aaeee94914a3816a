/**
 * The intake: checks trades one after the other against what came before, counts what is wrong, handles it as the
 * configuration says, and writes what is accepted to the tape. Historical and live trades pass through this same door, so
 * a duplicate that is dropped in one is dropped in the other.
 */
import { formatTime } from '../base/time.ts';
import { writeReturns } from './returns.ts';
import type { Tape } from './tape.ts';
import type { TradeBlock } from './trade.ts';

/** What becomes of a trade with a problem: it ends the run, is left out, or is used all the same. */
export type Handling = 'reject' | 'drop' | 'keep';

/** How each kind of problem is handled; the same in history and live. */
export interface IntakePolicy {
  /** A trade whose id was seen before. */
  readonly duplicates: Handling;
  /** A trade that steps back in (time, id). Kept, it stands at the time it became known: that of the trade before. */
  readonly disorder: Handling;
  /** A price, quantity or time that is not finite and positive; such a trade cannot be kept. */
  readonly invalid: 'reject' | 'drop';
  /** A range of ids that never came. There is nothing to drop: it is reported, or rejects the run. */
  readonly gaps: 'reject' | 'keep';
  /** Where the source has no side: leave it unknown, or take the tick rule (up-tick bought, down-tick sold, else as before). */
  readonly side: 'none' | 'tickRule';
}

export const DEFAULT_POLICY: IntakePolicy = {
  duplicates: 'drop',
  disorder: 'reject',
  invalid: 'drop',
  gaps: 'keep',
  side: 'none',
};

export type Problem = 'duplicate' | 'disorder' | 'invalid' | 'gap';

/** One thing that was wrong, at row `row` of the block; of a given bar, 0. */
export interface Notice {
  /** Which kind. */
  readonly problem: Problem;
  /** Row of the block that was pushed. */
  readonly row: number;
  /** What was done. */
  readonly handling: Handling;
  /** In words. */
  readonly expected: string;
  /** In words. */
  readonly found: string;
}

const ACCEPTED = 0;
const LAST_TIME = 1;
const LAST_ID = 2;
const FIRST_ID = 3;
const LAST_PRICE = 4;
const LAST_SIDE = 5;
/** Counts, in the order of COUNTED. */
const COUNTS = 6;
const COUNTED = ['duplicate', 'disorder', 'invalid', 'gap', 'missing', 'dropped'] as const;
/** The newest missing ranges of ids, as pairs; a late trade from one of them is not a duplicate. */
const GAPS = COUNTS + COUNTED.length;
const REMEMBERED_GAPS = 32;
const NEXT_GAP = GAPS + 2 * REMEMBERED_GAPS;
export const INTAKE_SLOTS = NEXT_GAP + 1;

/** Trades taken, and problems met, whatever became of them. */
export interface IntakeCounts {
  /** Trades that entered the chain. */
  readonly trades: number;
  /** Ids seen before. */
  readonly duplicate: number;
  /** Trades that stepped back in time or id. */
  readonly disorder: number;
  /** Trades without a finite, positive price, quantity or time; given bars that cannot be. */
  readonly invalid: number;
  /** Ranges of missing ids. */
  readonly gap: number;
  /** Ids missing in those ranges. */
  readonly missing: number;
  /** Trades left out. */
  readonly dropped: number;
}

export interface Intake {
  /**
   * Reads rows [from, to) of `block` onto the tape, from its row 0. Returns the index one past the last row read: less
   * than `to` only when that row rejects the run, which the last notice then says.
   */
  read(block: TradeBlock, from: number, to: number, tape: Tape): number;
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
}

/** `state` holds INTAKE_SLOTS zeros at the start. `report` hears of every problem, in order. */
export function createIntake(policy: IntakePolicy, state: Float64Array, report: (notice: Notice) => void): Intake {
  return new TradeIntake(policy, state, report);
}

class TradeIntake implements Intake {
  readonly #policy: IntakePolicy;
  readonly #state: Float64Array;
  readonly #lastPrice: Float64Array;
  readonly #report: (notice: Notice) => void;

  constructor(policy: IntakePolicy, state: Float64Array, report: (notice: Notice) => void) {
    this.#policy = policy;
    this.#state = state;
    this.#lastPrice = state.subarray(LAST_PRICE, LAST_PRICE + 1);
    this.#report = report;
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
    this.#handle('invalid', 0, handling, expected, found);
  }

  watermark(time: number): boolean {
    if (!(time >= this.#state[LAST_TIME])) return false;
    this.#state[LAST_TIME] = time;
    return true;
  }

  counts(): IntakeCounts {
    const s = this.#state;
    const named = Object.fromEntries(COUNTED.map((name, i) => [name, s[COUNTS + i]]));
    return { trades: s[ACCEPTED], ...named } as unknown as IntakeCounts;
  }

  read(block: TradeBlock, from: number, to: number, tape: Tape): number {
    const { time, id, price, quantity, quoteQuantity, side } = block;
    const s = this.#state;
    const tickRule = this.#policy.side === 'tickRule';
    tape.first[0] = s[ACCEPTED];
    let n = 0;
    let end = to;
    let lastTime = s[LAST_TIME];
    let lastId = s[LAST_ID];
    let before = s[LAST_PRICE];
    for (let i = from; i < to; i++) {
      const p = price[i];
      const q = quantity[i];
      let t = time[i];
      const valid = p > 0 && p < Infinity && q > 0 && q < Infinity && t >= 0 && Math.floor(t) === t;
      const anonymous = id[i] !== id[i];
      // The one test that clean data needs: everything rises.
      if (valid && t >= lastTime && (anonymous || id[i] === lastId + 1)) {
        if (!anonymous) lastId = id[i];
      } else {
        s[LAST_TIME] = lastTime;
        s[LAST_ID] = lastId;
        const verdict = this.#examine(block, i, valid);
        lastId = s[LAST_ID];
        if (verdict === 'drop') continue;
        if (verdict === 'reject') {
          end = i;
          break;
        }
        t = Math.max(t, lastTime);
      }
      const direction = p === before || before === 0 ? 0 : p > before ? 1 : -1;
      const taker = tickRule && side[i] !== side[i] ? this.#tickRule(direction) : side[i];
      const quote = quoteQuantity[i];
      tape.time[n] = t;
      tape.price[n] = p;
      tape.quantity[n] = q;
      tape.dollars[n] = quote === quote ? quote : p * q;
      // q, 0 or NaN for a side of 1, -1 or NaN; as a chain of conditions the engine boxed the result for every second trade.
      tape.bought[n] = q * ((taker + 1) * 0.5);
      tape.direction[n] = direction;
      before = p;
      lastTime = t;
      n++;
    }
    s[LAST_TIME] = lastTime;
    s[LAST_ID] = lastId;
    writeReturns(tape, n, this.#lastPrice);
    s[ACCEPTED] += n;
    tape.length = n;
    return end;
  }

  /** The taker's side as the price tells it: an up-tick was bought, a down-tick sold, no move as before. */
  #tickRule(direction: number): number {
    const s = this.#state;
    if (direction !== 0) s[LAST_SIDE] = direction;
    return s[LAST_SIDE] !== 0 ? s[LAST_SIDE] : NaN;
  }

  /** The rare case: something about row `i` is not as expected. Updates the ids and says what becomes of the trade. */
  #examine(block: TradeBlock, i: number, valid: boolean): Handling {
    const s = this.#state;
    const t = block.time[i];
    const id = block.id[i];
    if (!valid) {
      const found = `time ${t}, price ${block.price[i]}, quantity ${block.quantity[i]}`;
      return this.#handle('invalid', i, this.#policy.invalid, 'an integer time, price > 0, quantity > 0', found);
    }
    if (id === id && this.#seen(id)) {
      return this.#handle(
        'duplicate',
        i,
        this.#policy.duplicates,
        `an id not seen before (newest ${s[LAST_ID]})`,
        `id ${id}`,
      );
    }
    if (t < s[LAST_TIME] || (t === s[LAST_TIME] && id < s[LAST_ID] && s[LAST_ID] > 0)) {
      const expected = `a trade not before ${formatTime(s[LAST_TIME])}${id === id ? `, id ${s[LAST_ID]}` : ''}`;
      const verdict = this.#handle('disorder', i, this.#policy.disorder, expected, `${formatTime(t)}, id ${id}`);
      if (verdict === 'keep' && id === id) this.#learn(id);
      return verdict;
    }
    if (id === id) return this.#accept(i, id);
    return 'keep';
  }

  /** A trade in order whose id does not follow the newest one by one. */
  #accept(row: number, id: number): Handling {
    const s = this.#state;
    const expected = s[LAST_ID] + 1;
    if (s[LAST_ID] > 0 && id > expected) {
      const missing = id - expected;
      const verdict = this.#handle('gap', row, this.#policy.gaps, `id ${expected}`, `id ${id}: ${missing} missing`);
      if (verdict === 'reject') return verdict;
      s[COUNTS + COUNTED.indexOf('missing')] += missing;
      const at = GAPS + 2 * s[NEXT_GAP];
      s[at] = expected;
      s[at + 1] = id;
      s[NEXT_GAP] = (s[NEXT_GAP] + 1) % REMEMBERED_GAPS;
    }
    this.#learn(id);
    return 'keep';
  }

  /** Takes `id` into what has been seen. */
  #learn(id: number): void {
    const s = this.#state;
    if (s[LAST_ID] === 0 || id < s[FIRST_ID]) {
      // The first id, or a venue that began to count anew.
      s[FIRST_ID] = id;
      s[LAST_ID] = id;
      s.fill(0, GAPS, NEXT_GAP + 1);
      return;
    }
    if (id > s[LAST_ID]) {
      s[LAST_ID] = id;
      return;
    }
    for (let at = GAPS; at < NEXT_GAP; at += 2) {
      if (id < s[at] || id >= s[at + 1]) continue;
      // Keep the larger rest of the range; a late trade from the smaller one would pass for a duplicate.
      if (id - s[at] < s[at + 1] - id - 1) s[at] = id + 1;
      else s[at + 1] = id;
    }
  }

  /** Whether a trade of this id has come: between the first and the newest, and in no missing range. */
  #seen(id: number): boolean {
    const s = this.#state;
    if (s[LAST_ID] === 0 || id > s[LAST_ID] || id < s[FIRST_ID]) return false;
    for (let at = GAPS; at < NEXT_GAP; at += 2) if (id >= s[at] && id < s[at + 1]) return false;
    return true;
  }

  #handle(problem: Problem, row: number, handling: Handling, expected: string, found: string): Handling {
    this.#state[COUNTS + COUNTED.indexOf(problem)]++;
    if (handling === 'drop') this.#state[COUNTS + COUNTED.indexOf('dropped')]++;
    this.#report({ problem, row, handling, expected, found });
    return handling;
  }
}
