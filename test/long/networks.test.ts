/** From trades to the predictions of a CNN-Transformer, of a file and live; and trainings that are killed. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ConfigInput } from 'minotaur';
import { build, buildSymbols, fit, replay, train, verify, type TrainOptions } from 'minotaur/runs';
import { mulberry32 } from '../../packages/core/src/base/random.ts';
import { simulate } from '../../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../../packages/minotaur/src/files/trades/write-trades.ts';
import { MAIN, nodeArguments } from '../main.ts';
import { at, chain, learn, smallChain } from '../several.ts';

const model = {
  kind: 'cnn-transformer',
  epochs: 3,
  batch: 32,
  filters: 8,
  heads: 1,
  headSize: 8,
  mlpUnits: 8,
  calibration: 'none',
} as const;
const config = { ...smallChain, sequence: { length: 16 }, model } satisfies ConfigInput;
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
  await fit({ config, rows, splits, out: artefact });
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
  for (const threads of [1, 2, 3]) {
    const { training } = await again(`threads-${threads}`, { threads });
    assert.deepEqual(training?.curve, whole.trained.training?.curve);
    assert.deepEqual(bytes(at(`threads-${threads}.onnx`)), bytes(whole.learned.model));
  }
  await again('seed', { seed: 2 });
  assert.notDeepEqual(bytes(at('seed.onnx')), bytes(whole.learned.model));
});

test('every kind is trained, exported and opened, with its golden rows', async () => {
  for (const kind of ['tcn', 'gru', 'mlp', 'linear'] as const) {
    const own = { ...config, model: { kind, epochs: 1, calibration: 'none' } } satisfies ConfigInput;
    const { training } = await again(kind, { config: own });
    assert.ok((training?.curve[0].auc ?? 0) > 0.2);
  }
});

test("a network of one's own, from layers in a module", async () => {
  const path = fileURLToPath(new URL('../../examples/own-network/pooled-gru.ts', import.meta.url));
  const own = {
    ...config,
    model: { kind: 'module', path, epochs: 1, calibration: 'none' },
  } satisfies ConfigInput;
  const { training } = await again('own', { config: own });
  assert.ok((training?.curve[0].auc ?? 0) > 0.2);
  writeFileSync(at('none.ts'), 'export default 3;\n');
  const none = { ...own, model: { ...own.model, path: at('none.ts') } };
  await assert.rejects(again('none', { config: none }), /model\.path, .*none\.ts: expected a network .* found number/);
});

/** Trains in a process, and kills it a while after its next checkpoint; says whether there is something to go on from. */
async function killed(flags: readonly string[], checkpoint: string, wait: number): Promise<boolean> {
  const child = spawn(process.execPath, [...nodeArguments, MAIN, 'train', ...flags], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const exit = once(child, 'exit');
  const written = (): number => (existsSync(checkpoint) ? statSync(checkpoint).mtimeMs : 0);
  const first = written();
  while (written() === first && child.exitCode === null) await setTimeout(1);
  await setTimeout(wait);
  child.kill('SIGKILL');
  const [code, signal] = (await exit) as [number | null, string | null];
  assert.ok(code === 0 || signal === 'SIGKILL', said);
  // Killed after its model was in place and its checkpoint removed, it was done all the same.
  return signal === 'SIGKILL' && existsSync(checkpoint);
}

test('killed again and again, and gone on with: the bytes of an undisturbed training', async () => {
  const { labels, splits } = whole.learned;
  const [artefact, out, file] = [at('killed-artefact.json'), at('killed.onnx'), at('config.json')];
  writeFileSync(file, JSON.stringify(config));
  await fit({ config, rows, splits, out: artefact });
  const flags = ['--rows', rows, '--labels', labels, '--splits', splits, '--artefact', artefact, '--config', file];
  const uniform = mulberry32(5);
  let kills = 0;
  // A fast machine ends some of them before they are killed; the last has to be one that was.
  let isLeft = false;
  for (let attempt = 0; attempt < 20 && !(kills >= 3 && isLeft); attempt++) {
    const own = [...flags, '--out', out, '--checkpoint', '3', '--resume'];
    isLeft = await killed(own, `${out}.checkpoint`, Math.floor((300 / (1 + attempt)) * uniform()));
    if (isLeft) kills++;
  }
  assert.ok(kills >= 3 && isLeft, `${kills} trainings were killed`);
  const { training } = await train({ config, rows, labels, splits, artefact, out, resume: true });
  assert.ok((training?.from ?? 0) > 0, 'it went on');
  assert.deepEqual(bytes(out), bytes(whole.learned.model));
  assert.deepEqual(curveOf(out), curveOf(whole.learned.model));
  assert.deepEqual(bytes(artefact), bytes(whole.learned.artefact));
  assert.equal(existsSync(`${out}.checkpoint`), false);
});

test('one network of the rows of two instruments, whose sequences stay apart', async () => {
  const several = { ...chain(30, 0.0004), model: { ...model, epochs: 1 } } satisfies ConfigInput;
  const both = { BTCUSDT: [at('btc.parquet')], ETHUSDT: [at('eth.parquet')] };
  await writeTrades(at('btc.parquet'), simulate({ trades: 15_000, seed: 11 }));
  await writeTrades(at('eth.parquet'), simulate({ trades: 15_000, seed: 12, price: 2500 }));
  await buildSymbols({ config: several, trades: both, out: at('both') });
  const directories = [at('both', 'BTCUSDT'), at('both', 'ETHUSDT')];
  const { learned, trained, predicted } = await learn('both', several, both, directories);
  assert.ok(trained.symbols['BTCUSDT'].train > 50 && trained.symbols['ETHUSDT'].train > 50);
  assert.ok(predicted.symbols['ETHUSDT'].predicted > 50);
  const { labels, splits, artefact, predictions } = learned;
  const isolated = await verify({ config: several, rows: directories, labels, splits, artefact, predictions });
  assert.ok(isolated.holds && isolated.answered, JSON.stringify(isolated.checks));
});
