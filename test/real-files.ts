/** The real files, each with the complete preset: the clocks' thresholds are of a size that a few minutes of trades fill. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RealFile {
  readonly file: string;
  /** Dollars in a short bar. */
  readonly threshold: number;
}

export const SPOT = 'binance/BTCUSDT-spot-trades-2024-08-08.csv.gz';

export const realFiles: readonly RealFile[] = [
  { file: SPOT, threshold: 20_000 },
  { file: 'binance/BTCUSDT-spot-trades-2024-08-09.csv.gz', threshold: 20_000 },
  { file: 'binance/BTCUSDT-usdm-trades-2024-08-08.csv.gz', threshold: 100_000 },
  { file: 'binance/ETHUSDT-spot-trades-2024-08-08.csv.gz', threshold: 10_000 },
  { file: 'binance/ETHUSDT-spot-trades-2024-08-09.csv.gz', threshold: 10_000 },
  { file: 'binance/ETHUSDT-usdm-trades-2024-08-08.csv.gz', threshold: 50_000 },
  { file: 'binance/spot_btcusdt_20240808.frames.gz', threshold: 20_000 },
  { file: 'binance/spot_btcusdt_20240809.frames.gz', threshold: 20_000 },
  { file: 'binance/usdm_btcusdt_20240808.frames.gz', threshold: 100_000 },
  { file: 'binance/usdm_ethusdt_20240808.frames.gz', threshold: 50_000 },
  { file: 'trx/test_positive_binance_trade_stream_spot_trxusdt_04-03-2025.csv.gz', threshold: 5_000 },
  { file: 'trx/test_positive_binance_trade_stream_usd_m_futures_trxusdt_04-03-2025.csv.gz', threshold: 10_000 },
  { file: 'trx/test_negative_binance_trade_stream_spot_trxusdt_04-03-2025.csv.gz', threshold: 5_000 },
  { file: 'trx/test_negative_binance_trade_stream_usd_m_futures_trxusdt_04-03-2025.csv.gz', threshold: 10_000 },
  { file: 'coinbase/btc_trades.csv.gz', threshold: 10_000 },
  { file: 'spy/SPY_20131007-11_trades.csv.zst', threshold: 2_000_000 },
];

/** Minute bars, without trades, and how many of them a test takes. */
export const REAL_BARS = { file: 'bars/btc-perp-1m-2022-01.csv.gz', rows: 45_031 };

/** Writes the configuration of the preset `minotaur` with another threshold, and returns its path. */
export function completeConfig(folder: string, threshold: number): string {
  const path = join(folder, `complete-${threshold}.yaml`);
  const [dollar, time] = ['dollar', 'time'].map((set) => `[{ preset: bars }, { preset: ${set} }]`);
  writeFileSync(
    path,
    `clocks:
  short: { bars: dollar, threshold: ${threshold}, suffix: _db_s }
  medium: { from: short, count: 10, suffix: _db_m }
  long: { from: medium, count: 16, suffix: _db_l }
  1min: { bars: time, every: 1min, suffix: _tb_1min }
  15min: { bars: time, every: 15min, suffix: _tb_15min }
  4hour: { bars: time, every: 4hour, suffix: _tb_4hour }
drive: short
features: { short: ${dollar}, medium: ${dollar}, long: ${dollar}, 1min: ${time}, 15min: ${time}, 4hour: ${time} }
`,
  );
  return path;
}

/**
 * The same for minute bars that are given: the preset's time clocks, and its dollar bars made of minutes. The file's
 * volume is in dollars.
 */
export function completeBarsConfig(folder: string): string {
  const path = join(folder, 'complete-bars.yaml');
  const [dollar, time] = ['dollar', 'time'].map((set) => `[{ preset: bars }, { preset: ${set} }]`);
  writeFileSync(
    path,
    `clocks:
  1min: { bars: given, suffix: _tb_1min }
  15min: { from: 1min, every: 15min, suffix: _tb_15min }
  4hour: { from: 1min, every: 4hour, suffix: _tb_4hour }
  short: { from: 1min, volume: 10000000, suffix: _db_s }
  medium: { from: short, count: 10, suffix: _db_m }
  long: { from: medium, count: 16, suffix: _db_l }
drive: 1min
features: { short: ${dollar}, medium: ${dollar}, long: ${dollar}, 1min: ${time}, 15min: ${time}, 4hour: ${time} }
`,
  );
  return path;
}
