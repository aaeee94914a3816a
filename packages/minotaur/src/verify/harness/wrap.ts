/** Wrappers around an engine: what comes in, what goes out, and how clocks are joined, changed from outside. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { BarRows } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { createAligner, type AlignedClock, type RowBlock } from 'minotaur-core/internal/rows/align';
import { copyTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { MakeEngine } from './trace.ts';

export type Wrap = (inner: MakeEngine) => MakeEngine;

/** Changes a copy of each block of trades before the engine sees it, or puts another in its place. */
export function changeTrades(change: (block: TradeBlock) => TradeBlock | void): Wrap {
  return (inner) => (sinks) => {
    const engine = inner(sinks);
    return {
      ...engine,
      push(trades, facts) {
        if (!('length' in trades)) return engine.push(trades, facts);
        const copy = copyTrades(trades);
        engine.push(change(copy) ?? copy, facts);
      },
    };
  };
}

/** Changes a copy of the rows of each push; all rows of a push are handed over together, as a historical build has them. */
export function changeRows(change: (rows: RowBlock, plan: Plan) => void): Wrap {
  return (inner) => (sinks) => {
    let blocks: RowBlock[] = [];
    const engine = inner({ ...sinks, onRows: (rows) => void blocks.push(copyRows(rows)) });
    return {
      ...engine,
      push(trades, facts) {
        // A run that is rejected has used the trades before, and their rows are out.
        try {
          engine.push(trades, facts);
        } finally {
          const rows = joinBlocks(blocks, engine.columns.length);
          blocks = [];
          change(rows, engine.plan);
          if (rows.count > 0) sinks.onRows?.(rows);
        }
      },
      advance(time) {
        engine.advance(time);
        for (const rows of blocks) sinks.onRows?.(rows);
        blocks = [];
      },
    };
  };
}

/** Rows that stay when the engine uses its buffers again. */
export function copyRows({ count, width, time, values, ready }: RowBlock): RowBlock {
  const rows = { time: time.slice(0, count), values: values.slice(0, count * width), ready: ready.slice(0, count) };
  return { count, width, ...rows };
}

function joinBlocks(blocks: readonly RowBlock[], width: number): RowBlock {
  const count = blocks.reduce((sum, block) => sum + block.count, 0);
  const room = { time: new Float64Array(count), ready: new Float64Array(count) };
  const joined = { count, width, ...room, values: new Float64Array(count * width) };
  let at = 0;
  for (const block of blocks) {
    joined.time.set(block.time, at);
    joined.ready.set(block.ready, at);
    joined.values.set(block.values, at * width);
    at += block.count;
  }
  return joined;
}

/** Bars of one clock, kept from the last of the push before. */
interface KeptBars {
  readonly data: Float64Array[];
  end: number;
  readonly read: AlignedClock['source']['read'];
}

function keepBars(columns: number): KeptBars {
  const data = Array.from({ length: columns }, () => new Float64Array(64).fill(NaN));
  return { data, end: 1, read: (of, i, into, at) => of.forEach((c, k) => (into[at + k] = data[c][i])) };
}

/** Changes closed bars, on a copy, and joins rows from them with the aligner given other columns to go by. */
export function rejoin(
  how: (clock: AlignedClock, plan: Plan, index: number) => Partial<AlignedClock>,
  changeBar: (bar: Float64Array[], i: number, plan: Plan, clock: number) => void = () => {},
): Wrap {
  return (inner) => (sinks) => {
    const kept: KeptBars[] = [];
    const take = (bars: BarRows): void => {
      const clock = engine.plan.clocks.findIndex(({ name }) => name === bars.clock);
      const from = kept[clock].end;
      append(kept[clock], bars);
      for (let i = from; i < kept[clock].end; i++) changeBar(kept[clock].data, i, engine.plan, clock);
      sinks.onBars?.({ clock: bars.clock, data: kept[clock].data, from, to: kept[clock].end });
    };
    const engine = inner({ ...sinks, onRows: () => {}, onBars: take });
    const { plan } = engine;
    for (const { graph } of plan.clocks) kept.push(keepBars(graph.columns.length));
    const clocks = plan.clocks.map(({ graph, warmup }, c): AlignedClock => {
      const features = graph.features.map((f) => f.column);
      const { available_at: availableAt, event, ordinal } = COLUMN;
      const plain = { source: kept[c], features, availableAt, event, ordinal, warmup: warmup.bars };
      return { ...plain, ...how(plain, plan, c) };
    });
    const aligner = createAligner(clocks, plan.drive, sinks.onRows ?? (() => {}));
    const join = (): void => {
      aligner.emit(kept.map(() => 1));
      for (const table of kept) keepLast(table);
    };
    return {
      ...engine,
      push(trades, facts) {
        try {
          engine.push(trades, facts);
        } finally {
          join();
        }
      },
      advance: (time) => (engine.advance(time), join()),
      snapshot: () => addTail(engine.snapshot(), kept),
      restore: (bytes) => (engine.restore(cutTail(bytes, kept)), aligner.reset()),
    };
  };
}

function append(table: KeptBars, { data, from, to }: BarRows): void {
  if (table.end + to - from > table.data[0].length) {
    table.data.forEach((column, c) => {
      table.data[c] = new Float64Array(2 * (table.end + to - from));
      table.data[c].set(column);
    });
  }
  table.data.forEach((column, c) => column.set(data[c].subarray(from, to), table.end));
  table.end += to - from;
}

/** Row 0 becomes the newest bar; it is available to whatever comes. */
function keepLast(table: KeptBars): void {
  for (const column of table.data) column[0] = column[table.end - 1];
  table.end = 1;
}

/** The newest bars belong to the state: they follow it in the snapshot. */
function addTail(bytes: Uint8Array, kept: readonly KeptBars[]): Uint8Array<ArrayBuffer> {
  const tail = new Uint8Array(Float64Array.from(kept.flatMap(({ data }) => data.map((column) => column[0]))).buffer);
  const whole = new Uint8Array(bytes.length + tail.length);
  whole.set(bytes);
  whole.set(tail, bytes.length);
  return whole;
}

function cutTail(bytes: Uint8Array, kept: readonly KeptBars[]): Uint8Array {
  const columns = kept.flatMap(({ data }) => data);
  const length = bytes.length - 8 * columns.length;
  const tail = new Float64Array(bytes.slice(length).buffer);
  columns.forEach((column, i) => (column[0] = tail[i]));
  for (const table of kept) table.end = 1;
  return bytes.slice(0, length);
}
