import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigInput } from '../config/config.ts';
import { createEngine, restoreEngine } from '../config/engine.ts';
import type { Trade } from '../trades/trade.ts';
import type { Engine, Hole } from './contract.ts';

const S = 1_000_000;
const START = Date.UTC(2024, 2, 9) * 1000;
const at = (seconds: number): number => START + seconds * S;

interface Run {
  readonly engine: Engine;
  /** Seconds from the start, and whether the row is complete. */
  readonly rows: [number, number][];
  readonly holes: Hole[];
}

function run(config: ConfigInput, state?: Uint8Array): Run {
  const rows: [number, number][] = [];
  const holes: Hole[] = [];
  const sinks = {
    onRows({ count, time, complete }: { count: number; time: Float64Array; complete: Float64Array }) {
      for (let r = 0; r < count; r++) rows.push([(time[r] - START) / S, complete[r]]);
    },
    onHole: (hole: Hole) => void holes.push(hole),
  };
  return { engine: state ? restoreEngine(config, state, sinks) : createEngine(config, sinks), rows, holes };
}

const trade = (id: number, seconds: number): Trade => ({ time: at(seconds), id, price: 100, quantity: 1 });
const ticks: ConfigInput = { clocks: { t: { bars: 'tick', threshold: 2 } }, features: { t: ['sma(close, 2)'] } };
const minutes: ConfigInput = {
  clocks: { m: { bars: 'time', every: '1min' } },
  features: { m: ['close', 'lag(close, 1)'] },
};

test('a gap is known before the trade behind it closes anything; bars that were open then do not count', () => {
  const { engine, rows, holes } = run(ticks);
  assert.equal(engine.plan.clocks[0].warmup.bars, 2);
  for (let i = 0; i < 5; i++) engine.push(trade(i, i));
  // The bar that trade 4 opened is cut by the hole; two bars behind it are what a row waits for.
  for (let i = 7; i < 14; i++) engine.push(trade(i, i));
  assert.deepEqual(holes, [{ from: at(4), to: at(7), missing: 2 }]);
  assert.deepEqual(rows, [
    [1, 1],
    [3, 1],
    [7, 0],
    [9, 0],
    [11, 1],
    [13, 1],
  ]);
  assert.deepEqual([engine.counts().holes, engine.counts().gap, engine.counts().missing], [1, 1, 2]);
});

test('a time bar that spans the hole, and those that the trade behind it closes, do not count', () => {
  const { engine, rows } = run(minutes);
  const needed = engine.plan.clocks[0].warmup.bars;
  assert.equal(needed, 3);
  engine.push(trade(1, 10));
  engine.push(trade(5, 200));
  engine.advance(at(600));
  assert.deepEqual(
    rows.map(([, complete]) => complete),
    // Minutes 1 to 3 closed with the trade at 200 s, which is in the fourth; three after that.
    [0, 0, 0, 0, 0, 0, 1, 1, 1, 1],
  );
});

test('a bar that opens in the very microsecond in which a hole ends may lack trades of it', () => {
  const { engine, rows } = run(minutes);
  engine.push(trade(1, 10));
  engine.push(trade(3, 60));
  engine.advance(at(360));
  assert.deepEqual(
    rows.map(([, complete]) => complete),
    [0, 0, 0, 0, 1, 1],
  );
});

test('bars of bars count where their first part opened behind the hole', () => {
  const settings: ConfigInput = {
    clocks: { ...ticks.clocks, of3: { from: 't', count: 3 } },
    drive: 'of3',
    features: { of3: ['close'] },
  };
  const { engine, rows } = run(settings);
  assert.deepEqual(
    engine.plan.clocks.map(({ warmup }) => warmup.bars),
    [1, 1],
  );
  for (let i = 0; i < 9; i++) engine.push(trade(i, i));
  for (let i = 20; i < 35; i++) engine.push(trade(i, i));
  assert.deepEqual(
    rows.map(([, complete]) => complete),
    [1, 0, 1, 1],
  );
});

