/** Trials of networks: given up by their epochs alone, and a winner that was interrupted is gone on with. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { before, test } from 'node:test';
import type { Space } from '../packages/core/src/tune/space.ts';
import { fit, train, tune, type TrainOptions, type TuneOptions } from '../packages/minotaur/src/runs.ts';
import { temporaryFolder } from './cli.ts';
import { prepare, type Prepared } from './tuning.ts';

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
const EPOCHS = 3;
const SPACE: Space = { learningRate: { kind: 'float', low: 1e-4, high: 1e-2, log: true } };
const CONFIG = `symbol: TEST
clocks:
  short: { bars: tick, threshold: 20 }
features:
  short: [close, trade_imbalance, "log_return(close)"]
label: { method: horizon, after: 3 }
selection: { exclude: ["close_*"] }
sequence: { length: 2 }
model: { kind: mlp, units: 4, layers: 1, epochs: ${EPOCHS}, patience: ${EPOCHS}, batch: 32, calibration: isotonic }
`;
let made: Prepared;

before(async () => {
  mkdirSync(at('made'));
  made = await prepare(at('made'), 20_000, 0.1, CONFIG);
});

const tuned = (name: string, more: Partial<TuneOptions> = {}) => {
  const files = { storage: at(`${name}.db`), out: at(name) };
  return tune({ ...made, ...files, model: 'mlp', trials: 1, folds: 2, space: SPACE, ...more });
};

/** Leaves a checkpoint where the winner of a study is trained. */
async function interruptedWinner(name: string): Promise<string> {
  const [artefact, out] = [at(`${name}.json`), at(name, 'model.onnx')];
  mkdirSync(dirname(out), { recursive: true });
  const { rows, splits } = made;
  await fit({ config: made.config, rows, splits, out: artefact });
  const stop = new AbortController();
  const onEpoch: TrainOptions['onEpoch'] = () => (stop.abort(new Error('interrupted')), 'go on');
  const { signal } = stop;
  await assert.rejects(train({ ...made, artefact, out, checkpoint: 1, onEpoch, signal }), /interrupted/);
  return `${out}.checkpoint`;
}

test('a winner whose training was interrupted does not stand in the way of --resume', async () => {
  const checkpoint = await interruptedWinner('broken');
  assert.ok(existsSync(checkpoint));
  const { test: tested } = await tuned('broken', { resume: true });
  assert.ok(tested);
  assert.equal(existsSync(checkpoint), false);
});

test('a study that is refused leaves the folds of the one that is there; another threshold is another study', async () => {
  const folds = readFileSync(at('broken', 'folds.parquet'));
  await assert.rejects(tuned('broken', { study: 'second', folds: 3 }), /a directory of this study/);
  assert.deepEqual(readFileSync(at('broken', 'folds.parquet')), folds);
  const database = new DatabaseSync(at('broken.db'));
  assert.deepEqual(
    database
      .prepare('SELECT study_name AS name FROM studies')
      .all()
      .map(({ name }) => name),
    ['tune'],
  );
  database.close();
  const config = at('threshold.yaml');
  writeFileSync(config, CONFIG.replace('calibration: isotonic', 'calibration: isotonic, threshold: value'));
  await assert.rejects(tuned('broken', { config, resume: true }), /study tune, of model: .*"threshold":"value"/);
});
