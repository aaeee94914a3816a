/** One instrument's side of a chain: from its trades to its bars. What becomes of the bars is another's business. */
import { formatTime } from '../base/time.ts';
import { fail } from '../base/errors.ts';
import { adjustedBar } from '../bars/adjusted.ts';
import { STEP_BARS } from '../bars/clock.ts';
import { availableAtOf, type GivenBar, type GivenClock } from '../bars/given.ts';
import type { TradeClock } from '../bars/clock.ts';
import type { Columns } from '../features/contract/columns.ts';
import { requireSameAdjustments } from '../trades/adjustments.ts';
import { ID_WORDS } from '../trades/id.ts';
import { shown } from '../trades/door.ts';
import { createIntake, INTAKE_SLOTS, intakeWords, type Intake, type Notice } from '../trades/intake.ts';
import type { Instrument } from '../trades/instrument.ts';
import { createTape, lowerBound } from '../trades/tape.ts';
import { LAST_TIME } from '../trades/tape-writer.ts';
import { createTradeBlock, type TradeBlock } from '../trades/trade.ts';
import { WAITING_DOUBLES } from '../trades/waiting.ts';
import { acceptBar, isBehindReset, placedAt } from './bar-door.ts';
import { clockSlots, createClocks } from './clocks.ts';
import type { BarFacts, EventFacts, Hole } from './contract.ts';
import { complaintOfHole } from './hole.ts';
import type { Plan } from './plan.ts';
import { startAnew } from './reset.ts';

/** Trades that go through the chain at once: few enough for the cache, enough to forget the cost of a call. */
export const TAPE = 4096;

const NONE = createTradeBlock(0);

/** What a lane tells the chain. */
export interface LaneEars {
  /** Bars may have closed: the clocks' columns have them, their features are not yet computed. */
  readonly onBars: () => void;
  /** Trades are missing, known here in the order of events. */
  readonly onHole: (hole: Hole) => void;
  readonly onNotice: (notice: Notice) => void;
  /** The instrument has begun anew: its clocks are empty. */
  readonly onReset: (known: number) => void;
  /** The time of its first event. */
  readonly onFirst: (time: number) => void;
}

/** Slots of a lane in two pieces, because the chain's own lie between them. */
export interface LaneState {
  /** One slot: event time that the clocks have been brought to; 0 before the first event. */
  readonly reached: Float64Array;
  /** `laneSlots`. */
  readonly slots: Float64Array;
  /** What is remembered of ids. */
  readonly words: Uint32Array;
}

/** Slots of the intake and of the clocks of instrument `index`. */
export const laneSlots = (plan: Plan, index: number): number => INTAKE_SLOTS + clockSlots(plan, index);

export class Lane {
  readonly instrument: Instrument;
  /** The plan's clocks that are of this instrument. */
  readonly clocks: readonly number[];
  readonly #intake: Intake;
  readonly #state: LaneState;
  readonly #ears: LaneEars;
  readonly #tape = createTape(TAPE);
  readonly #tradeClocks: readonly TradeClock[];
  readonly #given: ReadonlyMap<string, GivenClock>;
  readonly #invalidBars;
  readonly #tables: readonly Columns[];
  /** The most that event time may move in one step, while trades come and while none does. */
  readonly #stride: number;
  readonly #silentStride: () => number;
  /** How long after its event a bar is available at the earliest. */
  readonly #delay: number;
  /** The row at which the last reading ended is rejected, for this reason. */
  #rejection: Notice | undefined;

