import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Trade } from '../trades/trade.ts';
import { createEngine, planOf, restoreEngine } from './engine.ts';

const config = { symbol: 'BTCUSDT', clocks: { short: { bars: 'tick', threshold: 3 } } } as const;
/** Second i of a day. */
const at = (i: number): number => 1_710_028_700_000_000 + 1_000_000 * i;
const trade = (i: number): Trade => ({
  time: at(i),
  id: i,
  price: 100 + i,
  quantity: 1,
  buyerMaker: i % 2 === 0,
});

/** Of the processor: the clock counts what others do meanwhile. */
function millisOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('engines of one plan share nothing but it, and a second costs at most a thirtieth of the first', () => {
  const plan = planOf('minotaur');
  const [first, second] = [createEngine(plan), createEngine(plan)];
  first.push(trade(1));
  assert.equal(first.counts().trades, 1);
  assert.equal(second.counts().trades, 0);
  assert.equal(second.plan, first.plan);
  let whole = Infinity;
  let shared = Infinity;
  for (let run = 0; run < 12; run++) {
    whole = Math.min(
      whole,
      millisOf(() => createEngine('minotaur')),
    );
    for (let i = 0; i < 5; i++)
      shared = Math.min(
        shared,
        millisOf(() => createEngine(plan)),
      );
  }
  assert.ok(shared <= whole / 30, `${shared} ms of a shared plan, ${whole} ms from the name of the preset`);
});

test('an engine is a plain object: whoever stands around it spreads it', () => {
  const engine = createEngine(config);
  let pushed = 0;
  const around = { ...engine, push: (...event: Parameters<typeof engine.push>) => (pushed++, engine.push(...event)) };
  for (let i = 1; i < 8; i++) around.push(trade(i));
  assert.equal(pushed, 7);
  assert.equal(around.counts().bars['short'], 2);
});

test('an event may say whose it is; the instrument of another chain is refused, and the chain goes on', () => {
  const engine = createEngine(config);
  engine.push(trade(1), { instrument: 'BTCUSDT', arrival: at(2), origin: 'feed' });
  assert.throws(
    () => engine.push(trade(2), { instrument: 'ETHUSDT' }),
    /expected an event of BTCUSDT.*found one of ETHUSDT/,
  );
  assert.throws(() => engine.advance(at(9), { instrument: 'ETHUSDT' }), /BTCUSDT/);
  engine.push(trade(2));
  assert.equal(engine.counts().trades, 2);
});

test('a refusal names the place of the trade, and where it came from', () => {
  const engine = createEngine({ ...config, trades: { invalid: 'reject' } });
  const facts = { origin: 'wss feed', place: (row: number) => `message ${row + 7}` };
  assert.throws(
    () => engine.push({ ...trade(1), price: -1 }, facts),
    /^MinotaurError: wss feed, message 7 \(invalid\)/,
  );
});

test('the last event is known, across snapshots', () => {
  const engine = createEngine(config);
  assert.equal(engine.lastEvent(), undefined);
  engine.push(trade(1));
  engine.push(trade(2));
  assert.deepEqual(engine.lastEvent(), { ordinal: 1, time: at(2) });
  engine.advance(at(5));
  assert.deepEqual(engine.lastEvent(), { ordinal: 1, time: at(5) });
  assert.deepEqual(restoreEngine(engine.plan, engine.snapshot()).lastEvent(), engine.lastEvent());
});
