/** Programs of networks: the same weights however often and on however many threads, padding, means of weights, files. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { distributions, sfc32 } from 'minotaur-core/internal/base/random';
import { computed, openGraph, trained, type Batch } from '../../../../../test/graphs.ts';
import { sigmoid } from '../../onnx/graph/operations/elementwise.ts';
import { reshape } from '../../onnx/graph/operations/shaping.ts';
import { inputOf, sizeOf } from '../../onnx/graph/tensor.ts';
import { makeSidecar, openModel } from '../../runtime/open-model.ts';
import { dense } from '../layers/dense.ts';
import type { Network } from '../layers/network.ts';
import { binaryCrossEntropy, focal } from '../losses/classes.ts';
import { networkOf, type NetworkSettings } from '../models/models.ts';
import type { Program } from './contract.ts';
import { exportNetwork } from './export.ts';
import { createProgram } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-program-'));
after(() => rmSync(folder, { recursive: true }));

const [BATCH, LENGTH, WIDTH] = [32, 13, 24];
const shape = [BATCH, LENGTH, WIDTH] as const;
const KINDS: readonly NetworkSettings[] = [
  { kind: 'linear' },
  { kind: 'mlp', units: 16, layers: 2, activation: 'relu', dropout: 0.2 },
  { kind: 'tcn', filters: 16, kernel: 3, levels: 2, dropout: 0.1 },
  { kind: 'gru', units: 16, layers: 1, dropout: 0.1 },
  {
    kind: 'cnn-transformer',
    filters: 32,
    heads: 2,
    headSize: 32,
    feedForward: 2,
    encoders: 1,
    activation: 'swish',
    mlpLayers: 1,
    mlpUnits: 16,
    dropoutCnn: 0.1,
    dropoutTransformer: 0.1,
    dropoutMlp: 0.1,
  },
];

const programOf = (network: Network, batch = BATCH): Program =>
  createProgram({ network, batch, length: LENGTH, width: WIDTH, loss: focal(0.4, 2), clip: 1 });

function batchOf(seed: number): Batch {
  const { normal } = distributions(sfc32(seed));
  const x = Float32Array.from({ length: BATCH * LENGTH * WIDTH }, normal);
  return { x, y: Float32Array.from({ length: BATCH }, (_, i) => (x[i * LENGTH * WIDTH] > 0 ? 1 : 0)) };
}

function masksOf(program: Program, seed: number): Float32Array {
  const { uniform } = distributions(sfc32(seed));
  const all = new Float32Array(program.maskSize);
  for (const { shape: dims, rate, offset } of program.masks) {
    const end = offset + sizeOf(dims);
    for (let i = offset; i < end; i++) all[i] = uniform() < rate ? 0 : 1 / (1 - rate);
  }
  return all;
}

const batches = [batchOf(1), batchOf(2)];

for (const settings of KINDS) {
  test(`${settings.kind}: equal weights over repeats and threads, its loss falls, and its file gives what its evaluation gives`, async () => {
    const network = networkOf(settings);
    const program = programOf(network);
    const masks = program.maskSize > 0 ? { masks: (t: number) => masksOf(program, t) } : {};
    const run = (threads: number) =>
      trained({
        program,
        shape,
        initial: program.initial(1),
        batches,
        steps: 12,
        rate: () => 5e-3,
        decay: 0.01,
        threads,
        ...masks,
      });
    const one = await run(1);
    for (const threads of [1, 2, 3]) assert.deepEqual((await run(threads)).p, one.p, `${threads} threads`);
    assert.ok(one.losses[10] < one.losses[0], one.losses.join(' '));

    const { x } = batches[0];
    const evaluation = await openGraph(program.evaluation(BATCH));
    const { logits } = await evaluation.run({
      p: { shape: [program.size], values: one.p },
      x: { shape, values: x },
      y: { shape: [BATCH, 1], values: batches[0].y },
      ...(program.statistics > 0 && { s: { shape: [program.statistics], values: one.s } }),
    });
    await evaluation.close();
    const logit = inputOf('logits', [BATCH, 1]);
    const { expected } = await computed({ expected: sigmoid(logit) }, new Map([[logit, logits]]));
    const identity = { schemaId: 'a', artefactDigest: 'b', engineVersion: '1', featureDigest: 'c' };
    const bytes = exportNetwork(network, one, identity, LENGTH, WIDTH);
    const file = await openGraph(bytes);
    const { probability } = await file.run({ input: { shape, values: x } });
    await file.close();
    assert.deepEqual(probability, expected);

    const path = join(folder, `${settings.kind}.onnx`);
    writeFileSync(path, bytes);
    const expect = { schemaId: 'a', artefactDigest: 'b', width: WIDTH, length: LENGTH };
    const row = x.subarray(0, LENGTH * WIDTH);
    writeFileSync(`${path}.json`, JSON.stringify(await makeSidecar(path, expect, [row])));
    const model = await openModel({ path, expect });
    assert.ok(Math.abs((await model.predict(row)) - probability[0]) < 1e-6);
    await model.close();
  });
}

test('of rows of one, a file takes [N, F]', async () => {
  const network = networkOf({ kind: 'linear' });
  const program = createProgram({ network, batch: 2, length: 1, width: 3, loss: binaryCrossEntropy() });
  const identity = { schemaId: 'a', artefactDigest: 'b', engineVersion: '1', featureDigest: 'c' };
  const file = await openGraph(exportNetwork(network, program.initial(1), identity, 1, 3));
  const { probability } = await file.run({ input: { shape: [5, 3], values: new Float32Array(15) } });
  assert.deepEqual([...probability], [0.5, 0.5, 0.5, 0.5, 0.5]);
  await file.close();
});

test('a row of weight 0 changes nothing, and e is the mean of weights', async () => {
  const network = networkOf({ kind: 'mlp', units: 4, layers: 1, activation: 'gelu', dropout: 0 });
  const program = programOf(network);
  const w = new Float32Array(BATCH).fill(1).fill(0, BATCH - 3);
  const other = batches[0].x.slice().fill(7, (BATCH - 3) * LENGTH * WIDTH);
  const initial = program.initial(3);
  const options = { program, shape, initial, steps: 1, rate: () => 1e-2, decay: 0, ema: 0.75 };
  const a = await trained({ ...options, batches: [{ ...batches[0], w }] });
  const b = await trained({ ...options, batches: [{ ...batches[0], x: other, w }] });
  assert.deepEqual(a.p, b.p);
  for (const [i, e] of a.e.entries()) assert.ok(Math.abs(e - (0.75 * initial.p[i] + 0.25 * a.p[i])) < 1e-7);
});

test('initial values are of a seed, and where they have to be', () => {
  const program = programOf(networkOf(KINDS[4]));
  const { p, s } = program.initial(1);
  assert.deepEqual(program.initial(1).p, p);
  assert.notDeepEqual(program.initial(2).p, p);
  for (const { name, shape: dims, offset, decay } of program.parameters) {
    const values = p.subarray(offset, offset + sizeOf(dims));
    assert.equal(decay, name.endsWith('.weights'), name);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    if (name.endsWith('.bias')) assert.deepEqual([least, most], [0, 0]);
    if (name.endsWith('.gain')) assert.deepEqual([least, most], [1, 1]);
    if (decay) assert.ok(least < 0 && most > 0 && most < 1);
  }
  assert.deepEqual([...new Set(s)], [0, 1]);
});

test('networks that cannot be trained', () => {
  const refused = (build: Network['build'], message: RegExp): void => {
    assert.throws(() => programOf({ name: 'mine', build }), message);
  };
  refused((_, x) => x, /network mine: expected logits \[32, K\], found \[32, 13, 24\]/);
  const flat = (x: Parameters<Network['build']>[1]) => reshape(x, [BATCH, LENGTH * WIDTH]);
  refused(
    (b, x) => dense(b, dense(b, flat(x), 'a', 3), 'a', 1),
    /expected a name for each parameter, found a.weights twice/,
  );
  refused((b, x) => {
    dense(b, flat(x), 'idle', 1);
    return dense(b, flat(x), 'head', 1);
  }, /network mine, idle.weights: expected a parameter that logits hang on, found none/);
  refused((b, x) => dense(b, flat(x), 'head', 2), /focal: expected a network of one logit, found 2/);
  refused(
    (b, x) => reshape(dense(b, flat(x), 'head', 1), [BATCH, 3]),
    /reshape: expected 32 elements, found \[32, 3\]/,
  );
});
