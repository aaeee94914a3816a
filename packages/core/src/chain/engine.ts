/**
 * The engine: one running chain. A historical build pushes blocks of many trades into it, a live session pushes one at a
 * time, and there is no other path. Engines share nothing; any number can run in a process.
 */
import { fail } from '../base/errors.ts';
import type { Schema } from '../base/schema.ts';
import { createSnapshotWriter, readSnapshot } from '../base/snapshot.ts';
import { COLUMN } from '../bars/bar.ts';
import type { GivenBar, GivenClock } from '../bars/given.ts';
import type { TradeClock } from '../bars/clock.ts';
import type { Columns } from '../features/contract/columns.ts';
import { createAligner, type RowSink } from '../rows/align.ts';
import { createIntake, INTAKE_SLOTS, type IntakeCounts, type Notice } from '../trades/intake.ts';
import { createTape, lowerBound } from '../trades/tape.ts';
import { createTradeBlock, setTrade, type Trade, type TradeBlock } from '../trades/trade.ts';
import { clockSlots, createClocks } from './clocks.ts';
import { parseConfig, type ConfigInput } from '../config/config.ts';
import { createPlan, type Plan } from './plan.ts';

/** Closed bars of one clock, with all columns of its graph; rows [from, to) of `data`, valid during the call. */
export interface BarRows {
  /** Name of the clock. */
  readonly clock: string;
  /** Column by column, as the clock's graph has them; see {@link Plan.clocks}. */
  readonly data: readonly Float64Array[];
  /** First row that closed in this step. */
  readonly from: number;
  /** One past the last. */
  readonly to: number;
}

/** Who is told of what comes out of the chain; all of it valid during the call only. */
export interface EngineSinks {
  /** Rows as they are emitted. */
  readonly onRows?: RowSink;
  /** Bars as they close, clock by clock. */
  readonly onBars?: (bars: BarRows) => void;
  /** Everything that was wrong with a trade, in order, whatever became of it. */
  readonly onNotice?: (notice: Notice) => void;
}

/** What the engine has taken and made since its first trade, across snapshots. */
export interface EngineCounts extends IntakeCounts {
  /** Bars closed, by clock. */
  readonly bars: Readonly<Record<string, number>>;
  /** Rows emitted. */
  readonly rows: number;
}

/** The chain: trades or bars in, rows and bars out to the sinks, its whole state in a snapshot. */
export interface Engine {
  /** What the configuration came to. */
  readonly plan: Plan;
  /** Identity of the chain; snapshots, rows and artefacts of another are refused. */
  readonly schema: Schema;
  /** Names of the values of a row, in order. */
  readonly columns: readonly string[];
  /**
   * Takes one trade, or a block of them in order. Rows that they complete are handed to `onRows` before it returns.
   * `place` names a row of the block in errors.
   * @throws MinotaurError where the configuration rejects a trade; those before it have been used.
   */
  push(trades: Trade | TradeBlock, place?: (row: number) => string): void;
  /** Takes one bar for a clock with `bars: given`; the name may be left out where there is only one such clock. */
  pushBar(bar: GivenBar, clock?: string): void;
  /**
   * Says that no trade before `time` (microseconds, UTC) will come: closes time bars and days that end at or before it.
   * It never changes a value, only when it becomes known; a journal keeps it like a trade.
   */
  advance(time: number): void;
  /** The whole state, inside half-built bars too. */
  snapshot(): Uint8Array<ArrayBuffer>;
  /** Puts the engine into the state of a snapshot; refuses one of another schema, naming the first difference. */
  restore(bytes: Uint8Array): void;
  /** Counts so far. */
  counts(): EngineCounts;
}

/** Trades that go through the chain at once: few enough for the cache, enough to forget the cost of a call. */
const TAPE = 4096;
/** Time bars that one step may close, so that a silence of years needs no more memory than a minute. */
const MAX_INTERVALS = 512;

/** Slots of the engine itself. */
const ROWS = INTAKE_SLOTS;
/** Event time that the clocks have been brought to; 0 before the first event. */
const STEPPED_TO = INTAKE_SLOTS + 1;
const ENGINE_SLOTS = INTAKE_SLOTS + 2;

/** Creates a chain from a configuration, or from the name of a preset. */
export function createEngine(config: ConfigInput | string, sinks: EngineSinks = {}): Engine {
  return runPlan(createPlan(parseConfig(config)), sinks);
}

/** Creates the chain of a plan, which need not be what a configuration came to: its clocks may have a rule of any kind. */
export function runPlan(plan: Plan, sinks: EngineSinks = {}): Engine {
  return new ChainEngine(plan, sinks);
}

/** Creates the chain that `bytes`, a snapshot of the same schema, was taken from, in the state it was in. */
export function restoreEngine(config: ConfigInput | string, bytes: Uint8Array, sinks: EngineSinks = {}): Engine {
  const engine = createEngine(config, sinks);
  engine.restore(bytes);
  return engine;
}

class ChainEngine implements Engine {
  readonly plan: Plan;
  readonly #sinks: EngineSinks;
  readonly #state: Float64Array;
  readonly #intake;
  readonly #tape = createTape(TAPE);
  readonly #single = createTradeBlock(1);
  readonly #tradeClocks: readonly TradeClock[];
  readonly #given: ReadonlyMap<string, GivenClock>;
  readonly #tables: readonly Columns[];
  readonly #froms: number[];
  readonly #aligner;
  readonly #snapshots;
  /** The most that event time may move in one step. */
  readonly #stride: number;
  #lastNotice: Notice | undefined;

