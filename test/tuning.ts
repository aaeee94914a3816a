/** Rows, labels and splits to tune on, made from simulated trades by the commands that a user has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, label, simulate, split, type TuneOptions } from '../packages/minotaur/src/runs.ts';

const CONFIG = `symbol: TEST
clocks:
  short: { bars: tick, threshold: 20 }
features:
  short: [close, trade_imbalance, "log_return(close)", "rsi(close, 5)", "ema(trade_imbalance, 8) as flow"]
label: { method: horizon, after: 3 }
selection: { exclude: ["close_*"] }
sequence: { length: 1 }
model: { kind: trees, rounds: 6, patience: 3, calibration: isotonic, threshold: value }
`;

export type Prepared = Pick<TuneOptions, 'rows' | 'labels' | 'splits' | 'config'>;

/** In a folder of its own, of a market whose flow tells as much of what comes next. */
export async function prepare(
  folder: string,
  trades: number,
  informationCoefficient: number,
  config = CONFIG,
): Promise<Prepared> {
  const at = (name: string): string => join(folder, name);
  const made = {
    rows: at('rows'),
    labels: at('labels.parquet'),
    splits: at('splits.parquet'),
    config: at('config.yaml'),
  };
  const file = at('trades.parquet');
  await simulate({ trades, seed: 7, informationCoefficient, out: file });
  writeFileSync(made.config, config);
  await build({ config: made.config, trades: [file], out: made.rows });
  await label({ ...made, trades: [file], out: made.labels });
  await split({ ...made, out: made.splits });
  return made;
}
