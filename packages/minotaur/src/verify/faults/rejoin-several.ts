/** A wrapper that joins the rows of several instruments anew from an engine's bars, with whatever is to be other about waiting. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { BarRows, Engine, EngineSinks, EventFacts } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { readClock } from 'minotaur-core/internal/chain/row-stages';
import { createAligner, type Aligner } from 'minotaur-core/internal/rows/align';
import { holeSlots } from 'minotaur-core/internal/rows/holes';
import { createJoin, joinSlots, type Join } from 'minotaur-core/internal/rows/join';
import type { JoinedClock } from 'minotaur-core/internal/rows/joined-lane';
import { appendBars, keepBars, keepLast, type KeptBars } from './kept-bars.ts';
import { createRowStage, type RowStage } from './row-stage.ts';
import type { Wrap } from './wrap.ts';

/** What is to be other. */
export interface OtherJoin {
  /** Latency of another instrument, by the declared one. */
  readonly latency?: (declared: number) => number;
  /** How far another instrument is taken to have come: by how far it has, and how far every other one has. */
  readonly known?: (own: number, others: readonly number[]) => number;
  /** Whether a watermark counts for that. */
  readonly watermarks?: boolean;
  /** How rows read a clock of another instrument; `arrival` is a column with when each bar may first be used. */
  readonly clock?: (clock: JoinedClock, arrival: number) => Partial<JoinedClock>;
  /** Of a hole of another instrument: whether it is heard of, and whether at once, whatever the row sees of that instrument. */
  readonly holes?: 'none' | 'at once';
  /** Whether rows that wait are in the snapshot. */
  readonly savesWaiting?: boolean;
  /** Changes a bar that has closed, on a copy. */
  readonly changeBar?: (bar: Float64Array[], i: number, engine: Engine, instrument: number) => void;
}

/** Where rows wait, and what makes them. */
interface Stages {
  readonly aligner: Aligner;
  readonly join: Join;
  /** Behind them: features of rows. */
  readonly stage: RowStage;
  readonly alignerState: Float64Array;
  readonly joinState: Float64Array;
  /** Values of a row that waits. */
  readonly ownWidth: number;
}

/** What a wrapper keeps beside the engine. */
interface Kept {
  /** By clock. */
  readonly bars: KeptBars[];
  /** By instrument: up to where it has come. */
  readonly reached: number[];
  readonly savesWaiting: boolean;
}

/** Joins rows anew. */
export function rejoinSeveral(other: OtherJoin): Wrap {
  return (inner) => (sinks) => {
    const kept: Kept = { bars: [], reached: [], savesWaiting: other.savesWaiting ?? true };
    let declaring = false;
    const engine = inner({
      ...sinks,
      onRows: () => {},
      onBars: (bars) => takeBars(engine, kept, bars, other, sinks),
      onHole(hole, name) {
        const index = indexOf(engine.plan, name);
        // What the chain finds itself begins with the newest trade.
        if (!declaring) kept.reached[index] = Math.max(kept.reached[index], hole.from);
        flush(index);
        openHole(index, hole.to);
        sinks.onHole?.(hole, name);
      },
    });
    const { plan } = engine;
    const own = plan.clocks[plan.drive].instrument;
    for (const { graph } of plan.clocks) kept.bars.push(keepBars(graph.columns.length + 1));
    for (const _ of plan.instruments) kept.reached.push(0);
    let blind = false;
    const stages = createStages(plan, kept, other, sinks, () => blind);
    const openHole = (index: number, to: number): void => {
      if (index === own) return stages.aligner.hole(to);
      if (other.holes === 'none') return;
      blind = other.holes === 'at once';
      stages.join.hole(index, to);
      blind = false;
    };
    const flush = (index: number): void => flushLane(plan, kept, stages, index);
    return around(engine, kept, { other, stages, flush, declare: (isOn) => void (declaring = isOn) });
  };
}

/** Hands on the bars of one instrument that have closed. */
function flushLane(plan: Plan, { bars }: Kept, { aligner, join }: Stages, index: number): void {
  const own = plan.clocks[plan.drive].instrument;
  const clocks = plan.clocks.flatMap(({ instrument }, c) => (instrument === index ? [c] : []));
  if (index === own) aligner.emit(clocks.map(() => 1));
  else clocks.forEach((c, k) => bars[c].end > 1 && join.addBars(index, k, 1, bars[c].end));
  for (const c of clocks) keepLast(bars[c]);
  if (index !== own) join.settle();
}

interface Rejoining {
  readonly other: OtherJoin;
  readonly stages: Stages;
  flush(index: number): void;
  /** A hole that is told of from now on is on its way in; or no longer. */
  declare(isOn: boolean): void;
}

/** The engine with rows joined anew behind each event. */
function around(engine: Engine, kept: Kept, { other, stages, flush, declare }: Rejoining): Engine {
  /** `come`: up to where the instrument has come with the event, also where it was refused half-way. */
  const then = (facts: EventFacts | undefined, come: () => number, event: () => void): void => {
    const index = indexOf(engine.plan, facts?.instrument);
    try {
      event();
    } finally {
      kept.reached[index] = Math.max(kept.reached[index], come());
      flush(index);
    }
  };
  return {
    ...engine,
    push(trades, facts) {
      const times = 'length' in trades ? trades.time.subarray(0, trades.length) : Float64Array.of(trades.time);
      let used = times.length;
      const place = (row: number): string => `trade ${(used = row) + 1}`;
      const come = (): number => times.subarray(0, used).reduce((a, b) => Math.max(a, b), 0);
      then(facts, come, () => engine.push(trades, { ...facts, place }));
    },
    advance(time, facts) {
      let come = 0;
      const advance = (): void => {
        engine.advance(time, facts);
        if (other.watermarks ?? true) come = time;
      };
      then(facts, () => come, advance);
    },
    hole(hole, facts) {
      declare(true);
      try {
        engine.hole(hole, facts);
      } finally {
        declare(false);
      }
    },
    release(time, facts) {
      engine.release(time, facts);
      stages.join.release(time);
    },
    snapshot: () => addTail(engine.snapshot(), kept, stages),
    restore(bytes, epoch) {
      engine.restore(cutTail(bytes, kept, stages), epoch);
      stages.aligner.reset();
    },
  };
}

