/** Every column of the preset `minotaur` under the name that users were promised: none less, none more, none twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operators } from '../packages/core/src/features/catalogue.gen.ts';
import { createEngine } from '../packages/core/src/config/engine.ts';
import { presets } from '../packages/core/src/config/presets.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);
const each = (numbers: readonly number[], name: string): string[] => numbers.map((n) => `${name}_${n}`);

const bar = words(`open high low close volume dollar_volume num_ticks vwap trade_imbalance taker_buy_volume
  taker_sell_volume taker_buy_sell_ratio intra_bar_tick_price_volatility tick_price_skewness tick_price_kurtosis
  num_price_changes num_directional_changes volume_skew volume_kurtosis avg_trade_size ofi duration_seconds`);

const price = words(`log_return_close log_return_high log_return_low price_change_pct high_low_pct close_vs_high_pct
  close_vs_low_pct body_vs_range wick_vs_range`);

const dollar = [
  ...bar,
  ...price,
  ...words(`volume_log dollar_volume_log sma_10 sma_20 ema_10 rsi_14 macd macd_signal macd_hist adx_14 plus_di_14
    minus_di_14 stoch_k stoch_d obv atr_14 bbands_upper_20 bbands_middle_20 bbands_lower_20 cci_14 mfi_14 roc_10 ultosc
    willr_14 volume_sma_20 volatility_log_returns_20 volatility_hl_log_returns_20`),
  ...words(`hour_of_day day_of_week day_of_month week_of_year month_of_year is_weekend hour_sin hour_cos day_of_week_sin
    day_of_week_cos`).map((name) => `time_${name}`),
  ...each([1, 2, 3, 5], 'log_return_close_lag'),
  ...each([1, 2, 3], 'volume_lag'),
  ...each([1, 2, 3], 'close_lag'),
  ...words('mean_10 std_20 skew_20 kurt_20 min_20 max_20').map((stat) => `log_return_close_rolling_${stat}`),
  ...words('mean_10 std_10').map((stat) => `trade_imbalance_rolling_${stat}`),
  'age',
];

const time = [
  ...bar,
  ...price,
  ...words('volume_log quote_volume_log macd macd_signal macd_hist bb_width_20 bb_pct_b_20 stoch_k stoch_d'),
  ...each([10, 20, 50, 100, 200], 'sma'),
  ...each([10, 12, 20, 26, 50, 100, 200], 'ema'),
  ...each([7, 14, 21], 'rsi').flatMap((name) => [name, `${name}_ob`, `${name}_os`, `${name}_neutral`]),
  ...words('adx plus_di minus_di atr natr cci mfi').flatMap((name) => each([14, 20], name)),
  ...words('bbands_upper_20 bbands_middle_20 bbands_lower_20 is_stoch_ob_80 is_stoch_os_20 ultosc obv'),
  ...each([1, 5, 10, 20], 'roc'),
  ...each([14, 28], 'willr'),
  ...words('ht_trendline ht_sine ht_leadsine hour_sin hour_cos day_of_week_sin day_of_week_cos month_sin month_cos'),
  ...each([20, 50], 'volume_sma'),
  ...each([10, 20, 30], 'volatility_logret'),
  ...each([1, 2, 3, 5, 8], 'log_return_close_lag'),
  ...each([1, 2, 3, 5, 8], 'volume_lag'),
  ...each([1, 2, 3], 'ofi_lag'),
  ...['skew', 'kurt'].flatMap((stat) => each([20, 50], `log_return_close_rolling_${stat}`)),
  ...words('rsi_14_divergence_bullish rsi_14_divergence_bearish'),
  ...words('uptrend_strong downtrend_strong uptrend_weak downtrend_weak ranging').map((name) => `regime_${name}`),
  ...['poc', 'val', 'vah'].flatMap((p) => [50, 100].flatMap((w) => [50, 100].map((b) => `vp_${p}_${w}w_${b}b`))),
  ...Object.values(operators).flatMap(({ name }) => (name.startsWith('cdl') ? [name] : [])),
  'age',
];

test('the preset has the columns that were promised, and no others', () => {
  const suffixed = (names: readonly string[], suffix: string): string[] => names.map((name) => `${name}${suffix}`);
  const expected = [
    ...['_db_s', '_db_m', '_db_l'].flatMap((suffix) => suffixed(dollar, suffix)),
    ...['_db_m', '_db_l'].map((suffix) => `constituent_bar_count${suffix}`),
    ...['_tb_1min', '_tb_15min', '_tb_4hour'].flatMap((suffix) => suffixed(time, suffix)),
  ];
  const { columns } = createEngine(presets.minotaur);
  assert.deepEqual([...columns].sort(), expected.sort());
  assert.equal(new Set(columns).size, columns.length);
  assert.equal(columns.length, 872);
});
