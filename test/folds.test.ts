/** Every fold of a walk-forward split trains a model, and no model trains on rows of a fold that is not its artefact's. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { readColumns } from '../packages/minotaur/src/files/parquet/columns-source.ts';
import { readCodes } from '../packages/minotaur/src/files/parquet/row-blocks.ts';
import { SPLITS } from '../packages/core/src/splits/splits.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { readEvaluation } from '../packages/minotaur/src/runs/learning/evaluate.ts';
import type { Artefact } from '../packages/core/src/artefact/artefact.ts';
import { minotaur, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

const CONFIG = `symbol: TEST
clocks:
  short: { bars: dollar, threshold: 20000 }
features:
  short: [close, trade_imbalance, taker_buy_sell_ratio, "log_return(close)", "rsi(close, 5)"]
label: { method: fixed, target: 0.0004, stop: 0.0004, limit: 5min }
split: { method: walkForward, folds: 2 }
sequence: { length: 1 }
model: { kind: trees, rounds: 20, calibration: isotonic }
`;

const [trades, config, rows] = [at('trades.parquet'), at('config.yaml'), at('rows')];
const [labels, splits] = [at('labels.parquet'), at('splits.parquet')];
await writeTrades(trades, simulate({ trades: 150_000, seed: 11 }));
writeFileSync(config, CONFIG);
run('build', '--trades', trades, '--config', config, '--out', rows);
run('label', '--rows', rows, '--trades', trades, '--config', config, '--out', labels);
run('split', '--rows', rows, '--labels', labels, '--config', config, '--out', splits);

const artefactOf = (fold: number): string => at(`artefact-${fold}.json`);
const fit = (fold: number): void => {
  const flags = ['--rows', rows, '--splits', splits, '--fold', `${fold}`, '--config', config];
  run('fit', ...flags, '--out', artefactOf(fold));
};
const trainFlags = (fold: number, artefact: string, out: string): string[] => {
  const flags = ['--rows', rows, '--labels', labels, '--splits', splits, '--fold', `${fold}`];
  return ['train', ...flags, '--artefact', artefact, '--config', config, '--out', out];
};

test('each fold is fitted, trained, calibrated on its own validation rows and judged on its test', () => {
  for (const fold of [0, 1]) {
    fit(fold);
    const [command, ...flags] = trainFlags(fold, artefactOf(fold), at(`model-${fold}.onnx`));
    run(command, ...flags);
    const learned = ['--artefact', artefactOf(fold)];
    run('predict', '--rows', rows, ...learned, '--model', at(`model-${fold}.onnx`), '--out', at('predictions.parquet'));
    const judged = ['--predictions', at('predictions.parquet'), '--labels', labels, '--splits', splits];
    const { splits: found } = run<{ splits: { name: string; rocAuc: number }[] }>(
      'evaluate',
      ...judged,
      '--fold',
      `${fold}`,
      ...learned,
    );
    assert.deepEqual(
      found.map(({ name }) => name),
      ['train', 'validation', 'test'],
    );
    assert.ok(
      found.every(({ rocAuc }) => rocAuc > 0 && rocAuc < 1),
      JSON.stringify(found),
    );
  }
});

test('an evaluation says which rows every fold learns from and is judged by, part after part in time', async () => {
  fit(1);
  const [command, ...flags] = trainFlags(1, artefactOf(1), at('model-1.onnx'));
  run(command, ...flags);
  const learned = { artefact: artefactOf(1), predictions: at('predictions.parquet') };
  const files = ['--artefact', learned.artefact, '--model', at('model-1.onnx'), '--out', learned.predictions];
  run('predict', '--rows', rows, ...files);
  const { folds, fold } = await readEvaluation({ ...learned, labels, splits, fold: 1 });
  assert.equal(fold, 1);
  const { split, fold: folded } = await readSplit(splits);
  folds.forEach((stretches, k) => {
    assert.deepEqual(
      stretches.map(({ part }) => part),
      ['train', 'validation', 'test'],
    );
    for (const { part, rows: found, from, to } of stretches) {
      assert.equal(found, split.filter((name, i) => name === part && folded[i] === k).length);
      assert.ok(from < to);
    }
    stretches.slice(1).forEach(({ from }, i) => assert.ok(stretches[i].to < from));
  });
  assert.ok(folds.length === 2 && folds[0][2].to < folds[1][2].from);
});

/** The part and the fold of every row, fold after fold. */
async function readSplit(file: string): Promise<{ split: readonly string[]; fold: Float64Array }> {
  const { fold } = await readColumns(file, ['fold']);
  return { split: Array.from(await readCodes(file, 'split', SPLITS), (code) => SPLITS[code]), fold };
}

