/** A tuned network from end to end, as docs/tuning.md walks it: with a signal in the market, and with none. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Space } from '../../packages/core/src/tune/space.ts';
import { replay, tune, verify } from '../../packages/minotaur/src/runs.ts';
import { temporaryFolder } from '../cli.ts';
import { prepare } from '../tuning.ts';

const folder = temporaryFolder();
const SPACE: Space = { learningRate: { kind: 'float', low: 1e-3, high: 4e-3, log: true } };
const CONFIG = `symbol: TEST
clocks:
  short: { bars: tick, threshold: 100 }
features:
  short: [close, trade_imbalance, "ema(trade_imbalance, 3) as flow", "log_return(close)"]
label: { method: horizon, after: 2 }
selection: { exclude: ["close_*"] }
sequence: { length: 8 }
model:
  { kind: cnn-transformer, filters: 16, heads: 1, headSize: 16, mlpUnits: 16, batch: 32, epochs: 5, patience: 3, calibration: isotonic, threshold: value }
`;

/** Tuned, exported, scored once; then asked of what was left whether it is the same live. */
async function walked(name: string, informationCoefficient: number) {
  const at = (...names: readonly string[]): string => join(folder, name, ...names);
  mkdirSync(at());
  const made = await prepare(at(), 240_000, informationCoefficient, CONFIG);
  const study = { storage: at('study.db'), out: at('tuned') };
  const report = await tune({ ...made, ...study, model: 'cnn-transformer', trials: 2, folds: 2, space: SPACE });
  const [artefact, model] = [at('tuned', 'artefact.json'), at('tuned', 'model.onnx')];
  const predictions = at('tuned', 'predictions.parquet');
  const trades = [at('trades.parquet')];
  const isolated = await verify({ ...made, artefact, predictions, checks: ['isolation'] });
  assert.ok(isolated.holds && isolated.answered, JSON.stringify(isolated.checks));
  const served = await verify({ config: made.config, trades, artefact, model, checks: ['predictions'] });
  assert.ok(served.holds && served.answered, JSON.stringify(served.checks));
  const live = await replay({ config: made.config, trades, out: at('live'), artefact, model });
  assert.ok((live.predictions?.predicted ?? 0) > 500);
  const split = report.test?.evaluation.splits.find((one) => one.name === 'test');
  assert.ok(report.best && split?.evidence);
  assert.deepEqual([report.tried, report.test?.look.number], [2, 1]);
  return { best: report.best, verdict: split.evidence.verdict, rocAuc: split.evidence.intervals.rocAuc };
}

test('a planted signal is learned, and the predictions of the winner are the same live', async () => {
  const { best, verdict, rocAuc } = await walked('with', 0.5);
  assert.ok(rocAuc[0] > 0.5, verdict.text);
  assert.equal(verdict.kind, 'learned something', verdict.text);
  assert.ok(best.sharpe && best.sharpe.deflated > 0.95, JSON.stringify(best.sharpe));
});

test('where none is planted nothing is learned, and it is said', async () => {
  const { best, verdict, rocAuc } = await walked('without', 0);
  assert.ok(rocAuc[0] < 0.5 && rocAuc[1] > 0.5, verdict.text);
  assert.equal(verdict.kind, 'nothing was learned', verdict.text);
  assert.ok(best.sharpe && best.sharpe.deflated < 0.95, JSON.stringify(best.sharpe));
});
