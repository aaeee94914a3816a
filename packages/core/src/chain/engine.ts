/**
 * One running chain. A historical build pushes blocks of many trades into it, a live session pushes one at a
 * time, and there is no other path. Engines share nothing; any number can run in a process.
 */
import { portableHashing, type Hashing } from '../base/bytes/hashing.ts';
import { fail } from '../base/errors.ts';
import { requireLength } from '../base/snapshot.ts';
import { formatTime } from '../base/time.ts';
import { COLUMN } from '../bars/bar.ts';
import { STEP_BARS } from '../bars/clock.ts';
import { availableAtOf, type GivenBar, type GivenClock } from '../bars/given.ts';
import type { TradeClock } from '../bars/clock.ts';
import type { Columns } from '../features/contract/columns.ts';
import { createAligner } from '../rows/align.ts';
import { ROW_FEATURE_SLOTS, type RowFeatures } from '../rows/row-features.ts';
import { holeSlots } from '../rows/holes.ts';
import { ID_WORDS } from '../trades/id.ts';
import { complaintOf, complaintOfFacts, shown, type Complaint } from '../trades/door.ts';
import type { Instrument } from '../trades/instrument.ts';
import { createIntake, INTAKE_SLOTS, intakeWords, type Notice } from '../trades/intake.ts';
import { createTape, lowerBound } from '../trades/tape.ts';
import { createTradeBlock, setTrade, type Trade, type TradeBlock } from '../trades/trade.ts';
import { MOST_WAITING, WAITING_DOUBLES } from '../trades/waiting.ts';
import { acceptBar, clockOfBar } from './bar-door.ts';
import { clockSlots, createClocks } from './clocks.ts';
import type { BarFacts, Engine, EngineCounts, EngineSinks, EventFacts, Hole, LastEvent } from './contract.ts';
import { complaintOfHole } from './hole.ts';
import { createStateWriter, readState } from './state.ts';
import type { Plan } from './plan.ts';
import { rowFeaturesOf } from './row-stage.ts';

/** Trades that go through the chain at once: few enough for the cache, enough to forget the cost of a call. */
const TAPE = 4096;

const NONE = createTradeBlock(0);

/** Slots of the engine itself, then those of the aligner, of the intake and of the clocks. */
const ROWS = 0;
/** Event time that the clocks have been brought to; 0 before the first event. */
const STEPPED_TO = 1;
const HOLES = 2;
const ENGINE_SLOTS = 3;

/** What a chain is given of the runtime that it runs in. */
export interface EngineOptions {
  /** Of snapshots; plain JavaScript where absent, which gives the same bytes. */
  readonly hashing?: Hashing | undefined;
  /** Which cold start of its rows this is, from 0 on: rows of another are other rows. Default 0. */
  readonly epoch?: number | undefined;
}

/** A running chain of a plan. Engines of one plan share nothing but it, so a second costs little. */
export function createChain(plan: Plan, sinks: EngineSinks = {}, options: EngineOptions = {}): Engine {
  const chain = new Chain(plan, sinks, options);
  // A plain object, so that whoever stands around an engine spreads it and replaces what it changes.
  return {
    plan,
    schema: plan.schema,
    columns: plan.columns,
    push: (trades, facts) => chain.push(trades, facts),
    pushBar: (bar, facts) => chain.pushBar(bar, facts),
    advance: (time, facts) => chain.advance(time, facts),
    hole: (hole, facts) => chain.hole(hole, facts),
    epoch: () => chain.epoch,
    snapshot: () => chain.snapshot(),
    restore: (bytes, epoch) => chain.restore(bytes, epoch),
    counts: () => chain.counts(),
    lastEvent: () => chain.lastEvent(),
  };
}

function checkedEpoch(epoch: number): number {
  if (!Number.isSafeInteger(epoch) || epoch < 0) fail('config', 'epoch', 'an integer of at least 0', shown(epoch));
  return epoch;
}

