/** The live path: one trade at a time. */
import { idNumber, setId } from '../packages/core/src/trades/id.ts';
import { PerformanceObserver } from 'node:perf_hooks';
import { createEngine } from '../packages/core/src/config/engine.ts';
import { presets } from '../packages/core/src/config/presets.ts';
import { copyTrade, createTradeBlock, sliceTrades } from '../packages/core/src/trades/trade.ts';
import { quantile, summary, type Figure } from './harness.ts';
import { snapshots } from './live-snapshots.ts';
import { simulatedBlock } from './trades.ts';

export const title = 'Live, the preset, one trade at a time';

const TRADES = 6_000_000;
/** Pushed as history before the clock runs, as a live session does when it starts. */
const HISTORY = 2_000_000;
const FOUR_HOURS = 4 * 3600 * 1e6;
const HEAP_TRADES = 10_000_000;

export async function benches(): Promise<Figure[]> {
  return [...latencies(), ...allAtOnce(), ...(await heap()), ...(await snapshots())];
}

/** Microseconds per push, those that closed no bar apart from those that emitted a row. */
function latencies(): Figure[] {
  const block = simulatedBlock(TRADES, 2);
  let rows = 0;
  const engine = createEngine('minotaur', { onRows: ({ count }) => void (rows += count) });
  const trade = { time: 0, id: 0, price: 0, quantity: 0, buyerMaker: false };
  const quiet: number[] = [];
  const closing: number[] = [];
  engine.push(sliceTrades(block, 0, HISTORY));
  for (let i = HISTORY; i < block.length; i++) {
    trade.time = block.time[i];
    trade.id = idNumber(block.id, i);
    trade.price = block.price[i];
    trade.quantity = block.quantity[i];
    trade.buyerMaker = block.side[i] < 0;
    const before = rows;
    const started = performance.now();
    engine.push(trade);
    const micros = (performance.now() - started) * 1000;
    // The first of them warm the compiler up for rows that come one at a time.
    if (i > HISTORY + 1_000_000) (rows === before ? quiet : closing).push(micros);
  }
  const q = Float64Array.from(quiet).sort();
  const c = Float64Array.from(closing).sort();
  const one = (name: string, value: number, extra: Pick<Figure, 'asked' | 'note'>): Figure =>
    summary(name, 'us', [value], extra);
  return [
    one('trade, no row: p50', quantile(q, 0.5), {
      asked: { under: 1 },
      note: `${q.length} pushes, with the clock's own cost`,
    }),
    one('trade, no row: p99', quantile(q, 0.99), {}),
    one('short bar and its row: p50', quantile(c, 0.5), { asked: { under: 7 }, note: `${c.length} rows` }),
    one('short bar and its row: p99', quantile(c, 0.99), { asked: { under: 100 } }),
  ];
}

/**
 * Microseconds of the push that closes a bar of all six clocks: every 200th trade comes at the next four-hour boundary and
 * is large enough for the short bar, and every short bar completes a medium and a long one.
 */
function allAtOnce(): Figure[] {
  const block = simulatedBlock(1_000_000, 3);
  const { clocks, ...rest } = presets['minotaur'];
  const skip = { bars: 'time', empty: 'skip' } as const;
  const engine = createEngine({
    ...rest,
    clocks: {
      short: { ...clocks['short'], threshold: 1e12 },
      medium: { from: 'short', count: 1, suffix: '_db_m' },
      long: { from: 'medium', count: 1, suffix: '_db_l' },
      '1min': { ...skip, every: '1min', suffix: '_tb_1min' },
      '15min': { ...skip, every: '15min', suffix: '_tb_15min' },
      '4hour': { ...skip, every: '4hour', suffix: '_tb_4hour' },
    },
  });
  const micros: number[] = [];
  const start = Math.ceil(block.time[0] / FOUR_HOURS) * FOUR_HOURS;
  for (let i = 0; i < block.length; i++) {
    const closes = i % 200 === 0;
    const trade = {
      time: start + Math.floor(i / 200) * FOUR_HOURS + (i % 200) * 1000,
      id: i + 1,
      price: block.price[i],
      quantity: closes ? 1e12 / block.price[i] + 1 : block.quantity[i],
      buyerMaker: block.side[i] < 0,
    };
    const started = performance.now();
    engine.push(trade);
    if (closes && i > block.length / 2) micros.push((performance.now() - started) * 1000);
  }
  const { bars, rows } = engine.counts();
  const least = Math.min(...Object.values(bars));
  if (least < rows - 1)
    throw new Error(`expected a bar of every clock a row, found ${JSON.stringify(bars)} and ${rows} rows`);
  const sorted = Float64Array.from(micros).sort();
  const note = `${sorted.length} rows`;
  return [
    summary('a bar of every clock and its row: p50', 'us', [quantile(sorted, 0.5)], { asked: { under: 30 }, note }),
    summary('a bar of every clock and its row: p99', 'us', [quantile(sorted, 0.99)], { asked: { under: 80 }, note }),
  ];
}

/**
 * Heap before and after ten million pushes, and collections on the way: what allocates per trade shows in both. Pushed as
 * blocks of one, because an object with a number that changes is itself garbage, of the caller's making.
 */
async function heap(): Promise<Figure[]> {
  const block = simulatedBlock(1_000_000, 3);
  const engine = createEngine('minotaur', { onRows: () => {} });
  const trade = createTradeBlock(1);
  trade.length = 1;
  const span = block.time[block.length - 1] - block.time[0] + 1;
  let collections = 0;
  const observer = new PerformanceObserver((list) => void (collections += list.getEntries().length));
  observer.observe({ entryTypes: ['gc'] });
  const push = (count: number, from: number): void => {
    for (let n = from; n < from + count; n++) {
      const i = n % block.length;
      const lap = Math.floor(n / block.length);
      copyTrade(trade, 0, block, i);
      trade.time[0] += lap * span;
      setId(trade.id, 0, n + 1);
      engine.push(trade);
    }
  };
  push(1_000_000, 0);
  await new Promise((resolve) => setTimeout(resolve, 10));
  collections = 0;
  const before = process.memoryUsage().heapUsed;
  const started = performance.now();
  push(HEAP_TRADES, 1_000_000);
  const seconds = (performance.now() - started) / 1000;
  const after = process.memoryUsage().heapUsed;
  await new Promise((resolve) => setTimeout(resolve, 10));
  observer.disconnect();
  return [
    summary('heap growth over 10 million trades', 'bytes/trade', [(after - before) / HEAP_TRADES], {
      note: `${collections} collections`,
    }),
    summary('one at a time', 'million trades/s', [HEAP_TRADES / seconds / 1e6]),
  ];
}
