import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInstrument, instrumentInputOf } from './instrument.ts';

test('a market whose contracts differ in size needs it said', () => {
  assert.throws(() => createInstrument('BTC-USDT-SWAP', { venue: 'okx-linear' }), /instruments\.BTC-USDT-SWAP\.size/);
  const { size, contract, ids, timeUnit } = createInstrument('BTC-USDT-SWAP', { venue: 'okx-linear', size: 0.01 });
  assert.deepEqual({ size, contract, ids, timeUnit }, { size: 0.01, contract: 'linear', ids: 'dense', timeUnit: 'ms' });
  assert.equal(createInstrument('X', { venue: 'okx-linear', amount: 'units' }).size, 1);
});

test('what a configuration says of its instrument, with its symbol', () => {
  assert.equal(instrumentInputOf({}), undefined);
  assert.deepEqual(instrumentInputOf({ symbol: 'A' }), { symbol: 'A' });
  assert.deepEqual(instrumentInputOf({ instruments: { A: { venue: 'kraken' } } }), { symbol: 'A', venue: 'kraken' });
  assert.deepEqual(instrumentInputOf({ instruments: { A: { symbol: 'B' } } }), { symbol: 'B' });
});