class Chain {
  readonly #plan: Plan;
  readonly #sinks: EngineSinks;
  readonly #state: Float64Array;
  /** What is remembered of ids; in a snapshot it stands behind the doubles. */
  readonly #words: Uint32Array;
  readonly #intake;
  readonly #tape = createTape(TAPE);
  readonly #single = createTradeBlock(1);
  readonly #tradeClocks: readonly TradeClock[];
  readonly #given: ReadonlyMap<string, GivenClock>;
  readonly #tables: readonly Columns[];
  readonly #froms: number[];
  readonly #aligner;
  /** Of rows; none where none are asked for. */
  readonly #rowFeatures: RowFeatures | undefined;
  /** Running columns that a snapshot holds: of every clock, then of rows. */
  readonly #saved: readonly Columns[];
  readonly #snapshots;
  /** The most that event time may move in one step, while trades come and while none does. */
  readonly #stride: number;
  readonly #silentStride: () => number;
  readonly #instrument: Instrument;
  epoch: number;
  #lastRejection: Notice | undefined;

  constructor(plan: Plan, sinks: EngineSinks, { hashing = portableHashing, epoch = 0 }: EngineOptions) {
    this.#plan = plan;
    this.#sinks = sinks;
    this.epoch = checkedEpoch(epoch);
    const [instrument] = plan.instruments;
    this.#instrument = instrument;
    const rowsFrom = ENGINE_SLOTS + holeSlots(plan.clocks.length);
    const intakeFrom = rowsFrom + (plan.rows === undefined ? 0 : ROW_FEATURE_SLOTS);
    const clocksFrom = intakeFrom + INTAKE_SLOTS;
    this.#state = new Float64Array(clocksFrom + clockSlots(plan));
    this.#words = new Uint32Array(intakeWords(instrument));
    this.#intake = createIntake({
      policy: plan.config.trades,
      instrument,
      state: this.#state.subarray(intakeFrom, clocksFrom),
      words: this.#words,
      report: (notice) => {
        if (notice.handling === 'reject') this.#lastRejection = notice;
        sinks.onNotice?.(notice);
      },
    });
    const { tables, tradeClocks, given, stride } = createClocks(plan, this.#state.subarray(clocksFrom));
    this.#silentStride = stride;
    this.#tables = tables;
    this.#tradeClocks = tradeClocks;
    this.#given = given;
    this.#froms = tables.map(() => 0);
    const clocks = plan.clocks.map(({ graph, warmup }, c) => ({
      source: tables[c],
      features: graph.features.map((f) => f.column),
      openTime: COLUMN.open_time,
      availableAt: COLUMN.available_at,
      event: COLUMN.event,
      ordinal: COLUMN.ordinal,
      warmup: warmup.bars,
      behind: warmup.bars,
    }));
    const sink = sinks.onRows ?? (() => {});
    this.#rowFeatures = rowFeaturesOf(plan, this.#state.subarray(rowsFrom, intakeFrom), sink);
    this.#saved = [...tables, ...(this.#rowFeatures === undefined ? [] : [this.#rowFeatures.columns])];
    this.#aligner = createAligner({
      clocks,
      drive: plan.drive,
      state: this.#state.subarray(ENGINE_SLOTS, rowsFrom),
      room: plan.rows?.graph.features.length,
      sink: this.#rowFeatures?.take ?? sink,
    });
    const doubles = this.#state.length + this.#saved.reduce((sum, table) => sum + table.saveLength, 0);
    this.#snapshots = { writer: createStateWriter(plan, epoch, hashing), doubles, hashing };
    const intervals = plan.clocks.flatMap(({ source }) => (source.type === 'interval' ? [source.every] : []));
    this.#stride = Math.min(...intervals) * STEP_BARS;
  }

  push(trades: Trade | TradeBlock, facts?: EventFacts): void {
    const complaint = complaintOf(trades);
    if (complaint !== undefined) this.#refuse(complaint, 0, facts);
    this.#requireOwn(facts, 'length' in trades ? trades.length : 1);
    this.#intake.expect(facts?.arrival, facts?.maxSilence);
    if ('length' in trades) return this.#pushBlock(trades, facts);
    setTrade(this.#single, 0, trades);
    this.#single.length = 1;
    this.#pushBlock(this.#single, facts);
  }

  /** The trades of two markets in one chain would be nonsense that looks like data. */
  #requireOwn(facts: EventFacts | undefined, length = 0): void {
    const complaint = complaintOfFacts(facts, length);
    if (complaint !== undefined) fail('input', 'event', ...complaint);
    const instrument = facts?.instrument;
    const { name } = this.#instrument;
    if (instrument !== undefined && instrument !== name)
      fail('input', 'event', `an event of ${name}, the chain's instrument`, `one of ${instrument}`);
  }

  #pushBlock(block: TradeBlock, facts?: EventFacts): void {
    for (let from = 0; from < block.length;) {
      from = this.#intake.read(block, from, Math.min(block.length, from + TAPE), this.#tape);
      const { rejected } = this.#intake;
      this.#useTape();
      this.#useDue();
      if (rejected) this.#reject(from, facts);
    }
  }

  /** Uses the trades that wait no longer. */
  #useDue(): void {
    while (this.#intake.due > 0) {
      this.#intake.read(NONE, 0, 0, this.#tape);
      this.#useTape();
    }
  }

  #reject(row: number, facts?: EventFacts): never {
    const { problem, expected, found } = this.#lastRejection ?? {
      problem: 'invalid',
      expected: 'a trade in order',
      found: 'another',
    };
    this.#refuse([expected, found], row, facts, ` (${problem})`);
  }

  #refuse([expected, found]: Complaint, row: number, facts?: EventFacts, problem = ''): never {
    const place = facts?.place?.(row) ?? `trade ${this.#intake.next + this.#intake.waiting + 1}`;
    const where = facts?.origin === undefined ? place : `${facts.origin}, ${place}`;
    fail('input', where + problem, expected, found);
  }

  /** Runs the tape through every clock, in steps that close a bounded number of bars. */
  #useTape(): void {
    const { length, time, first, gaps } = this.#tape;
    let from = 0;
    let gap = 0;
    while (from < length) {
      for (; gap < gaps.length && gaps[gap].at === from; gap++) this.#openHole({ ...gaps[gap], to: time[from] });
      const end = gap < gaps.length ? gaps[gap].at : length;
      const reach = this.#reached(time[from]) + this.#stride;
      const to = time[end - 1] < reach ? end : lowerBound(time, reach, from, end);
      if (to === from) {
        // A long silence: close the intervals that it spans step by step before its first trade is used.
        this.#advanceTo(time[from], 2 * (first[0] + from));
        continue;
      }
      for (const clock of this.#tradeClocks) clock.consume(this.#tape, from, to);
      this.#state[STEPPED_TO] = time[to - 1];
      this.#flush();
      from = to;
    }
  }

  /** Event time that the clocks have been brought to; where they have not begun, the next event's own. */
  #reached(next: number): number {
    return this.#state[STEPPED_TO] === 0 ? next : this.#state[STEPPED_TO];
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
    for (const clock of this.#tradeClocks) clock.advance(time, event);
    this.#state[STEPPED_TO] = time;
    this.#flush();
  }

  /** Computes the features of bars that have closed and emits the rows they complete. */
  #flush(): void {
    let closed = false;
    for (let c = 0; c < this.#tables.length; c++) {
      const table = this.#tables[c];
      if (table.end === table.done) {
        this.#froms[c] = table.end;
        continue;
      }
      closed = true;
      this.#froms[c] = table.compute();
      const { onBars } = this.#sinks;
      if (onBars) onBars({ clock: this.#plan.clocks[c].name, data: table.data, from: this.#froms[c], to: table.end });
    }
    if (closed) this.#state[ROWS] += this.#aligner.emit(this.#froms);
  }

  pushBar(bar: GivenBar, facts?: BarFacts): void {
    this.#requireOwn(facts);
    const clock = clockOfBar([...this.#given.keys()], facts);
    const { invalid } = this.#plan.config.bars;
    if (!acceptBar(bar, { clock, facts, intake: this.#intake, invalid })) return;
    this.#advance(availableAtOf(bar), 'pushBar', facts);
    this.#given.get(clock)?.take(bar, 2 * this.#intake.countBar() + 1);
    this.#flush();
  }

  advance(time: number, facts?: EventFacts): void {
    this.#requireOwn(facts);
    this.#advance(time, 'advance', facts);
  }

  #advance(time: number, where: string, facts: EventFacts | undefined): void {
    this.#intake.expect(facts?.arrival, facts?.maxSilence);
    const wrong = Number.isInteger(time) ? this.#intake.implausible(time) : (['an integer time', shown(time)] as const);
    if (wrong !== undefined) fail('input', where, ...wrong);
    this.#intake.letGo(time);
    this.#useDue();
    if (!this.#intake.watermark(time))
      fail('input', where, `a time not before the newest trade, ${formatTime(this.#intake.newest)}`, formatTime(time));
    this.#advanceTo(time, 2 * this.#intake.next);
  }

  hole(hole: Hole, facts?: EventFacts): void {
    this.#requireOwn(facts);
    this.#intake.expect(facts?.arrival, facts?.maxSilence);
    const wrong = complaintOfHole(hole, this.#intake);
    if (wrong !== undefined) fail('input', 'hole', ...wrong);
    this.#openHole(hole);
  }

  #openHole({ from, to, missing }: Hole): void {
    this.#state[HOLES]++;
    this.#aligner.hole(to);
    this.#rowFeatures?.hole();
    this.#sinks.onHole?.({ from, to, missing });
  }

  snapshot(): Uint8Array<ArrayBuffer> {
    const { waiting } = this.#intake;
    const words = waiting === 0 ? this.#words : new Uint32Array(this.#words.length + ID_WORDS * waiting);
    if (waiting > 0) words.set(this.#words);
    const { writer, doubles } = this.#snapshots;
    return writer.write(doubles + WAITING_DOUBLES * waiting, words, (into) => {
      into.set(this.#state);
      let at = this.#state.length;
      for (const table of this.#saved) at = table.save(into, at);
      this.#intake.saveWaiting(into, at, words, this.#words.length);
    });
  }

  restore(bytes: Uint8Array, other?: number): void {
    if (!(bytes instanceof Uint8Array)) fail('state', 'snapshot', 'the bytes of a snapshot', shown(bytes));
    const { hashing } = this.#snapshots;
    const { doubles, words, epoch: own } = readState(bytes, this.#plan, hashing);
    const epoch = checkedEpoch(other ?? own);
    const waiting = (words.length - this.#words.length) / ID_WORDS;
    const most = this.#plan.config.trades.reorder === undefined ? 0 : MOST_WAITING;
    if (!Number.isInteger(waiting) || waiting < 0 || waiting > most) requireLength(words.length, this.#words.length);
    requireLength(doubles.length, this.#snapshots.doubles + WAITING_DOUBLES * waiting);
    this.#words.set(words.subarray(0, this.#words.length));
    this.#state.set(doubles.subarray(0, this.#state.length));
    let at = this.#state.length;
    for (const table of this.#saved) at = table.load(doubles, at);
    this.#intake.loadWaiting(waiting, doubles, at, words, this.#words.length);
    this.#intake.restored();
    this.#aligner.reset();
    if (epoch !== this.epoch) this.#snapshots.writer = createStateWriter(this.#plan, epoch, hashing);
    this.epoch = epoch;
  }

  counts(): EngineCounts {
    const bars = Object.fromEntries(
      this.#plan.clocks.map(({ name }, c) => {
        const { data, done } = this.#tables[c];
        const ordinal = data[COLUMN.ordinal][done - 1];
        return [name, ordinal === ordinal ? ordinal + 1 : 0];
      }),
    );
    return { ...this.#intake.counts(), bars, rows: this.#state[ROWS], holes: this.#state[HOLES] };
  }

  lastEvent(): LastEvent | undefined {
    const time = this.#intake.newest;
    return time === 0 && this.#intake.next === 0 ? undefined : { ordinal: this.#intake.next - 1, time };
  }
}
