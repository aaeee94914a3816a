/** A wrapper that joins an engine's rows anew from its bars, with whatever is to be other about the bars or the join. */
import type { BarRows } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { appendBars, keepBars, keepLast, type KeptBars } from './kept-bars.ts';
import { readClock } from 'minotaur-core/internal/chain/row-stages';
import { createAligner, type AlignedClock } from 'minotaur-core/internal/rows/align';
import { holeSlots } from 'minotaur-core/internal/rows/holes';
import { addTail, createRowStage, cutTail, type RowStage } from './row-stage.ts';
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
    const clocks = plan.clocks.map((clock, c) => {
      const plain = readClock(clock, kept[c]);
      return { ...plain, ...how(plain, plan, c) };
    });
    const state = new Float64Array(holeSlots(clocks.length));
    const stage = createRowStage(plan, sinks.onRows ?? (() => {}));
    const aligner = createAligner({ clocks, drive: plan.drive, state, room: stage.room, sink: stage.take });
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
      snapshot: () => addTail(engine.snapshot(), tailOf(kept, state, stage)),
      hole: (hole, facts) => (engine.hole(hole, facts), open()),
      restore(bytes) {
        const columns = kept.reduce((sum, { data }) => sum + data.length, 0);
        const cut = cutTail(bytes, columns + state.length + stage.saveLength);
        engine.restore(cut.bytes);
        loadTail(cut.tail, kept, state, stage);
        aligner.reset();
        restored(state);
      },
    };
  };
}

/** The newest bars, what the aligner knows of holes and what features of rows remember belong to the state. */
function* tailOf(kept: readonly KeptBars[], state: Float64Array, stage: RowStage): Generator<number> {
  for (const { data } of kept) for (const column of data) yield column[0];
  yield* state;
  yield* stage.save();
}

function loadTail(tail: Float64Array, kept: readonly KeptBars[], state: Float64Array, stage: RowStage): void {
  let at = 0;
  for (const { data } of kept) for (const column of data) column[0] = tail[at++];
  state.set(tail.subarray(at, at + state.length));
  stage.load(tail.subarray(at + state.length));
  for (const table of kept) table.end = 1;
}
