/** Cost against size: what a trade and a row cost as there are more of them, of columns, of instruments; an engine's start included. */
import { createEngine, planOf } from '../packages/core/src/config/engine.ts';
import { sliceTrades, type TradeBlock } from '../packages/core/src/trades/trade.ts';
import { summary, type Figure } from './harness.ts';
import { simulatedBlock } from './trades.ts';

export const title = 'Cost against size';

const RUNS = 5;
const TRADES = 4_000_000;
/** Trades of each instrument, and the event time that is pushed at once. */
const EACH = 200_000;
const ROUND = 1_000_000;

const clock = { bars: 'dollar', threshold: 2_000_000 } as const;
const small = { bars: 'dollar', threshold: 25_000 } as const;
const features = [{ preset: 'bars' }, { preset: 'time' }];

export function benches(): Promise<Figure[]> {
  const block = simulatedBlock(TRADES, 1);
  return Promise.resolve([...trades(block), ...rows(block), ...columns(block), ...instruments()]);
}

/** Nanoseconds a trade to dollar bars. */
function trades(block: TradeBlock): Figure[] {
  const plan = planOf({ clocks: { short: clock } });
  return [250_000, 500_000, 1_000_000, 2_000_000, TRADES].map((count) => {
    const part = sliceTrades(block, 0, count);
    return times(`trades: ${count}`, 'ns/trade', count, () => createEngine(plan).push(part));
  });
}

/** Nanoseconds a row of one clock with the complete set. */
function rows(block: TradeBlock): Figure[] {
  const plan = planOf({ clocks: { short: small }, features: { short: features } });
  return [50_000, 100_000, 200_000, 400_000, 800_000].map((count) => {
    const part = sliceTrades(block, 0, count);
    const made = rowsOf(plan, part);
    return times(`rows: ${made}`, 'ns/row', made, () => createEngine(plan, { onRows: () => {} }).push(part));
  });
}

/** Nanoseconds a row by its columns: averages of more and more lengths. */
function columns(block: TradeBlock): Figure[] {
  const part = sliceTrades(block, 0, 400_000);
  return [16, 32, 64, 128, 256].map((count) => {
    const averages = Array.from({ length: count }, (_, k) => `sma(close, ${k + 2})`);
    const plan = planOf({ clocks: { short: small }, features: { short: averages } });
    const made = rowsOf(plan, part);
    return times(`columns: ${count}`, 'ns/row', made, () => createEngine(plan, { onRows: () => {} }).push(part));
  });
}

/** Nanoseconds a trade of so many instruments that one chain joins. */
function instruments(): Figure[] {
  return [1, 2, 4, 8].map((count) => {
    const names = Array.from({ length: count }, (_, k) => `i${k}`);
    const blocks = names.map((_, k) => simulatedBlock(EACH, k + 1));
    const plan = planOf({
      instruments: Object.fromEntries(names.map((name) => [name, {}])),
      clocks: Object.fromEntries(names.map((name) => [name, { ...clock, of: name }])),
      features: Object.fromEntries(names.map((name) => [name, ['close', 'rsi(close, 14)']])),
    });
    return times(`instruments: ${count}`, 'ns/trade', count * EACH, () => pushAll(plan, names, blocks));
  });
}

/** In rounds of event time, which leaves none ahead of the others by more than one. */
function pushAll(plan: ReturnType<typeof planOf>, names: readonly string[], blocks: readonly TradeBlock[]): void {
  const engine = createEngine(plan, { onRows: () => {} });
  const next = blocks.map(() => 0);
  const start = Math.min(...blocks.map(({ time }) => time[0]));
  const end = Math.max(...blocks.map(({ time, length }) => time[length - 1]));
  for (let time = start + ROUND; time < end + ROUND; time += ROUND) {
    blocks.forEach((block, k) => {
      let to = next[k];
      while (to < block.length && block.time[to] < time) to++;
      const facts = { instrument: names[k], maxSilence: Infinity };
      if (to > next[k]) engine.push(sliceTrades(block, next[k], to), facts);
      engine.advance(time - 1, facts);
      next[k] = to;
    });
  }
}

function rowsOf(plan: ReturnType<typeof planOf>, part: TradeBlock): number {
  let made = 0;
  createEngine(plan, { onRows: ({ count }) => void (made += count) }).push(part);
  return made;
}

/** Each of several runs, after one that warms the compiler up. */
function times(name: string, unit: string, count: number, work: () => void): Figure {
  work();
  const each = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    work();
    return ((performance.now() - started) * 1e6) / count;
  });
  return summary(name, unit, each);
}