test('calibrate learns of a model what train learned of it, from its predictions alone', () => {
  const decisionOf = (file: string) => (JSON.parse(readFileSync(file, 'utf8')) as Artefact).decision;
  const trained = decisionOf(artefactOf(1));
  fit(1);
  assert.equal(decisionOf(artefactOf(1)), undefined);
  const learned = ['--artefact', artefactOf(1)];
  run('predict', '--rows', rows, ...learned, '--model', at('model-1.onnx'), '--out', at('raw.parquet'));
  const judged = ['--predictions', at('raw.parquet'), '--labels', labels, '--splits', splits, '--fold', '1'];
  run('calibrate', ...judged, ...learned, '--config', config, '--out', at('calibrated.json'));
  const found = decisionOf(at('calibrated.json'));
  assert.deepEqual(
    [found?.model, found?.calibration, found?.threshold],
    [trained?.model, trained?.calibration, trained?.threshold],
  );
  const flags = ['--rows', rows, '--artefact', at('calibrated.json')];
  run('predict', ...flags, '--model', at('model-1.onnx'), '--out', at('again.parquet'));
  const { status, stderr } = minotaur('predict', ...flags, '--model', at('model-0.onnx'), '--out', at('no.parquet'));
  assert.equal(status, 2);
  assert.match(stderr, /model-0\.onnx/);
});

test('isolation of the artefact holds; an artefact that was fitted otherwise is found, with the number that differs', () => {
  fit(1);
  const flags = ['--rows', rows, '--labels', labels, '--splits', splits, '--fold', '1', '--artefact', artefactOf(1)];
  const sound = run<{ holds: boolean; checks: { name: string; compared: Record<string, number> }[] }>(
    'verify',
    ...flags,
    '--config',
    config,
  );
  assert.deepEqual([sound.holds, sound.checks.map(({ name }) => name)], [true, ['isolation']]);
  assert.ok(sound.checks[0].compared['values'] > 1000);
  const other = at('other.yaml');
  writeFileSync(other, `${CONFIG}transform: { clip: [0.02, 0.98] }\n`);
  const { status, stdout } = minotaur('verify', ...flags, '--config', other);
  assert.equal(status, 1);
  assert.match(stdout, /FAILS {2}isolation[\s\S]*fitted again from the training rows: artefact\.learned\.0.*clip/);
  const incomplete = minotaur('verify', '--rows', rows, '--labels', labels, '--config', config);
  assert.equal(incomplete.status, 2);
  assert.match(incomplete.stderr, /no splits/);
});

test('an artefact of another fold is refused: its transform has seen rows that the model is judged by', () => {
  fit(1);
  const { status, stderr } = minotaur(...trainFlags(0, artefactOf(1), at('never.onnx')));
  assert.equal(status, 2);
  assert.match(stderr, /splits\.parquet, fold 0\n.*training rows from .*as the artefact was fitted on\n.*another fold/);
  assert.ok(!existsSync(at('never.onnx')));
});

test('a fold that is not there is named', () => {
  const { status, stderr } = minotaur(...trainFlags(7, artefactOf(1), at('never.onnx')));
  assert.equal(status, 2);
  assert.match(stderr, /fold\n.*0 to 1\n.*7/);
});
