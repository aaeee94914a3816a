/** From trades to the predictions of a network, and trainings that are interrupted, stopped and refused. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { build, fit, replay, train, TrainingStopped, verify, type TrainOptions } from 'minotaur/runs';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { at, learn, smallChain } from './several.ts';

const model = { kind: 'mlp', epochs: 4, units: 8, batch: 32, calibration: 'none' } as const;
const config = { ...smallChain, sequence: { length: 4 }, model } satisfies ConfigInput;
const trades = [at('trades.parquet')];
const rows = at('rows');
let whole: Awaited<ReturnType<typeof learn>>;

before(async () => {
  await writeTrades(trades[0], simulate({ trades: 20_000, seed: 11 }));
  await build({ config, trades, out: rows });
  whole = await learn('whole', config, { SIM: trades }, [rows]);
});

const bytes = (path: string): Buffer => readFileSync(path);
const curveOf = (path: string): Buffer => bytes(`${path}.curve.json`);

/** Trained once more, with an artefact of its own. */
async function again(name: string, options: Partial<TrainOptions> = {}) {
  const { labels, splits } = whole.learned;
  const artefact = at(`${name}-artefact.json`);
  if (!existsSync(artefact)) await fit({ config, rows, splits, out: artefact });
  return train({ config, rows, labels, splits, artefact, out: at(`${name}.onnx`), ...options });
}

test('predictions of a file are those of a replay; verify holds', async () => {
  const { artefact, model: file, labels, splits, predictions } = whole.learned;
  assert.ok(whole.predicted.predicted > 500);
  const live = await replay({ config, trades, out: at('live'), artefact, model: file });
  assert.equal(live.predictions?.digest, whole.predicted.digest);
  const isolated = await verify({ config, rows, labels, splits, artefact, predictions });
  assert.ok(isolated.holds && isolated.answered, JSON.stringify(isolated.checks));
  const served = await verify({ config, trades, artefact, model: file, checks: ['predictions'] });
  assert.ok(served.holds && served.answered, JSON.stringify(served.checks));
});

test('the same bytes for a seed, whatever the number of threads; others for another', async () => {
  const { training } = whole.trained;
  assert.equal(training?.curve.length, 4);
  assert.equal(training?.parameters, ((4 * whole.trained.columns) / 4) * 8 + 8 + 8 * 8 + 8 + 8 + 1);
  for (const threads of [1, 2, 3]) {
    const { training: own } = await again(`threads-${threads}`, { threads });
    assert.deepEqual(own?.curve, training?.curve);
    assert.deepEqual(bytes(at(`threads-${threads}.onnx`)), bytes(whole.learned.model));
  }
  await again('seed', { seed: 2 });
  assert.notDeepEqual(bytes(at('seed.onnx')), bytes(whole.learned.model));
});

/** Interrupts a training behind so many steps, with a checkpoint after every second. */
async function interrupted(name: string, steps: number): Promise<void> {
  const stop = new AbortController();
  const onEpoch: TrainOptions['onEpoch'] = ({ epoch }) => {
    if (epoch === steps) stop.abort(new Error('interrupted'));
    return 'go on';
  };
  await assert.rejects(again(name, { checkpoint: 2, onEpoch, signal: stop.signal }), /interrupted/);
}

test('interrupted, and gone on with: the model and the curve of an undisturbed training', async () => {
  await interrupted('broken', 2);
  assert.equal(existsSync(at('broken.onnx')), false);
  await assert.rejects(again('broken'), /broken\.onnx\.checkpoint: expected --resume, which goes on from step \d+/);
  await assert.rejects(
    again('broken', { resume: true, seed: 3 }),
    /model\.seed: expected 3, as of this training, found 1/,
  );
  const { training } = await again('broken', { resume: true });
  assert.ok((training?.from ?? 0) > 0);
  assert.deepEqual(bytes(at('broken.onnx')), bytes(whole.learned.model));
  assert.deepEqual(curveOf(at('broken.onnx')), curveOf(whole.learned.model));
  assert.equal(existsSync(at('broken.onnx.checkpoint')), false);
});

test('whoever is told of the epochs may stop the training, and nothing is left of it', async () => {
  const heard: number[] = [];
  const onEpoch: TrainOptions['onEpoch'] = ({ epoch, auc }) => {
    assert.ok(auc >= 0 && auc <= 1);
    return heard.push(epoch) === 2 ? 'stop' : 'go on';
  };
  await assert.rejects(again('stopped', { checkpoint: 1, onEpoch }), (error) => {
    return error instanceof TrainingStopped && error.epoch === 2;
  });
  assert.deepEqual(heard, [1, 2]);
  for (const name of ['stopped.onnx', 'stopped.onnx.checkpoint']) assert.equal(existsSync(at(name)), false);
});

test('a kind by its flag, with its defaults; what only steps have is refused for trees', async () => {
  const { kind, training } = await again('linear', { model: 'linear' });
  assert.equal(kind, 'linear');
  assert.equal(training?.parameters, whole.trained.columns + 1);
  await assert.rejects(again('trees', { model: 'trees', resume: true }), /resume: expected a model that is trained in/);
});
