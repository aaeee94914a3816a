/** Wrappers around an engine: what comes in and what goes out, changed from outside. */
import type { Engine } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import {
  copyTrades,
  createTradeBlock,
  setTrade,
  type Trade,
  type TradeBlock,
} from 'minotaur-core/internal/trades/trade';
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
        const copy = 'length' in trades ? copyTrades(trades) : blockOf(trades);
        engine.push(change(copy) ?? copy, facts);
      },
    };
  };
}

function blockOf(trade: Trade): TradeBlock {
  const block = createTradeBlock(1);
  setTrade(block, 0, trade);
  block.length = 1;
  return block;
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