  constructor(plan: Plan, index: number, tables: readonly Columns[], state: LaneState, ears: LaneEars) {
    this.instrument = plan.instruments[index];
    this.clocks = plan.clocks.flatMap(({ instrument }, c) => (instrument === index ? [c] : []));
    this.#state = state;
    this.#ears = ears;
    this.#tables = this.clocks.map((c) => tables[c]);
    this.#intake = createIntake({
      policy: plan.config.trades,
      instrument: this.instrument,
      state: state.slots.subarray(0, INTAKE_SLOTS),
      words: state.words,
      report: (notice) => {
        if (notice.handling === 'reject') this.#rejection = notice;
        ears.onNotice(notice);
      },
    });
    const own = createClocks(plan, index, tables, state.slots.subarray(INTAKE_SLOTS));
    this.#silentStride = own.stride;
    this.#tradeClocks = own.tradeClocks;
    this.#given = own.given;
    this.#invalidBars = plan.config.bars.invalid;
    const sources = this.clocks.map((c) => plan.clocks[c].source);
    this.#stride = Math.min(...sources.flatMap((one) => (one.type === 'interval' ? [one.grid.every] : []))) * STEP_BARS;
    this.#delay = sources.reduce((least, one) => ('delay' in one ? Math.min(least, one.delay) : least), Infinity);
    if (own.given.size > 0 || this.#delay === Infinity) this.#delay = 0;
  }

  /** Event time of the newest trade or watermark that was used; 0 before the first. */
  get newest(): number {
    return this.#intake.newest;
  }

  /** Event time of the newest trade or watermark that came, also where it waits; 0 before the first. */
  get come(): number {
    return this.#intake.come;
  }

  /** Every bar that is available before this time has closed; 0 before the first event. */
  get known(): number {
    return this.#state.reached[0] === 0 ? 0 : this.#state.reached[0] + this.#delay;
  }

  /** Ordinal of the next trade or given bar. */
  get next(): number {
    return this.#intake.next;
  }

  /** Trades that wait to be put in order. */
  get waiting(): number {
    return this.#intake.waiting;
  }

  get given(): ReadonlyMap<string, GivenClock> {
    return this.#given;
  }

  counts(): ReturnType<Intake['counts']> {
    return this.#intake.counts();
  }

  /** What the times of the next trades are held against. */
  expect(facts: EventFacts | undefined): void {
    this.#intake.expect(facts?.arrival, facts?.maxSilence);
  }

  /**
   * Takes rows [from, to) of `block`, at most {@link TAPE}; returns the index one past the last that it has read: less than
   * `to` where others have to be used first, or where that row is rejected, which {@link rejection} then says.
   */
  take(block: TradeBlock, from: number, to: number): number {
    const end = this.#intake.read(block, from, to, this.#tape);
    // What was rejected is known only until trades that wait are read again.
    const rejection = this.#intake.rejected ? (this.#rejection ?? UNNAMED_REJECTION) : undefined;
    this.#useTape();
    this.#useDue();
    this.#rejection = rejection;
    return end;
  }

  /** Why the row at which the last {@link take} ended is rejected; undefined where it is not. */
  get rejection(): Notice | undefined {
    return this.#rejection;
  }

  /** Uses the trades that wait no longer. */
  #useDue(): void {
    while (this.#intake.due > 0) {
      this.#intake.read(NONE, 0, 0, this.#tape);
      this.#useTape();
    }
  }

  /** Runs the tape through every clock, in steps that close a bounded number of bars. */
  #useTape(): void {
    const { length, time, first, gaps, resets } = this.#tape;
    let from = 0;
    let gap = 0;
    let reset = 0;
    if (length > 0 && this.#state.reached[0] === 0) this.#ears.onFirst(time[0]);
    while (from < length) {
      for (; gap < gaps.length && gaps[gap].at === from; gap++)
        this.#ears.onHole({ from: gaps[gap].from, to: time[from], missing: gaps[gap].missing });
      if (reset < resets.length && resets[reset].at === from)
        this.#startAnew(resets[reset++].time, 2 * (first[0] + from));
      const end = Math.min(gaps[gap]?.at ?? length, resets[reset]?.at ?? length);
      const reach = this.#reached(time[from]) + this.#stride;
      const to = time[end - 1] < reach ? end : lowerBound(time, reach, from, end);
      if (to === from) {
        // A long silence: close the intervals that it spans step by step before its first trade is used.
        this.#advanceTo(time[from], 2 * (first[0] + from));
        continue;
      }
      for (const clock of this.#tradeClocks) clock.consume(this.#tape, from, to);
      this.#state.reached[0] = time[to - 1];
      this.#ears.onBars();
      from = to;
    }
  }

  /** The instrument begins anew at `time`, before the event: what ends by then has ended, what is open is dropped. */
  #startAnew(time: number, event: number): void {
    this.#advanceTo(time, event);
    startAnew(this.#state.slots.subarray(INTAKE_SLOTS), this.#tables);
    this.#ears.onReset(this.known);
  }

  /** Event time that the clocks have been brought to; where they have not begun, the next event's own. */
  #reached(next: number): number {
    return this.#state.reached[0] === 0 ? next : this.#state.reached[0];
  }

  /** Brings the clocks to `time`, in steps that close a bounded number of bars. */
  #advanceTo(time: number, event: number): void {
    for (;;) {
      const reach = this.#reached(time) + this.#silentStride();
      if (!(reach < time)) break;
      this.#advanceStep(reach, event);
    }
    this.#advanceStep(time, event);
  }

  #advanceStep(time: number, event: number): void {
    if (this.#state.reached[0] === 0) this.#ears.onFirst(time);
    for (const clock of this.#tradeClocks) clock.advance(time, event);
    this.#state.reached[0] = time;
    this.#ears.onBars();
  }

  /** Takes one bar for its clock `name`. */
  takeBar(bar: GivenBar, name: string, facts: BarFacts | undefined): void {
    const before = this.#given.get(name) as GivenClock;
    const door = { clock: name, facts, intake: this.#intake, before, invalid: this.#invalidBars };
    if (!acceptBar(bar, door)) return;
    this.advance(availableAtOf(bar), 'pushBar', facts, bar.open_time);
    if (isBehindReset(bar, this.#intake)) return;
    try {
      before.take(adjustedBar(bar, this.instrument), 2 * this.#intake.countBar() + 1);
    } catch (error) {
      throw placedAt(facts, error);
    }
    this.#ears.onBars();
  }

  /** No trade before `time` will come. `opened`: where that is the time of a bar, when it opened. */
  advance(time: number, where: string, facts: EventFacts | undefined, opened = 0): void {
    this.expect(facts);
    const wrong = Number.isInteger(time) ? this.#intake.implausible(time) : (['an integer time', shown(time)] as const);
    if (wrong !== undefined) fail('input', where, ...wrong);
    this.#intake.letGo(time);
    this.#useDue();
    if (!this.#intake.watermark(time))
      fail('input', where, `a time not before the newest trade, ${formatTime(this.#intake.newest)}`, formatTime(time));
    // What ends at a reset has ended before it: only a later time is behind it.
    const reset = this.#intake.reset(Math.max(opened, time - 1));
    if (reset === reset) this.#startAnew(reset, 2 * this.#intake.next);
    this.#advanceTo(time, 2 * this.#intake.next);
  }

  hole(hole: Hole, facts: EventFacts | undefined): void {
    this.expect(facts);
    const wrong = complaintOfHole(hole, this.#intake);
    if (wrong !== undefined) fail('input', 'hole', ...wrong);
    this.#ears.onHole(hole);
  }

  /** Refuses a state of this lane, at its place in another's slots, that was made with other adjustments. */
  requireAdjustments(found: Instrument, saved: Float64Array): void {
    const newest = saved[this.#state.slots.byteOffset / saved.BYTES_PER_ELEMENT + LAST_TIME];
    requireSameAdjustments(this.instrument.adjustments, found.adjustments ?? [], newest, 'snapshot');
  }

  /** Writes the trades that wait, and says where the next may write. */
  saveWaiting(into: Float64Array, at: number, words: Uint32Array, wordsAt: number): [number, number] {
    this.#intake.saveWaiting(into, at, words, wordsAt);
    return [at + WAITING_DOUBLES * this.waiting, wordsAt + ID_WORDS * this.waiting];
  }

  /** The state was replaced: takes `count` trades that wait, and says where the next may read. */
  restored(count: number, from: Float64Array, at: number, words: Uint32Array, wordsAt: number): [number, number] {
    this.#intake.loadWaiting(count, from, at, words, wordsAt);
    this.#intake.restored();
    return [at + WAITING_DOUBLES * count, wordsAt + ID_WORDS * count];
  }
}

const UNNAMED_REJECTION: Notice = {
  problem: 'invalid',
  row: 0,
  last: 0,
  count: 1,
  handling: 'reject',
  expected: 'a trade in order',
  found: 'another',
};

/** Words of 32 bits that lane `index` remembers of ids. */
export const laneWords = (plan: Plan, index: number): number => intakeWords(plan.instruments[index]);
