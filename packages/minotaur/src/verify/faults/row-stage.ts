/** Features of rows behind an aligner that stands outside the chain, and their state. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { AlignedSink, RowSink } from 'minotaur-core/internal/rows/align';
import { createRowFeatures, ROW_FEATURE_SLOTS } from 'minotaur-core/internal/rows/row-features';
import { hasRows } from '../harness/row-columns.ts';

export interface RowStage {
  /** Takes rows with room at their ends. */
  readonly take: AlignedSink;
  /** So many values. */
  readonly room: number;
  readonly saveLength: number;
  save(): Float64Array;
  load(saved: Float64Array): void;
}

/** Rows that need `needed` rows are ready and complete; where no features of rows are asked for, they go through. */
export function createRowStage(plan: Plan, sink: RowSink, needed = plan.rows?.warmup.rows ?? 1): RowStage {
  if (!hasRows(plan)) return { take: sink, room: 0, saveLength: 0, save: () => new Float64Array(0), load: () => {} };
  const { graph, reads } = plan.rows;
  const state = new Float64Array(ROW_FEATURE_SLOTS);
  const room = graph.features.length;
  const width = plan.columns.length - room;
  const { take, columns } = createRowFeatures({ graph, reads, needed, width, state, sink });
  const saveLength = ROW_FEATURE_SLOTS + columns.saveLength;
  return {
    take,
    room,
    saveLength,
    save() {
      const into = new Float64Array(saveLength);
      into.set(state);
      columns.save(into, ROW_FEATURE_SLOTS);
      return into;
    },
    load(saved) {
      state.set(saved.subarray(0, ROW_FEATURE_SLOTS));
      columns.load(saved, ROW_FEATURE_SLOTS);
    },
  };
}

/** `bytes` with doubles behind them. */
export function addTail(bytes: Uint8Array, doubles: Iterable<number>): Uint8Array<ArrayBuffer> {
  const tail = new Uint8Array(Float64Array.from(doubles).buffer);
  const whole = new Uint8Array(bytes.length + tail.length);
  whole.set(bytes);
  whole.set(tail, bytes.length);
  return whole;
}

/** What {@link addTail} put together, taken apart. */
export function cutTail(bytes: Uint8Array, length: number): { bytes: Uint8Array; tail: Float64Array } {
  const at = bytes.length - 8 * length;
  return { bytes: bytes.subarray(0, at), tail: new Float64Array(bytes.slice(at).buffer) };
}