  constructor(plan: Plan, sinks: EngineSinks) {
    this.plan = plan;
    this.#sinks = sinks;
    this.#state = new Float64Array(ENGINE_SLOTS + clockSlots(plan));
    this.#intake = createIntake(plan.config.trades, this.#state.subarray(0, INTAKE_SLOTS), (notice) => {
      this.#lastNotice = notice;
      sinks.onNotice?.(notice);
    });
    const { tables, tradeClocks, given } = createClocks(plan, this.#state.subarray(ENGINE_SLOTS));
    this.#tables = tables;
    this.#tradeClocks = tradeClocks;
    this.#given = given;
    this.#froms = tables.map(() => 0);
    const aligned = plan.clocks.map(({ graph, warmup }, c) => ({
      source: tables[c],
      features: graph.features.map((f) => f.column),
      availableAt: COLUMN.availableAt,
      event: COLUMN.event,
      ordinal: COLUMN.ordinal,
      warmup: warmup.bars,
    }));
    this.#aligner = createAligner(aligned, plan.drive, sinks.onRows ?? (() => {}));
    const doubles = this.#state.length + tables.reduce((sum, table) => sum + table.saveLength, 0);
    this.#snapshots = { writer: createSnapshotWriter(plan.schema, doubles), doubles };
    const intervals = plan.clocks.flatMap(({ source }) => (source.type === 'interval' ? [source.every] : []));
    this.#stride = Math.min(...intervals) * MAX_INTERVALS;
  }

  get schema(): Schema {
    return this.plan.schema;
  }

  get columns(): readonly string[] {
    return this.plan.columns;
  }

  push(trades: Trade | TradeBlock, place?: (row: number) => string): void {
    if ('length' in trades) return this.#pushBlock(trades, place);
    setTrade(this.#single, 0, trades);
    this.#single.length = 1;
    this.#pushBlock(this.#single, place);
  }

  #pushBlock(block: TradeBlock, place?: (row: number) => string): void {
    for (let from = 0; from < block.length; from += TAPE) {
      const to = Math.min(block.length, from + TAPE);
      const read = this.#intake.read(block, from, to, this.#tape);
      this.#useTape();
      if (read < to) this.#reject(read, place);
    }
  }

  #reject(row: number, place?: (row: number) => string): never {
    const notice = this.#lastNotice;
    const where = place?.(row) ?? `trade ${this.#intake.next + 1}`;
    fail('input', `${where} (${notice?.problem})`, notice?.expected ?? 'a trade in order', notice?.found ?? 'another');
  }

  /** Runs the tape through every clock, in steps that close a bounded number of bars. */
  #useTape(): void {
    const { length, time, first } = this.#tape;
    let from = 0;
    while (from < length) {
      const reach = this.#reached(time[from]) + this.#stride;
      const to = time[length - 1] < reach ? length : lowerBound(time, reach, from, length);
      if (to === from) {
        // A long silence: close the intervals that it spans step by step before its first trade is used.
        this.#advanceStep(reach, 2 * (first[0] + from));
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
      if (onBars) onBars({ clock: this.plan.clocks[c].name, data: table.data, from: this.#froms[c], to: table.end });
    }
    if (closed) this.#state[ROWS] += this.#aligner.emit(this.#froms);
  }

  pushBar(bar: GivenBar, clock?: string): void {
    const name = clock ?? (this.#given.size === 1 ? [...this.#given.keys()][0] : '');
    const target = this.#given.get(name);
    if (target === undefined) {
      const known = [...this.#given.keys()].join(', ') || 'none';
      fail(
        'input',
        'pushBar',
        `the name of a clock with bars: given (${known})`,
        name === '' ? 'no name' : `'${name}'`,
      );
    }
    this.advance(bar.availableAt ?? bar.closeTime);
    target.take(bar, 2 * this.#intake.countBar() + 1);
    this.#flush();
  }

  advance(time: number): void {
    if (!Number.isInteger(time) || !this.#intake.watermark(time)) {
      fail('input', 'advance', 'an integer time not before the newest trade', String(time));
    }
    const event = 2 * this.#intake.next;
    while (this.#reached(time) + this.#stride < time) this.#advanceStep(this.#reached(time) + this.#stride, event);
    this.#advanceStep(time, event);
  }

  snapshot(): Uint8Array<ArrayBuffer> {
    return this.#snapshots.writer.write((into) => {
      into.set(this.#state);
      let at = this.#state.length;
      for (const table of this.#tables) at = table.save(into, at);
    });
  }

  restore(bytes: Uint8Array): void {
    const doubles = readSnapshot(bytes, this.schema, this.#snapshots.doubles);
    this.#state.set(doubles.subarray(0, this.#state.length));
    let at = this.#state.length;
    for (const table of this.#tables) at = table.load(doubles, at);
    this.#aligner.reset();
  }

  counts(): EngineCounts {
    const bars = Object.fromEntries(
      this.plan.clocks.map(({ name }, c) => {
        const { data, done } = this.#tables[c];
        const ordinal = data[COLUMN.ordinal][done - 1];
        return [name, ordinal === ordinal ? ordinal + 1 : 0];
      }),
    );
    return { ...this.#intake.counts(), bars, rows: this.#state[ROWS] };
  }
}
