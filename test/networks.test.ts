/** Trainings of a network that are interrupted, stopped and refused: in each case one clear end, and nothing half-written. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { before, test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { build, fit, label, split, train, TrainingStopped, type TrainOptions } from 'minotaur/runs';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { ensembleOf } from '../packages/minotaur/src/onnx/export/ensemble.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { at, smallChain } from './several.ts';

const model = { kind: 'mlp', epochs: 4, units: 8, batch: 32, calibration: 'none' } as const;
/** Beside the others a column that never changes, and one that is beyond float32. */
const tenSeconds = ['volume', 'roc(close, 3)', 'close * 0 as nothing', 'volume * 1e40 as huge'];
const features = { ...smallChain.features, '10s': tenSeconds };
const config = { ...smallChain, features, sequence: { length: 3 }, model } satisfies ConfigInput;
const trades = [at('trades.parquet')];
const [rows, labels, splits] = [at('rows'), at('labels.parquet'), at('splits.parquet')];

before(async () => {
  await writeTrades(trades[0], simulate({ trades: 8_000, seed: 11 }));
  await build({ config, trades, out: rows });
  await label({ config, rows, trades, out: labels });
  await split({ config, rows, labels, out: splits });
  await trained('whole');
});

const bytes = (name: string): Buffer => readFileSync(at(name));

/** Trained with an artefact of its own. */
async function trained(name: string, options: Partial<TrainOptions> = {}) {
  const artefact = at(`${name}-artefact.json`);
  if (!existsSync(artefact)) await fit({ config, rows, splits, out: artefact });
  return train({ config, rows, labels, splits, artefact, out: at(`${name}.onnx`), ...options });
}

test('interrupted, and gone on with: the model and the curve of an undisturbed training', async () => {
  const stop = new AbortController();
  const onEpoch: TrainOptions['onEpoch'] = ({ epoch }) => {
    if (epoch === 2) stop.abort(new Error('interrupted'));
    return 'go on';
  };
  await assert.rejects(trained('broken', { checkpoint: 2, onEpoch, signal: stop.signal }), /interrupted/);
  assert.equal(existsSync(at('broken.onnx')), false);
  await assert.rejects(trained('broken'), /broken\.onnx\.checkpoint: expected --resume, which goes on from step \d+/);
  const other = trained('broken', { resume: true, seed: 3 });
  await assert.rejects(other, /checkpoint, model\.seed: expected 3, as of this training, found 1/);
  const { training } = await trained('broken', { resume: true });
  assert.ok((training?.from ?? 0) > 0);
  assert.deepEqual(bytes('broken.onnx'), bytes('whole.onnx'));
  assert.deepEqual(bytes('broken.onnx.curve.json'), bytes('whole.onnx.curve.json'));
  assert.equal(existsSync(at('broken.onnx.checkpoint')), false);
});

test('an ensemble is the mean of models of seeds that follow each other, interrupted in its second member or not', async () => {
  const twice = { ...config, model: { ...model, ensemble: 2 } } satisfies ConfigInput;
  const { training } = await trained('twice', { config: twice });
  assert.equal(training?.others.length, 1);
  await trained('second', { seed: 2 });
  const [one, two] = [bytes('whole.onnx'), bytes('second.onnx')];
  assert.deepEqual(bytes('twice.onnx'), Buffer.from(ensembleOf([one, two])));
  const stop = new AbortController();
  let begun = 0;
  const onEpoch: TrainOptions['onEpoch'] = ({ epoch }) => {
    if (epoch === 1) begun++;
    if (begun === 2 && epoch === 2) stop.abort(new Error('interrupted'));
    return 'go on';
  };
  const broken = { config: twice, checkpoint: 2 };
  await assert.rejects(trained('torn', { ...broken, onEpoch, signal: stop.signal }), /interrupted/);
  const again = await trained('torn', { ...broken, resume: true });
  assert.ok((again.training?.from ?? 0) > 0 && (again.training?.others[0].from ?? 0) > 0);
  assert.deepEqual(bytes('torn.onnx'), bytes('twice.onnx'));
  const left = readdirSync(dirname(at('torn.onnx'))).filter((name) => name.endsWith('.checkpoint'));
  assert.deepEqual(left, []);
});

test('an ensemble of trees leans on what its members lean on', async () => {
  const trees = { kind: 'trees', rounds: 5, baggingFraction: 0.5, calibration: 'none' } as const;
  const chain = (ensemble: number) => ({ ...config, model: { ...trees, ensemble } }) satisfies ConfigInput;
  const [single, many] = [await trained('tree', { config: chain(1) }), await trained('trees', { config: chain(3) })];
  assert.notDeepEqual(bytes('trees.onnx'), bytes('tree.onnx'));
  const sum = (of: typeof single): number => of.importances.reduce((total, { value }) => total + value, 0);
  assert.ok(sum(many) > sum(single));
});

test('a model of another kind takes the place of a network, and the curve goes with it', async () => {
  await trained('replaced');
  assert.ok(existsSync(at('replaced.onnx.curve.json')));
  await trained('replaced', { model: 'trees' });
  assert.equal(existsSync(at('replaced.onnx.curve.json')), false);
});

