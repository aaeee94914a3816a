/** What an engine does from event to row: the lanes of its instruments, the tables of its clocks, and what joins them. */
import { portableHashing } from '../base/bytes/hashing.ts';
import { fail } from '../base/errors.ts';
import { formatTime } from '../base/time.ts';
import type { GivenBar } from '../bars/given.ts';
import type { SeriesRow } from '../bars/series.ts';
import { nearest } from '../base/nearest.ts';
import { createColumns, type Columns } from '../features/contract/columns.ts';
import type { Aligner, RowSink } from '../rows/align.ts';
import type { Join } from '../rows/join.ts';
import type { RowFeatures } from '../rows/row-features.ts';
import { complaintOf, complaintOfFacts, shown, type Complaint } from '../trades/door.ts';
import { createTradeBlock, setTrade, type Trade, type TradeBlock } from '../trades/trade.ts';
import { clockOfBar } from './bar-door.ts';
import { createSeries, type PlannedSeries } from './clocks.ts';
import type { BarFacts, EngineCounts, EngineOptions, EngineSinks, EventFacts, Hole, LastEvent } from './contract.ts';
import { countsOf, lastEventOf } from './counts.ts';
import { Lane, TAPE } from './lane.ts';
import { createLimits, type Limits } from './limits.ts';
import { HOLE_COUNT, layState, ROW_COUNT, type ChainMemory } from './layout.ts';
import type { Plan } from './plan.ts';
import { alignerOf, joinOf, rowFeaturesOf } from './row-stages.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';

function checkedEpoch(epoch: number): number {
  if (!Number.isSafeInteger(epoch) || epoch < 0) fail('config', 'epoch', 'an integer of at least 0', shown(epoch));
  return epoch;
}

export class Chain {
  readonly #plan: Plan;
  readonly #sinks: EngineSinks;
  readonly #memory: ChainMemory;
  readonly #single = createTradeBlock(1);
  /** In the order of the plan's instruments. */
  readonly #lanes: readonly Lane[];
  /** The instrument of the driving clock. */
  readonly #drive: number;
  /** In the order of the plan's clocks. */
  readonly #tables: readonly Columns[];
  /** Of the clocks of the driving instrument. */
  readonly #froms: number[];
  readonly #aligner: Aligner;
  readonly #series: readonly PlannedSeries[];
  /** Absent where rows hold nothing but one instrument. */
  readonly #join: Join | undefined;
  readonly #limits: Limits | undefined = undefined;
  /** Of rows; none where none are asked for. */
  readonly #rowFeatures: RowFeatures | undefined;
  readonly #snapshots: Snapshots;
  epoch: number;

