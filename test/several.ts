/** From the trades of several instruments to the predictions of one model. */
import { join } from 'node:path';
import type { ConfigInput } from 'minotaur';
import { fit, label, predict, split, train } from 'minotaur/runs';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
export const at = (...names: readonly string[]): string => join(folder, ...names);

export const chain = (threshold: number, barrier: number): ConfigInput => ({
  clocks: { short: { bars: 'tick', threshold, suffix: '_db' }, '10s': { bars: 'time', every: '10s', suffix: '_tb' } },
  features: {
    short: ['close', 'trade_imbalance', 'log_return(close)', 'sma(close, 5) / close - 1 as away'],
    '10s': ['volume', 'roc(close, 3)'],
  },
  selection: { exclude: ['close_*'] },
  label: { method: 'fixed', target: barrier, stop: barrier, limit: '2min' },
  sequence: { length: 3, breakOn: { gap: '1min' } },
  model: { kind: 'trees', rounds: 15, calibration: 'isotonic' },
  transform: { scale: 'robust', wasClipped: true },
});

/** Of one instrument, with labels that come soon: some thousand trades are enough for a model. */
export const smallChain = {
  ...chain(10, 0.0001),
  symbol: 'SIM',
  sequence: { length: 1 },
  model: { kind: 'trees', rounds: 15, calibration: 'none' },
  label: { method: 'fixed', target: 0.0001, stop: 0.0001, limit: '20s' },
} satisfies ConfigInput;

interface Learned {
  readonly config: ConfigInput;
  readonly trades: Readonly<Record<string, readonly string[]>>;
  /** Directories of the rows, as they were named. */
  readonly rows: readonly string[];
  readonly labels: string;
  readonly splits: string;
  readonly artefact: string;
  readonly model: string;
  readonly predictions: string;
}

/** Everything from rows to predictions, into files of that name. */
export async function learn(name: string, config: ConfigInput, trades: Learned['trades'], rows: readonly string[]) {
  const path = (file: string): string => at(`${name}-${file}`);
  const files = { labels: path('labels'), splits: path('splits.parquet'), artefact: path('artefact.json') };
  const { labels, splits, artefact } = files;
  const model = path('model.onnx');
  const predictions = path('predictions');
  const labelled = await label({ config, rows, trades, out: labels });
  const divided = await split({ config, rows, labels, out: splits });
  const fitted = await fit({ config, rows, splits, out: artefact });
  const trained = await train({ config, rows, labels, splits, artefact, out: model });
  const predicted = await predict({ rows, artefact, model, out: predictions });
  const learned: Learned = { config, trades, rows, ...files, model, predictions };
  return { learned, labelled, divided, fitted, trained, predicted };
}
