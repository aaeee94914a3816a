/** The preset of a perpetual beside its spot market. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigInput } from './config.ts';
import { planOf } from './engine.ts';
import { spotPerpetual } from './spot-perpetual.ts';

/** Both clocks of one market: what does not depend on there being two. */
function ofOneMarket(): ConfigInput {
  const { instruments: _, clocks, ...rest } = spotPerpetual;
  const { of: __, ...perp } = clocks.perp;
  const { of: ___, ...spot } = clocks.spot;
  return { ...rest, symbol: 'BTCUSDT', clocks: { perp, spot } };
}

test('the columns of the preset, and the rows that they need', () => {
  const { columns, rows, clocks } = planOf(ofOneMarket());
  assert.equal(columns.length, 60);
  assert.deepEqual(rows?.graph.features.map(({ name }) => name).slice(0, 7), [
    'spread_basis',
    'spread_log_ratio',
    'spread_log_ratio_mean_20',
    'spread_log_ratio_zscore_20',
    'spread_log_ratio_mean_60',
    'spread_log_ratio_zscore_60',
    'cross_corr_20',
  ]);
  assert.deepEqual([rows?.warmup.rows, rows?.warmup.because], [64, 'cross_leads_3']);
  assert.ok(clocks.every(({ warmup }) => warmup.bars < 200));
});

test('the preset is one, with both instruments in its plan', () => {
  const { instruments, rows } = planOf('spot-perpetual');
  assert.deepEqual(
    instruments.map(({ venue, symbol }) => `${venue} ${symbol}`),
    ['binance-usdm BTCUSDT', 'binance-spot BTCUSDT'],
  );
  assert.equal(rows?.warmup.rows, 64);
});