const indexOf = ({ instruments }: Plan, name: string | undefined): number =>
  instruments.findIndex((one) => one.name === name);

function takeBars(engine: Engine, { bars: kept }: Kept, bars: BarRows, other: OtherJoin, sinks: EngineSinks): void {
  const { clocks, lanes } = engine.plan;
  const c = clocks.findIndex(({ name }) => name === bars.clock);
  const { instrument } = clocks[c];
  const from = kept[c].end;
  appendBars(kept[c], bars);
  const { data, end } = kept[c];
  for (let i = from; i < end; i++) {
    data[data.length - 1][i] = data[COLUMN.available_at][i] + lanes.latency[instrument];
    other.changeBar?.(data, i, engine, instrument);
  }
  sinks.onBars?.({ clock: bars.clock, data: data.slice(0, -1), from, to: end });
}

function createStages(plan: Plan, kept: Kept, other: OtherJoin, sinks: EngineSinks, isBlind: () => boolean): Stages {
  const own = plan.clocks[plan.drive].instrument;
  const { reached } = kept;
  let width = 0;
  const clocks = plan.clocks.map((planned, c) => {
    const { graph, instrument } = planned;
    const at = width;
    width += graph.features.length + 1;
    const clock = { ...readClock(planned, kept.bars[c]), maxAge: Infinity, at };
    return instrument === own
      ? clock
      : { ...clock, ...other.clock?.(clock, graph.columns.length), source: kept.bars[c] };
  });
  const of = (index: number) => clocks.filter((_, c) => plan.clocks[c].instrument === index);
  const lanes = plan.instruments.map((_, index) => ({
    clocks: index === own ? [] : of(index),
    latency: (other.latency ?? ((declared) => declared))(plan.lanes.latency[index]),
    known(): number {
      if (index === own) return Infinity;
      if (isBlind()) return 0;
      return (
        other.known?.(
          reached[index],
          reached.filter((_time, i) => i !== own),
        ) ?? reached[index]
      );
    },
  }));
  const joinState = new Float64Array(joinSlots(lanes.map((lane) => lane.clocks.length)));
  const places = of(own).map(({ at, features }) => ({ at, length: features.length + 1 }));
  const stage = createRowStage(plan, sinks.onRows ?? (() => {}));
  const { room, take: sink } = stage;
  const join = createJoin({ lanes, next: () => reached[own], own: places, width, room, state: joinState, sink });
  const alignerState = new Float64Array(holeSlots(places.length));
  const drive = of(own).indexOf(clocks[plan.drive]);
  const aligner = createAligner({ clocks: of(own), drive, state: alignerState, sink: join.addRows });
  return {
    aligner,
    join,
    stage,
    alignerState,
    joinState,
    ownWidth: places.reduce((sum, { length }) => sum + length, 0),
  };
}

/** Of the join's state: how many rows wait. */
const WAITING = 1;
/** Of a row that waits, beside its values. */
const WAITING_HEAD = 3;

/** What is kept belongs to the state: it follows it in the snapshot, its length last. */
function addTail(bytes: Uint8Array, { bars, reached, savesWaiting }: Kept, stages: Stages): Uint8Array<ArrayBuffer> {
  const { join, joinState, alignerState, stage, ownWidth } = stages;
  let saved = new Float64Array(join.saveLength());
  join.save(saved, 0);
  const state = joinState.slice();
  if (!savesWaiting) {
    saved = saved.slice(state[WAITING] * (WAITING_HEAD + ownWidth));
    state[WAITING] = 0;
  }
  const newest = bars.flatMap(({ data }) => data.map((column) => column[0]));
  const doubles = [...newest, ...reached, ...alignerState, ...stage.save(), ...state, ...saved];
  const tail = new Uint8Array(Float64Array.of(...doubles, doubles.length).buffer);
  const whole = new Uint8Array(bytes.length + tail.length);
  whole.set(bytes);
  whole.set(tail, bytes.length);
  return whole;
}

function cutTail(bytes: Uint8Array, { bars, reached }: Kept, stages: Stages): Uint8Array {
  const [count] = new Float64Array(bytes.slice(bytes.length - 8).buffer);
  const end = bytes.length - 8 * (count + 1);
  const tail = new Float64Array(bytes.slice(end).buffer);
  let at = 0;
  for (const kept of bars) {
    for (const column of kept.data) column[0] = tail[at++];
    kept.end = 1;
  }
  for (let i = 0; i < reached.length; i++) reached[i] = tail[at++];
  const take = (length: number): Float64Array => tail.subarray(at, (at += length));
  stages.alignerState.set(take(stages.alignerState.length));
  stages.stage.load(take(stages.stage.saveLength));
  stages.joinState.set(take(stages.joinState.length));
  stages.join.load(tail, at);
  return bytes.slice(0, end);
}
