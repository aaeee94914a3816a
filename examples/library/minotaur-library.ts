/** From a file of trades to verified predictions, with functions only: `node minotaur-library.ts [folder]`. */
import { join } from 'node:path';
import type { ConfigInput } from 'minotaur';
import { build, evaluate, fit, label, predict, replay, simulate, split, train, verify } from 'minotaur/runs';

const folder = process.argv[2] ?? 'out/library';
const at = (name: string): string => join(folder, name);
const config: ConfigInput = {
  symbol: 'DEMO',
  clocks: { short: { bars: 'dollar', threshold: 60_000 }, minute: { bars: 'time', every: '1min' } },
  features: {
    short: ['close', 'trade_imbalance', 'log_return(close)', 'rsi(close, 5)'],
    minute: ['volume', 'roc(close, 3)'],
  },
  label: { method: 'fixed', target: 0.002, stop: 0.001, limit: '5min' },
  sequence: { length: 1 },
  model: { kind: 'trees', rounds: 30, calibration: 'isotonic' },
};
const [rows, labels, splits] = [at('rows'), at('labels.parquet'), at('splits.parquet')];
const [artefact, model, predictions] = [at('artefact.json'), at('model.onnx'), at('predictions.parquet')];
const file = at('trades.parquet');
const trades = [file];

await simulate({ trades: 150_000, seed: 11, out: file });
const history = await build({ config, trades, out: rows });
await label({ config, rows, trades, out: labels });
await split({ config, rows, labels, out: splits });
await fit({ config, rows, splits, out: artefact });
await train({ config, rows, labels, splits, artefact, out: model });
const predicted = await predict({ rows, artefact, model, out: predictions });
const live = await replay({ config, trades, artefact, model, out: at('live') });
const { splits: measured } = await evaluate({ predictions, labels, splits, artefact });
const checks = ['parity', 'lookahead', 'predictions', 'isolation'];
const learned = { artefact, model, rows, labels, splits, predictions };
const verdict = await verify({ config, trades, limit: 50_000, checks, ...learned });

console.log(`rows         ${history.digest === live.digest ? 'same bits' : 'NOT THE SAME'}, ${history.counts.rows}`);
console.log(`predictions  ${predicted.digest === live.predictions?.digest ? 'same bits' : 'NOT THE SAME'}`);
for (const { name, rocAuc } of measured) console.log(`ROC AUC      ${rocAuc.toFixed(3)} ${name}`);
for (const { name, holds } of verdict.checks) console.log(`${holds ? 'holds' : 'FAILS'}        ${name}`);
process.exitCode = verdict.holds ? 0 : 1;
