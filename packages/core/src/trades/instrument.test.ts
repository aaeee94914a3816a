import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInstrument, instrumentInputOf, withInstrument, withSettled } from './instrument.ts';

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

test('a role says nothing of the symbol, alone as among several', () => {
  const alone = { instruments: { perp: { venue: 'binance-usdm' } } };
  assert.equal(instrumentInputOf(alone)?.symbol, undefined);
  assert.equal(instrumentInputOf({ instruments: { ...alone.instruments, SPOT: {} } }, 'SPOT')?.symbol, 'SPOT');
  const settled = withSettled(alone, { symbol: 'BTCUSDT' });
  assert.deepEqual(settled.instruments['perp'], { symbol: 'BTCUSDT', venue: 'binance-usdm', ids: 'dense' });
});

test('an instrument by its own name is what the configuration says, what has happened to it included', () => {
  const adjustments = [{ time: '2024-06-10', factor: 10 }];
  const config = { instruments: { NVDA: { formerly: ['NVD'], adjustments } } };
  assert.equal(withInstrument(config, 'NVDA'), config);
  assert.deepEqual(withInstrument(config, 'AMD').instruments, {
    AMD: { symbol: 'AMD', formerly: [], adjustments: undefined },
  });
});
