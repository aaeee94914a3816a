/** Small files that once gave wrong numbers without a word (test/cases), built as they are and as they are meant. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { readRowColumns, rowsIn } from 'minotaur/files';
import { build } from 'minotaur/runs';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const file = (name: string): string => join(import.meta.dirname, 'cases', `${name}.csv`);
const chain = {
  clocks: { short: { bars: 'tick', threshold: 2 } },
  features: { short: ['close', 'volume', 'dollar_volume', 'trade_imbalance'] },
} satisfies ConfigInput;

const made = (name: string, more: Partial<Omit<ConfigInput, 'clocks'>> = {}) =>
  build({ config: { ...chain, ...more }, trades: [file(name)], out: join(folder, name) });

test('several symbols in one file: refused by name, or the one that is meant', async () => {
  await assert.rejects(made('two_symbols_tardis'), /two_symbols_tardis\.csv.*XBTUSD, ETHUSD/s);
  const { counts } = await made('two_symbols_tardis', {
    instruments: { ETHUSD: { ids: 'unique', contract: 'spot' } },
  });
  assert.equal(counts.trades, 5);
});

test('a duplicate is found whatever its id is: a UUID, 19 digits', async () => {
  for (const [name, symbol] of [
    ['uuid_ids', 'XBTUSD'],
    ['ids_19_digits', 'BTCUSDT'],
  ] as const) {
    const { counts } = await made(name, { instruments: { [symbol]: { ids: 'unique' } } });
    assert.deepEqual([counts.trades, counts.duplicate], [3, 1], name);
  }
});

test('a word for the side that is not known is invalid, not a side that is none', async () => {
  await assert.rejects(made('sides_1_2'), /found 3, 50 %: 3 invalid; the first at .*sides_1_2\.csv line 3, side "2"/);
  const half = await build({ config: chain, trades: [file('sides_1_2')], out: join(folder, 'half'), minUsed: 0.5 });
  assert.deepEqual([half.counts.trades, half.counts.invalid, half.used], [3, 3, 0.5]);
  const mapped = await made('sides_1_2', { instruments: { X: { sides: { buy: ['1'], sell: ['2'] } } } });
  assert.deepEqual([mapped.counts.trades, mapped.counts.invalid], [6, 0]);
  await assert.rejects(made('sides_1_2', { trades: { invalid: 'reject' } }), /sides_1_2\.csv line 3, side "2"/);
});

test('30,000 USD of an inverse contract are 30,000 USD', async () => {
  await made('inverse_contract', { instruments: { 'BTC-PERPETUAL': { venue: 'deribit' } } });
  const names = { volume_short: 'tested', dollar_volume_short: 'tested' };
  const { columns } = await readRowColumns(rowsIn(join(folder, 'inverse_contract')), names);
  assert.equal(columns['dollar_volume_short'][0], 30_000);
  assert.equal(columns['volume_short'][0], 10_000 / 27_000 + 20_000 / 27_001);
});

test('signs, commas and thousands: refused with what to declare, and read by it', async () => {
  await assert.rejects(made('signed_amount'), /quantity: signed/);
  const signed = await made('signed_amount', { input: { quantity: 'signed' } });
  assert.equal(signed.counts.trades, 8);
  await assert.rejects(made('decimal_comma'), /decimal: ','/);
  assert.equal((await made('decimal_comma', { input: { decimal: ',' } })).counts.trades, 6);
  await assert.rejects(made('thousands'), /decimal: '\.'/);
  assert.equal((await made('thousands', { input: { decimal: '.' } })).counts.trades, 6);
});
