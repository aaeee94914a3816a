/** A wrapper that computes features of rows anew, from rows that hold only what their clocks give, with whatever is to be other. */
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { ROWS } from 'minotaur-core/internal/chain/row-plan';
import type { AlignedRows, RowBlock } from 'minotaur-core/internal/rows/align';
import { createEngine } from '../../node/engine.ts';
import { hasRows } from '../harness/row-columns.ts';
import { addTail, createRowStage, cutTail, type RowStage } from './row-stage.ts';
import { pushThen, type Wrap } from './wrap.ts';

/** What is to be other. */
interface StageChange {
  /** Rows that are waited for, of those that are needed. */
  readonly needed?: (needed: number) => number;
  /** They start anew with every push. */
  readonly restarts?: true;
  /** A snapshot leaves out what they remember. */
  readonly forgets?: true;
  /** They are computed of the row before. */
  readonly late?: true;
}

/** The same chain; where it has no features of rows, unchanged. */
export function restage(change: StageChange): Wrap {
  return (inner) => (sinks) => {
    const { plan, schema, columns } = inner({});
    if (!hasRows(plan)) return inner(sinks);
    const width = columns.length - plan.rows.graph.features.length;
    const { rows: wanted } = plan.rows.warmup;
    const needed = change.needed?.(wanted) ?? wanted;
    const sink = (rows: RowBlock): void => {
      // What the row itself holds is put back.
      if (held !== undefined) rows.values.set(held);
      sinks.onRows?.(rows);
    };
    const start = (): RowStage => createRowStage(plan, sink, needed);
    let held: Float64Array | undefined;
    let stage = start();
    let before = new Float64Array(width).fill(NaN);
    let holeEnd = 0;
    const onRows = (rows: RowBlock): void => {
      const wide = widen(rows, columns.length, holeEnd);
      if (change.late === undefined) return stage.take(wide);
      for (let r = 0; r < wide.count; r++) {
        const row = oneRow(wide, r);
        const own = row.values.slice(0, width);
        held = own;
        row.values.set(before);
        stage.take(row);
        before = own;
      }
    };
    const engine = createEngine(bare(plan), {
      ...sinks,
      onRows,
      onHole(hole, instrument) {
        holeEnd = Math.max(holeEnd, hole.to);
        sinks.onHole?.(hole, instrument);
      },
    });
    const restart = (): void => {
      if (change.restarts !== undefined) stage = start();
    };
    return {
      ...engine,
      plan,
      schema,
      columns,
      push: pushThen(engine, restart),
      snapshot: () =>
        change.forgets === undefined ? addTail(engine.snapshot(), [...stage.save(), ...before]) : engine.snapshot(),
      restore(bytes, epoch) {
        stage = start();
        if (change.forgets !== undefined) return engine.restore(bytes, epoch);
        const cut = cutTail(bytes, stage.saveLength + width);
        engine.restore(cut.bytes, epoch);
        stage.load(cut.tail.subarray(0, stage.saveLength));
        before = cut.tail.slice(stage.saveLength);
      },
    };
  };
}

function bare({ config }: Plan): Plan {
  const features = Object.entries(config.features).filter(([name]) => name !== ROWS);
  return createPlan({ ...config, features: Object.fromEntries(features), ready: { ...config.ready, ignore: [] } });
}

/** A copy of rows with room for more values at the end of each. */
function widen({ count, width, time, values, ready, complete }: RowBlock, to: number, end: number): AlignedRows {
  const wide = new Float64Array(count * to);
  for (let r = 0; r < count; r++) wide.set(values.subarray(r * width, (r + 1) * width), r * to);
  const flags = {
    ready: ready.slice(),
    complete: complete.slice(),
    holeEnd: new Float64Array(count).fill(end),
    era: new Float64Array(count),
  };
  return { count, width: to, values: wide, time: time.slice(), ...flags };
}

function oneRow({ width, time, values, ready, complete, holeEnd, era }: AlignedRows, r: number): AlignedRows {
  const one = (of: Float64Array): Float64Array => of.subarray(r, r + 1);
  return {
    count: 1,
    width,
    time: one(time),
    values: values.subarray(r * width, (r + 1) * width),
    ready: one(ready),
    complete: one(complete),
    holeEnd: one(holeEnd),
    era: one(era),
  };
}
