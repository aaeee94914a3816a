/** Many instruments: two in one chain, a hundred chains of one plan, a row that joins twenty clocks. */
import { createEngine, planOf } from '../packages/core/src/config/engine.ts';
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import { idNumber } from '../packages/core/src/trades/id.ts';
import { sliceTrades, type TradeBlock } from '../packages/core/src/trades/trade.ts';
import { quantile, summary, type Figure } from './harness.ts';
import { simulatedBlock } from './trades.ts';

export const title = 'Many instruments';

const TRADES = 1_000_000;
const RUNS = 7;
/** Event time that is pushed at once of each of two instruments. */
const ROUND = 10_000_000;
const ENGINES = 100;
const EACH = 100_000;
const CLOCKS = 20;

export function benches(): Promise<Figure[]> {
  return Promise.resolve([...merged(), ...hundred(), ...twenty()]);
}

const features = [{ preset: 'bars' }, 'ema(close, 12)', 'rsi(close, 14)', 'sma(close, 20)'];

/** Trades a second of two instruments merged by time in one chain, and of one of them alone: in turns, in one run. */
function merged(): Figure[] {
  const [a, b] = [simulatedBlock(TRADES, 1), simulatedBlock(TRADES, 2)];
  const clock = { bars: 'dollar', threshold: 2_000_000 } as const;
  const alone = planOf({ clocks: { a: clock }, features: { a: features } });
  const both = planOf({
    instruments: { a: {}, b: {} },
    clocks: { a: { ...clock, of: 'a' }, b: { ...clock, of: 'b' } },
    features: { a: features, b: features },
  });
  const one: number[] = [];
  const two: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const engine = createEngine(alone);
    const first = secondsOf(() => engine.push(a, { maxSilence: Infinity }));
    const chain = createEngine(both);
    const second = secondsOf(() => pushMerged(chain, a, b));
    // The first run warms the compiler up.
    if (run > 0) {
      one.push(TRADES / first / 1e6);
      two.push((2 * TRADES) / second / 1e6);
    }
  }
  const shares = two.map((rate, i) => (100 * rate) / one[i]);
  return [
    summary('one instrument', 'M trades/s', one),
    summary('two instruments merged by time', 'M trades/s', two),
    summary('two against one, in turns', '%', shares, { asked: { least: 80 } }),
  ];
}

/** In rounds, the other instrument ahead. */
function pushMerged(engine: ReturnType<typeof createEngine>, a: TradeBlock, b: TradeBlock): void {
  const end = Math.min(a.time[a.length - 1], b.time[b.length - 1]);
  let [i, j] = [0, 0];
  for (let time = Math.min(a.time[0], b.time[0]); time < end; time += ROUND) {
    let to = j;
    while (to < b.length && b.time[to] < time + 2 * ROUND) to++;
    if (to > j) engine.push(sliceTrades(b, j, to), { instrument: 'b', maxSilence: Infinity });
    j = to;
    to = i;
    while (to < a.length && a.time[to] < time + ROUND) to++;
    if (to > i) engine.push(sliceTrades(a, i, to), { instrument: 'a', maxSilence: Infinity });
    i = to;
  }
}

/** A hundred chains of the complete preset in one process: how long they take to start, what each needs, and how fast they are. */
function hundred(): Figure[] {
  const plan = planOf('minotaur');
  const block = simulatedBlock(EACH, 3);
  globalThis.gc?.();
  const before = process.memoryUsage();
  const engines: ReturnType<typeof createEngine>[] = [];
  const start = secondsOf(() => {
    for (let k = 0; k < ENGINES; k++) engines.push(createEngine(plan));
  });
  const run = secondsOf(() => {
    for (let from = 0; from < EACH; from += 1000)
      for (const engine of engines) engine.push(sliceTrades(block, from, from + 1000), { maxSilence: Infinity });
  });
  globalThis.gc?.();
  const after = process.memoryUsage();
  const bytes = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
  return [
    summary('100 chains of one plan: start of all', 'ms', [start * 1000]),
    summary('memory of each', 'MB', [bytes / ENGINES / 1e6], { note: 'the complete preset, 872 columns' }),
    summary('trades of all', 'M trades/s', [(ENGINES * EACH) / run / 1e6]),
  ];
}

/** Microseconds from a trade that closes the driving bar to its row, which holds twenty clocks of twenty instruments. */
function twenty(): Figure[] {
  const names = Array.from({ length: CLOCKS }, (_, k) => `i${k}`);
  const clock = { bars: 'dollar', threshold: 20_000 } as const;
  const config: ConfigInput = {
    instruments: Object.fromEntries(names.map((name) => [name, { latency: '0' }])),
    clocks: Object.fromEntries(names.map((name) => [name, { ...clock, of: name }])),
    features: Object.fromEntries(names.map((name) => [name, ['close', 'volume', 'rsi(close, 14)', 'ema(close, 12)']])),
  };
  let rows = 0;
  const engine = createEngine(config, { onRows: ({ count }) => void (rows += count) });
  const block = simulatedBlock(300_000, 4);
  const times: number[] = [];
  for (let i = 0; i < block.length; i++) {
    const trade = {
      time: block.time[i],
      id: idNumber(block.id, i),
      price: block.price[i],
      quantity: block.quantity[i],
      buyerMaker: block.side[i] < 0,
    };
    // The others have come beyond it, so that its row goes out with it.
    for (let k = 1; k < CLOCKS; k++)
      engine.push({ ...trade, time: trade.time + 1 }, { instrument: names[k], maxSilence: Infinity });
    const before = rows;
    const started = performance.now();
    engine.push(trade, { instrument: names[0], maxSilence: Infinity });
    const micros = (performance.now() - started) * 1000;
    if (rows > before && i > block.length / 2) times.push(micros);
  }
  const sorted = Float64Array.from(times).sort();
  const note = `${times.length} rows of ${engine.columns.length} columns`;
  return [
    summary('a bar and its row of 20 clocks: p50', 'us', [quantile(sorted, 0.5)], { note }),
    summary('p99', 'us', [quantile(sorted, 0.99)]),
  ];
}

function secondsOf(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}
