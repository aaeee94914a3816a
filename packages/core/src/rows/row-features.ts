/**
 * Features of rows: expressions over the columns of the joined row and its time, with state along the rows. They stand behind the
 * aligner: each row that it emits is one row of running columns, and what is computed of it fills the row's end.
 */
import { createColumns, type Columns } from '../features/contract/columns.ts';
import type { FeatureGraph } from '../features/contract/graph.ts';
import type { AlignedRows, AlignedSink, RowSink } from './align.ts';

/** Rows whose clocks are ready, up to the newest, one after the other. */
const READY_RUN = 0;
/** 1 once there was a hole, or a row whose clocks were not complete. */
const BROKEN = 1;
/** Rows since, whose clocks were complete, one after the other. */
const COMPLETE_RUN = 2;
/** End of the newest hole of the driving instrument before the newest row. */
const HOLE_END = 3;
/** How often an instrument of the newest row had begun anew. */
const ERA = 4;
/** How often the driving instrument has. */
const OWN_ERA = 5;
/** Slots, zero at the start. */
export const ROW_FEATURE_SLOTS = 6;

/** The row's time where a column of the graph stands for it, among places of columns. */
export const TIME = -1;

export interface RowFeatures {
  /** All that is remembered of rows, flags excepted. */
  readonly columns: Columns;
  /** The driving instrument begins anew. */
  beginAnew(): void;
  /** How often it has. */
  era(): number;
  /** Fills in the ends of rows, and what their flags become. */
  readonly take: AlignedSink;
}

export interface RowFeaturesOptions {
  /** Over those columns of the row that a feature reads, and its time. */
  readonly graph: FeatureGraph;
  /** Of each column that the graph is given: its place in the row, {@link TIME} for the row's time. */
  readonly reads: readonly number[];
  /** Rows, whose clocks are ready, that a row needs to be ready itself; to be complete as many that are complete. */
  readonly needed: number;
  /** Values of a row before its features. */
  readonly width: number;
  readonly state: Float64Array;
  /** Is handed the same blocks. */
  readonly sink: RowSink;
}

export function createRowFeatures({ graph, reads, needed, width, state, sink }: RowFeaturesOptions): RowFeatures {
  const columns = createColumns(graph);
  const features = graph.features.map(({ column }) => column);

  /** What is true of the clocks of a row becomes what is true of the row. */
  function flag({ ready, complete, holeEnd, era }: AlignedRows, r: number): void {
    // What is remembered of rows before an instrument began anew is of another: it has to be gone.
    if (era[r] !== state[ERA]) state[READY_RUN] = 0;
    state[ERA] = era[r];
    state[READY_RUN] = ready[r] === 1 ? state[READY_RUN] + 1 : 0;
    if (state[READY_RUN] < needed) ready[r] = 0;
    // Between rows with a hole between them others may be missing, whether or not they are complete themselves.
    if (complete[r] !== 1 || holeEnd[r] !== state[HOLE_END]) {
      state[BROKEN] = 1;
      state[COMPLETE_RUN] = 0;
    }
    state[HOLE_END] = holeEnd[r];
    if (state[BROKEN] === 0) return;
    state[COMPLETE_RUN] = complete[r] === 1 ? state[COMPLETE_RUN] + 1 : 0;
    if (state[COMPLETE_RUN] < needed) complete[r] = 0;
  }

  return {
    columns,
    beginAnew: () => void state[OWN_ERA]++,
    era: () => state[OWN_ERA],
    take(block) {
      const { count, width: stride, time, values } = block;
      for (let r = 0; r < count; r++) {
        const i = columns.append();
        const { data } = columns;
        for (let k = 0; k < reads.length; k++) data[k][i] = reads[k] === TIME ? time[r] : values[r * stride + reads[k]];
      }
      const from = columns.compute();
      for (let r = 0; r < count; r++) {
        columns.read(features, from + r, values, r * stride + width);
        flag(block, r);
      }
      sink(block);
    },
  };
}
