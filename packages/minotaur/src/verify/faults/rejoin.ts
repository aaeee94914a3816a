/** A wrapper that joins an engine's rows anew from its bars, with whatever is to be other about the bars or the join. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { BarRows } from 'minotaur-core/internal/chain/contract';
import { appendBars, keepBars, keepLast, type KeptBars } from './kept-bars.ts';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { createAligner, type AlignedClock } from 'minotaur-core/internal/rows/align';
import { holeSlots } from 'minotaur-core/internal/rows/holes';
import { pushThen, type Wrap } from './wrap.ts';

/** What is to be other about holes. */
interface HoleChange {
  /** Holes count only after the push that they come with. */
  readonly late?: boolean;
  /** Is handed what the aligner knows of them. */
  readonly restored?: (state: Float64Array) => void;
}

/** Changes closed bars, on a copy, and joins rows from them with the aligner given other columns to go by. */
export function rejoin(
  how: (clock: AlignedClock, plan: Plan, index: number) => Partial<AlignedClock>,
  changeBar: (bar: Float64Array[], i: number, plan: Plan, clock: number) => void = () => {},
  { late = false, restored = () => {} }: HoleChange = {},
): Wrap {
  return (inner) => (sinks) => {
    const kept: KeptBars[] = [];
    const take = (bars: BarRows): void => {
      const clock = engine.plan.clocks.findIndex(({ name }) => name === bars.clock);
      const from = kept[clock].end;
      appendBars(kept[clock], bars);
      for (let i = from; i < kept[clock].end; i++) changeBar(kept[clock].data, i, engine.plan, clock);
      sinks.onBars?.({ clock: bars.clock, data: kept[clock].data, from, to: kept[clock].end });
    };
    const engine = inner({
      ...sinks,
      onRows: () => {},
      onBars: take,
      onHole(hole, instrument) {
        if (!late) join();
        pending.push(hole.to);
        if (!late) open();
        sinks.onHole?.(hole, instrument);
      },
    });
    const { plan } = engine;
    for (const { graph } of plan.clocks) kept.push(keepBars(graph.columns.length));
    const clocks = plan.clocks.map(({ graph, warmup }, c): AlignedClock => {
      const features = graph.features.map((f) => f.column);
      const { open_time: openTime, available_at: availableAt, event, ordinal } = COLUMN;
      const plain = {
        source: kept[c],
        features,
        openTime,
        availableAt,
        event,
        ordinal,
        warmup: warmup.bars,
        behind: warmup.bars,
      };
      return { ...plain, ...how(plain, plan, c) };
    });
    const state = new Float64Array(holeSlots(clocks.length));
    const aligner = createAligner({ clocks, drive: plan.drive, state, sink: sinks.onRows ?? (() => {}) });
    const pending: number[] = [];
    const open = (): void => {
      for (const to of pending.splice(0)) aligner.hole(to);
    };
    const join = (): void => {
      aligner.emit(kept.map(() => 1));
      for (const table of kept) keepLast(table);
      open();
    };
    return {
      ...engine,
      push: pushThen(engine, join),
      advance: (time, facts) => (engine.advance(time, facts), join()),
      snapshot: () => addTail(engine.snapshot(), kept, state),
      hole: (hole, facts) => (engine.hole(hole, facts), open()),
      restore: (bytes) => (engine.restore(cutTail(bytes, kept, state)), aligner.reset(), restored(state)),
    };
  };
}

/** The newest bars and what the aligner knows of holes belong to the state: they follow it in the snapshot. */
function addTail(bytes: Uint8Array, kept: readonly KeptBars[], state: Float64Array): Uint8Array<ArrayBuffer> {
  const bars = kept.flatMap(({ data }) => data.map((column) => column[0]));
  const tail = new Uint8Array(Float64Array.from([...bars, ...state]).buffer);
  const whole = new Uint8Array(bytes.length + tail.length);
  whole.set(bytes);
  whole.set(tail, bytes.length);
  return whole;
}

function cutTail(bytes: Uint8Array, kept: readonly KeptBars[], state: Float64Array): Uint8Array {
  const columns = kept.flatMap(({ data }) => data);
  const length = bytes.length - 8 * (columns.length + state.length);
  const tail = new Float64Array(bytes.slice(length).buffer);
  columns.forEach((column, i) => (column[0] = tail[i]));
  state.set(tail.subarray(columns.length));
  for (const table of kept) table.end = 1;
  return bytes.slice(0, length);
}
