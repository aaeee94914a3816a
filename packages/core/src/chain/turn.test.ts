import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine, restoreEngine } from '../config/engine.ts';
import type { ConfigInput } from '../config/config.ts';
import { operator } from '../features/contract/operator.ts';
import { createTradeBlock, setTrade, type Trade } from '../trades/trade.ts';
import type { Engine, EngineSinks } from './contract.ts';

const config = {
  symbol: 'BTCUSDT',
  clocks: { short: { bars: 'dollar', threshold: 200_000 } },
  features: { short: ['close', 'rsi(close, 3)'] },
} as const satisfies ConfigInput;

const trades = Array.from({ length: 100 }, (_, i): Trade => {
  return { time: 1.7e15 + i * 1000, id: i + 1, price: 60_000 + (i % 7), quantity: 1, buyerMaker: i % 3 === 0 };
});
const block = createTradeBlock(trades.length);
trades.forEach((trade, i) => setTrade(block, i, trade));
block.length = trades.length;

const within: Record<string, (engine: Engine) => void> = {
  push: (engine) => engine.push({ ...trades[99], id: 101 }),
  pushBar: (engine) => engine.pushBar({ open_time: 0, close_time: 1, open: 1, high: 1, low: 1, close: 1, volume: 1 }),
  pushSeries: (engine) => engine.pushSeries('funding', { time: 1 }),
  advance: (engine) => engine.advance(1.7e15 + 1e6),
  hole: (engine) => engine.hole({ from: 1.7e15 + 1e6, to: 1.7e15 + 2e6 }),
  release: (engine) => engine.release(1.7e15 + 1e6),
  snapshot: (engine) => void engine.snapshot(),
  restore: (engine) => engine.restore(createEngine(config).snapshot()),
};

for (const [name, call] of Object.entries(within)) {
  test(`${name} from within a sink is refused, in a block and a trade at a time`, () => {
    for (const feed of [[block], trades]) {
      let said: unknown;
      const sinks: EngineSinks = {
        onRows() {
          try {
            call(engine);
          } catch (error) {
            said ??= error;
          }
        },
      };
      const engine: Engine = createEngine(config, sinks);
      for (const event of feed) engine.push(event);
      assert.match(
        String(said),
        new RegExp(`${name}: expected a call between two events, found one from within a sink, during push`),
      );
    }
  });
}

test('what a sink caught has left no trace: the state is that of an engine that was not asked', () => {
  const plain = createEngine(config);
  plain.push(block);
  const asked: Engine = createEngine(config, {
    onRows: () => assert.throws(() => asked.snapshot(), /between two events/),
  });
  asked.push(block);
  assert.deepEqual(asked.snapshot(), plain.snapshot());
});

test('an engine whose sink has thrown takes nothing more; its last snapshot goes on in another', () => {
  for (const name of ['onRows', 'onBars'] as const) {
    let rows = 0;
    const sinks: EngineSinks = { [name]: () => assert.ok(++rows < 5, 'the disk is full') };
    const engine = createEngine(config, sinks);
    let before = engine.snapshot();
    let i = 0;
    assert.throws(() => {
      for (; i < trades.length; i++) {
        before = engine.snapshot();
        engine.push(trades[i]);
      }
    }, /the disk is full/);
    for (const call of [() => engine.push(trades[i]), () => engine.snapshot(), () => engine.advance(1.8e15)])
      assert.throws(call, new RegExp(`in which nothing was thrown.*found ${name} threw: the disk is full`));
    const again = restoreEngine(config, before);
    for (const trade of trades.slice(i)) again.push(trade);
    const undisturbed = createEngine(config);
    undisturbed.push(block);
    assert.deepEqual(again.snapshot(), undisturbed.snapshot());
  }
});

test('an engine whose operator has thrown takes nothing more: what stands before that would take the row twice', () => {
  let sound = true;
  const fragile = operator({
    name: 'fragile',
    family: 'transform',
    version: 1,
    summary: 'The input',
    formula: 'x[i]',
    source: 'plain',
    inputs: ['x'],
    outputs: ['value'],
    params: [],
    lookback: () => 0,
    memory: () => ({ class: 'finite', rows: 1 }),
    nan: 'window',
    history: () => 0,
    slots: () => 0,
    run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      assert.ok(sound, 'a value that is none');
      for (let i = from; i < to; i++) out[i] = x[i];
    },
  });
  const own = { ...config, features: { short: ['ema(close, 3)', 'fragile(close)'] }, operators: [fragile] } as const;
  const engine = createEngine(own);
  for (const trade of trades.slice(0, 50)) engine.push(trade);
  const before = engine.snapshot();
  sound = false;
  assert.throws(() => {
    for (const trade of trades.slice(50)) engine.push(trade);
  }, /a value that is none/);
  sound = true;
  for (const call of [() => engine.push(trades[99]), () => engine.snapshot(), () => engine.restore(before)])
    assert.throws(call, /in which nothing was thrown.*found push threw: a value that is none/);
  const again = restoreEngine(own, before);
  for (const trade of trades.slice(50)) again.push(trade);
  const undisturbed = createEngine(own);
  undisturbed.push(block);
  assert.deepEqual(again.snapshot(), undisturbed.snapshot());
});

test('sinks may be an object with methods', () => {
  class Rows {
    count = 0;
    bars = 0;
    onRows({ count }: { count: number }): void {
      this.count += count;
    }
    onBars({ from, to }: { from: number; to: number }): void {
      this.bars += to - from;
    }
  }
  const rows = new Rows();
  const engine = createEngine(config, rows);
  engine.push(block);
  assert.equal(rows.count, engine.counts().rows);
  assert.equal(rows.bars, engine.counts().bars['short']);
});

test('a trade that is refused at the door is no end: the next one is taken', () => {
  const engine = createEngine(config);
  engine.push(trades[1]);
  assert.throws(() => engine.push(trades[0]), /disorder/);
  engine.push(trades[2]);
  assert.equal(engine.counts().trades, 2);
});
