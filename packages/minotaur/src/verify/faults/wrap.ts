/** Wrappers around an engine: what comes in and what goes out, changed from outside. */
import type { Engine } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { blockOf, copyTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { MakeEngine } from '../harness/sides.ts';

/** Puts something around the engines that are made. */
export type Wrap = (inner: MakeEngine) => MakeEngine;

/** Changes a copy of each block of trades before the engine sees it, or puts another in its place. */
export function changeTrades(change: (block: TradeBlock) => TradeBlock | void): Wrap {
  return (inner) => (sinks) => {
    const engine = inner(sinks);
    return {
      ...engine,
      push(trades, facts) {
        const copy = 'length' in trades ? copyTrades(trades) : blockOf([trades]);
        engine.push(change(copy) ?? copy, facts);
      },
    };
  };
}

/** Pushes, then does `then`: where a trade is rejected too, because those before it have been used and their rows are out. */
export function pushThen(engine: Engine, then: () => void): Engine['push'] {
  return (trades, facts) => {
    try {
      engine.push(trades, facts);
    } finally {
      then();
    }
  };
}

/** Changes a copy of the rows of each push; all rows of a push are handed over together, as a historical build has them. */
export function changeRows(change: (rows: RowBlock, plan: Plan) => void): Wrap {
  return (inner) => (sinks) => {
    let blocks: RowBlock[] = [];
    const engine = inner({ ...sinks, onRows: (rows) => void blocks.push(copyRows(rows)) });
    return {
      ...engine,
      push: pushThen(engine, () => {
        const rows = joinBlocks(blocks, engine.columns.length);
        blocks = [];
        change(rows, engine.plan);
        if (rows.count > 0) sinks.onRows?.(rows);
      }),
      advance(time, facts) {
        engine.advance(time, facts);
        for (const rows of blocks) sinks.onRows?.(rows);
        blocks = [];
      },
    };
  };
}

/** Rows that stay when the engine uses its buffers again. */
export function copyRows({ count, width, time, values, ready, complete }: RowBlock): RowBlock {
  return {
    count,
    width,
    time: time.slice(0, count),
    values: values.slice(0, count * width),
    ready: ready.slice(0, count),
    complete: complete.slice(0, count),
  };
}

function joinBlocks(blocks: readonly RowBlock[], width: number): RowBlock {
  const count = blocks.reduce((sum, block) => sum + block.count, 0);
  const column = (): Float64Array => new Float64Array(count);
  const values = new Float64Array(count * width);
  const joined: RowBlock = { count, width, time: column(), values, ready: column(), complete: column() };
  let at = 0;
  for (const block of blocks) {
    joined.time.set(block.time, at);
    joined.ready.set(block.ready, at);
    joined.complete.set(block.complete, at);
    joined.values.set(block.values, at * width);
    at += block.count;
  }
  return joined;
}