test('given bars: a hole is declared, and one that opened before it ended starts the wait anew', () => {
  const settings: ConfigInput = { clocks: { g: { bars: 'given' } }, features: { g: ['close', 'lag(close, 1)'] } };
  const { engine, rows } = run(settings);
  const prices = { open: 1, high: 1, low: 1, close: 1, volume: 1 };
  const push = (from: number, to: number): void =>
    engine.pushBar({ open_time: at(from), close_time: at(to), ...prices });
  push(0, 60);
  engine.hole({ from: at(60), to: at(119) });
  push(120, 180);
  push(100, 190);
  push(190, 240);
  push(240, 300);
  assert.deepEqual(
    rows.map(([, complete]) => complete),
    [1, 0, 0, 0, 1],
  );
});

test('official gaps are no holes; ids that are not dense have no gaps', () => {
  for (const instrument of [{ officialGaps: true }, { ids: 'rising' as const }]) {
    const { engine, rows, holes } = run({ ...ticks, instruments: { X: instrument } });
    for (let i = 0; i < 8; i++) engine.push(trade(3 * i, i));
    assert.deepEqual([holes, engine.counts().holes], [[], 0]);
    assert.ok(rows.every(([, complete]) => complete === 1));
  }
});

test('a late trade that is kept is a hole all the same where ids are missing before it', () => {
  const { engine, holes } = run({ ...ticks, trades: { disorder: 'keep' } });
  engine.push(trade(1, 10));
  engine.push(trade(4, 9));
  assert.deepEqual(holes, [{ from: at(10), to: at(10), missing: 2 }]);
});

test('a watermark lets rows out before anyone can know; from is the trade before it', () => {
  const { engine, rows, holes } = run(minutes);
  engine.push(trade(1, 10));
  engine.advance(at(130));
  engine.push(trade(9, 200));
  assert.deepEqual(rows, [
    [60, 1],
    [120, 1],
    [180, 0],
  ]);
  assert.deepEqual(holes, [{ from: at(10), to: at(200), missing: 7 }]);
});

test('a snapshot carries holes and the epoch', () => {
  const first = createEngine(ticks, {}, { epoch: 3 });
  first.push(trade(1, 1));
  first.hole({ from: at(1), to: at(2) });
  const { engine, rows } = run(ticks, first.snapshot());
  assert.deepEqual([engine.epoch(), engine.counts().holes, run(ticks).engine.epoch()], [3, 1, 0]);
  assert.equal(Buffer.compare(engine.snapshot(), first.snapshot()), 0);
  for (let i = 2; i < 10; i++) engine.push(trade(i, i + 1));
  assert.deepEqual(
    rows.map(([, complete]) => complete),
    [0, 0, 1, 1],
  );
  assert.throws(() => createEngine(ticks, {}, { epoch: -1 }), /epoch: expected an integer of at least 0, found -1/);
});

test('what is no hole is refused by name, and leaves no trace', () => {
  const { engine, holes } = run(ticks);
  engine.push(trade(1, 10));
  const before = engine.snapshot();
  const refusals: readonly [hole: unknown, message: RegExp][] = [
    [null, /hole: expected a hole { from, to }, found null/],
    [{ from: at(1) }, /hole: expected to in integer microseconds, found undefined/],
    [{ from: '1', to: at(20) }, /hole: expected from in integer microseconds, found the text '1'/],
    [{ from: at(20), to: at(19) }, /hole: expected from at or before to, .*00:00:19.* found .*00:00:20/],
    [{ from: at(1), to: at(9) }, /hole: expected to at or after the newest event, .*00:00:10/],
    [{ from: at(1), to: at(20), missing: 0 }, /hole: expected missing: a number of trades, at least 1, found 0/],
    [{ from: at(1), to: at(200_000) }, /hole: expected a time less than 24 hours after the trade before/],
    [{ from: 1, to: 2 }, /hole: expected a time in microseconds from 2000/],
  ];
  for (const [hole, message] of refusals) assert.throws(() => engine.hole(hole as Hole), message);
  assert.throws(() => engine.hole({ from: at(1), to: at(20) }, { instrument: 'OTHER' }), /OTHER/);
  assert.deepEqual([holes, Buffer.compare(engine.snapshot(), before)], [[], 0]);
});
