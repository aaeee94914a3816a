/** Rows, labels and splits to tune on, made from planted trades by the commands that a user has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, label, split, type TuneOptions } from '../packages/minotaur/src/runs.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { plantedTrades } from './planted.ts';

const CONFIG = `symbol: TEST
clocks:
  short: { bars: tick, threshold: 20 }
features:
  short: [close, trade_imbalance, "log_return(close)", "rsi(close, 5)", "lag(trade_imbalance, 1..2)"]
label: { method: horizon, after: 3 }
selection: { exclude: ["close_*"] }
sequence: { length: 1 }
model: { kind: trees, rounds: 6, patience: 3, calibration: isotonic, threshold: value }
`;

export type Prepared = Pick<TuneOptions, 'rows' | 'labels' | 'splits' | 'config'>;

/** In a folder of its own. */
export async function prepare(folder: string, trades: number, strength: number, config = CONFIG): Promise<Prepared> {
  const at = (name: string): string => join(folder, name);
  const made = {
    rows: at('rows'),
    labels: at('labels.parquet'),
    splits: at('splits.parquet'),
    config: at('config.yaml'),
  };
  const file = at('trades.parquet');
  await writeTrades(file, plantedTrades(trades, 7, strength));
  writeFileSync(made.config, config);
  await build({ config: made.config, trades: [file], out: made.rows });
  const { rows, labels, splits } = made;
  await label({ config: made.config, rows, trades: [file], out: labels });
  await split({ config: made.config, rows, labels, out: splits });
  return made;
}