test("a checkpoint of a network of one's own is of its file as it stood", async () => {
  const path = at('own.ts');
  const text = `import { attentionPooling, dense } from '${new URL('../packages/minotaur/src/learn.ts', import.meta.url).href}';
export default { name: 'own', build: (b, x) => dense(b, attentionPooling(b, x, 'pool'), 'head', 1) };
`;
  writeFileSync(path, text);
  const own = { ...config, model: { kind: 'module', path, epochs: 2, calibration: 'none' } } satisfies ConfigInput;
  const stop = new AbortController();
  const onEpoch: TrainOptions['onEpoch'] = () => (stop.abort(new Error('interrupted')), 'go on');
  const broken = { config: own, checkpoint: 1 };
  await assert.rejects(trained('own', { ...broken, onEpoch, signal: stop.signal }), /interrupted/);
  writeFileSync(path, `${text}// changed\n`);
  const digest = '[0-9a-f]{64}';
  const refused = new RegExp(`own.onnx.checkpoint, module: expected ${digest}, as of this training, found ${digest}`);
  await assert.rejects(trained('own', { ...broken, resume: true }), refused);
  writeFileSync(path, text);
  const { training } = await trained('own', { ...broken, resume: true });
  assert.ok((training?.from ?? 0) > 0);
});

test('a checkpoint of another training is passed over where only the same is gone on from', async () => {
  const stop = new AbortController();
  const onEpoch: TrainOptions['onEpoch'] = () => (stop.abort(new Error('interrupted')), 'go on');
  await assert.rejects(trained('anew', { seed: 9, checkpoint: 1, onEpoch, signal: stop.signal }), /interrupted/);
  const { training } = await trained('anew', { resume: 'same' });
  assert.equal(training?.from, 0);
  assert.deepEqual(bytes('anew.onnx'), bytes('whole.onnx'));
});

test('whoever is told of the epochs may stop the training, and nothing is left of it', async () => {
  const heard: number[] = [];
  const onEpoch: TrainOptions['onEpoch'] = ({ epoch, auc }) => {
    assert.ok(auc >= 0 && auc <= 1);
    return heard.push(epoch) === 2 ? 'stop' : 'go on';
  };
  const stopped = trained('stopped', { checkpoint: 1, onEpoch });
  await assert.rejects(stopped, (error) => error instanceof TrainingStopped && error.epoch === 2);
  assert.deepEqual(heard, [1, 2]);
  for (const name of ['stopped.onnx', 'stopped.onnx.checkpoint']) assert.equal(existsSync(at(name)), false);
});

test('a kind by its flag, with its defaults; rows by the uniqueness of their labels; what only steps have is refused', async () => {
  const short = { ...config, model: { kind: 'trees', calibration: 'none' } } satisfies ConfigInput;
  const { kind, columns, training } = await trained('linear', { config: short, model: 'linear' });
  assert.deepEqual([kind, training?.parameters], ['linear', columns + 1]);
  const weighted = { ...config, model: { ...model, epochs: 1, weights: 'uniqueness' } } satisfies ConfigInput;
  await trained('weighted', { config: weighted });
  assert.notDeepEqual(bytes('weighted.onnx'), bytes('whole.onnx'));
  await assert.rejects(
    trained('whole', { model: 'trees', resume: true }),
    /resume: expected a model that is trained in/,
  );
});

test('one label only, no rows, no room and values that are none are said before anything is trained', async () => {
  const artefact = at('far-artefact.json');
  const far = { ...config, label: { ...config.label, target: 1e-6, stop: 0.9, limit: '1h' } } satisfies ConfigInput;
  const files = { labels: at('far.parquet'), splits: at('far-splits.parquet') };
  await label({ config: far, rows, trades, out: files.labels });
  await split({ config: far, rows, labels: files.labels, out: files.splits });
  await fit({ config: far, rows, splits: files.splits, out: artefact });
  const all = train({ config: far, rows, ...files, artefact, out: at('far.onnx') });
  await assert.rejects(all, /train rows: expected labels of both classes, found \d+ rows of label 1/);
  const large = { ...config, model: { ...model, batch: 2 ** 33 } } satisfies ConfigInput;
  await assert.rejects(trained('large', { config: large }), /expected memory for a batch of 8589934592 sequences/);
  const plain = { ...config, transform: { scale: 'none', clip: null } } satisfies ConfigInput;
  await fit({ config: plain, rows, splits, out: at('plain-artefact.json') });
  const refused = trained('plain', { config: plain });
  await assert.rejects(refused, /row \d+ of 20.*, column huge_tb: expected a finite float32: impute.*found Infinity/);
});

test('a sequence longer than a split leaves it without rows, which is said', async () => {
  const long = { ...config, sequence: { length: 400 } } satisfies ConfigInput;
  const divided = split({ config: long, rows, labels, out: at('long-splits.parquet') });
  await assert.rejects(divided, /fold 0: expected at least one validation row, found none: .*223 by sequence/);
  await assert.rejects(trained('whole', { fold: 3 }), /fold/);
});