  constructor(plan: Plan, sinks: EngineSinks, { hashing = portableHashing, epoch = 0 }: EngineOptions) {
    this.#plan = plan;
    this.#sinks = sinks;
    this.epoch = checkedEpoch(epoch);
    this.#drive = plan.clocks[plan.drive].instrument;
    const memory = (this.#memory = layState(plan));
    this.#tables = plan.clocks.map(({ graph }) => createColumns(graph));
    this.#lanes = plan.instruments.map(({ name }, index) => {
      return new Lane(plan, index, this.#tables, memory.lanes[index], {
        onFirst: (time) => this.#limits?.began(this.#lanes[index], time),
        onBars: () => this.#flush(index),
        onHole: (hole) => this.#openHole(hole, index),
        onNotice: (notice) => sinks.onNotice?.(notice, name),
        onReset: (known) => this.#startAnew(index, known),
      });
    });
    const emitted: RowSink = (rows) => {
      sinks.onRows?.(rows);
      memory.state[ROW_COUNT] += rows.count;
    };
    const lanes = this.#lanes;
    this.#rowFeatures = rowFeaturesOf(plan, memory.rows, emitted);
    const joined = this.#rowFeatures?.take ?? emitted;
    this.#join = joinOf(plan, this.#tables, lanes, memory.join, joined);
    this.#series = createSeries(plan, this.#tables, memory.series);
    if (this.#join !== undefined && lanes.length > 1)
      this.#limits = createLimits(plan, lanes, this.#join, memory.common);
    this.#aligner = alignerOf(plan, this.#tables, lanes[this.#drive], {
      state: memory.aligner,
      era: this.#rowFeatures?.era,
      sink: this.#join?.addRows ?? joined,
    });
    this.#froms = lanes[this.#drive].clocks.map(() => 0);
    const tables = [...this.#tables, ...(this.#rowFeatures === undefined ? [] : [this.#rowFeatures.columns])];
    this.#snapshots = createSnapshots({ plan, hashing, memory, tables, lanes, join: this.#join });
  }

  push(trades: Trade | TradeBlock, facts?: EventFacts): void {
    const complaint = complaintOf(trades);
    const isBlock = complaint === undefined && 'length' in trades;
    const lane = this.#laneOf(facts, isBlock ? trades.length : 1, complaint);
    if (complaint !== undefined) this.#refuse(lane, complaint, 0, facts);
    lane.expect(facts);
    if (isBlock) return this.#pushBlock(lane, trades, facts);
    setTrade(this.#single, 0, trades as Trade);
    this.#single.length = 1;
    this.#pushBlock(lane, this.#single, facts);
  }

  /** The trades of two markets in one series would be nonsense that looks like data. */
  #laneOf(facts: EventFacts | undefined, length = 0, other?: Complaint): Lane {
    const complaint = other ?? complaintOfFacts(facts, length);
    const lanes = this.#lanes;
    if (complaint !== undefined) {
      if (other !== undefined) return lanes[this.#drive];
      fail('input', 'event', ...complaint);
    }
    const name = facts?.instrument;
    if (name === undefined && lanes.length === 1) return lanes[0];
    const lane = lanes.find(({ instrument }) => instrument.name === name);
    if (lane !== undefined) return lane;
    if (lanes.length === 1)
      return fail(
        'input',
        'event',
        `an event of ${lanes[0].instrument.name}, the chain's instrument`,
        `one of ${name}`,
      );
    const names = lanes.map(({ instrument }) => instrument.name).join(', ');
    return fail('input', 'event', `the instrument it is of (${names})`, name === undefined ? 'none' : `'${name}'`);
  }

  #pushBlock(lane: Lane, block: TradeBlock, facts: EventFacts | undefined): void {
    for (let from = 0; from < block.length;) {
      let to = Math.min(block.length, from + TAPE);
      if (this.#limits !== undefined) {
        const limit = this.#limits.trades(lane, block, from, to);
        if (typeof limit !== 'number') return this.#refuse(lane, limit, from, facts);
        to = limit;
      }
      from = lane.take(block, from, to);
      const { rejection } = lane;
      if (rejection !== undefined) {
        const { problem, expected, found } = rejection;
        this.#refuse(lane, [expected, found], from, facts, ` (${problem})`);
      }
    }
  }

  #refuse(lane: Lane, [expected, found]: Complaint, row: number, facts?: EventFacts, problem = ''): never {
    const place = facts?.place?.(row) ?? `trade ${lane.next + lane.waiting + 1}`;
    const where = facts?.origin === undefined ? place : `${facts.origin}, ${place}`;
    fail('input', where + problem, expected, found);
  }

  /** Computes the features of an instrument's bars that have closed, and emits the rows that are complete with them. */
  #flush(index: number): void {
    const lane = this.#lanes[index];
    const isDrive = index === this.#drive;
    let closed = false;
    for (let k = 0; k < lane.clocks.length; k++) {
      const c = lane.clocks[k];
      const table = this.#tables[c];
      const isNew = table.end > table.done;
      const from = isNew ? table.compute() : table.end;
      if (isDrive) this.#froms[k] = from;
      if (!isNew) continue;
      closed = true;
      const { onBars } = this.#sinks;
      if (onBars) onBars({ clock: this.#plan.clocks[c].name, data: table.data, from, to: table.end });
      if (!isDrive) this.#join?.addBars(index, k, from, table.end);
    }
    if (isDrive && closed) this.#aligner.emit(this.#froms);
    else if (!isDrive) this.#join?.settle();
  }

  pushBar(bar: GivenBar, facts?: BarFacts): void {
    const names = this.#lanes.flatMap(({ given }) => [...given.keys()]);
    if (names.length > 0 || this.#lanes.length === 1) this.#requireFacts(facts);
    const clock = clockOfBar(names, facts);
    const lane = this.#lanes.find(({ given }) => given.has(clock)) as Lane;
    const { name } = lane.instrument;
    if (facts?.instrument !== undefined && facts.instrument !== name)
      fail('input', 'event', `a bar of ${name}, whose clock '${clock}' is`, `one of ${facts.instrument}`);
    this.#limits?.requireTime(lane, bar?.available_at ?? bar?.close_time, facts?.place?.(0) ?? 'pushBar');
    lane.takeBar(bar, clock, facts);
  }

  #requireFacts(facts: EventFacts | undefined): void {
    const complaint = complaintOfFacts(facts, 0);
    if (complaint !== undefined) fail('input', 'event', ...complaint);
  }

  pushSeries(name: string, row: SeriesRow, facts?: EventFacts): void {
    this.#requireFacts(facts);
    const k = this.#series.findIndex((one) => one.name === name);
    const names = this.#series.map((one) => one.name);
    if (k < 0)
      fail(
        'input',
        'pushSeries',
        `a series (${names.join(', ') || 'there is none'})`,
        `'${name}'${nearest(name, names)}`,
      );
    const { clock, index } = this.#series[k];
    const place = facts?.place?.(0) ?? `row of '${name}'`;
    if (!clock.take(row, facts?.origin === undefined ? place : `${facts.origin}, ${place}`)) return;
    const table = this.#tables[index];
    const from = table.compute();
    this.#sinks.onBars?.({ clock: name, data: table.data, from, to: table.end });
    this.#join?.addBars(this.#lanes.length + k, 0, from, table.end);
  }

  advance(time: number, facts?: EventFacts): void {
    const lane = this.#laneOf(facts);
    this.#limits?.requireTime(lane, time, 'advance');
    lane.advance(time, 'advance', facts);
  }

  hole(hole: Hole, facts?: EventFacts): void {
    this.#laneOf(facts).hole(hole, facts);
  }

  #openHole(hole: Hole, index: number): void {
    const { from, to, missing } = hole;
    const isDrive = index === this.#drive;
    // Behind the end of a feed it is one hole that goes on, though it is told of as far as the others have come.
    const goesOn = missing === undefined && from !== 0 && from === this.#holeEnd(index);
    if (!goesOn) this.#memory.state[HOLE_COUNT]++;
    if (isDrive) this.#aligner.hole(to);
    else this.#join?.hole(index, to);
    this.#sinks.onHole?.({ from, to, missing }, this.#plan.instruments[index].name);
  }

  /** What rows hold of an instrument that begins anew is nothing, from `known` on. */
  #startAnew(index: number, known: number): void {
    if (index === this.#drive) {
      this.#aligner.reset();
      this.#rowFeatures?.beginAnew();
    } else this.#join?.forget(index, known);
  }

  /** The end of the newest hole of an instrument; 0 before the first. */
  #holeEnd(index: number): number {
    return index === this.#drive ? this.#aligner.holeEnd() : (this.#join?.holeEnd(index) ?? 0);
  }

  release(time: number, facts?: EventFacts): void {
    this.#requireFacts(facts);
    const { times } = this.#lanes[this.#drive].instrument;
    if (!Number.isInteger(time)) fail('input', 'release', 'an integer time', shown(time));
    if (time < times.from || time >= times.to)
      fail('input', 'release', `a time from ${formatTime(times.from)} to ${formatTime(times.to)}`, formatTime(time));
    this.#join?.release(time);
  }

  snapshot(over?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    return this.#snapshots.write(this.epoch, over);
  }

  restore(bytes: Uint8Array, other?: number): void {
    if (other !== undefined) checkedEpoch(other);
    const own = this.#snapshots.restore(bytes);
    this.#aligner.reset();
    this.epoch = checkedEpoch(other ?? own);
  }

  counts(): EngineCounts {
    return countsOf({
      plan: this.#plan,
      state: this.#memory.state,
      tables: this.#tables,
      lanes: this.#lanes,
      series: this.#series,
      waitingRows: this.#join?.waiting ?? 0,
    });
  }

  lastEvent(): LastEvent | undefined {
    return lastEventOf(this.#lanes);
  }
}
