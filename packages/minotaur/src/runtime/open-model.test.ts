import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { cut, makeSignal } from '../../../../test/signal.ts';
import { predictLogistic, trainLogistic } from 'minotaur-core/internal/model/logistic';
import { rowOf } from 'minotaur-core/internal/model/matrix';
import { exportOnnx } from '../onnx/export/trained.ts';
import type { ModelIdentity } from '../store/model.ts';
import { makeSidecar, openModel } from './open-model.ts';
import { modelOf, nodeOf, valueOf } from '../onnx/proto/messages.ts';
import type { Sidecar } from '../store/sidecar.ts';
import { predictTrees, trainTrees } from 'minotaur-core/internal/model/trees/trees';

const identity: ModelIdentity = { schemaId: 'aa', artefactDigest: 'bb', engineVersion: '0', featureDigest: 'cc' };
const expect = { schemaId: 'aa', artefactDigest: 'bb', width: 12, length: 1 };
const data = makeSignal(3000, 12, 11);
const train = cut(data, 0, 2000);
const rest = cut(data, 2000, 3000);
const logistic = trainLogistic(train);
const folder = await mkdtemp(join(tmpdir(), 'minotaur-model-'));
after(() => rm(folder, { recursive: true }));
let files = 0;

/** Writes a model with a sidecar of three golden rows, changed by `change`. */
async function save(file: Buffer, wanted = expect, change: (sidecar: Sidecar) => object = (s) => s): Promise<string> {
  const path = join(folder, `${files++}.onnx`);
  await writeFile(path, file);
  const golden = [0, 1, 2].map((i) =>
    Float32Array.from({ length: wanted.width * wanted.length }, (_, c) => Math.fround(Math.sin(i + c))),
  );
  await writeFile(`${path}.json`, JSON.stringify(change(await makeSidecar(path, wanted, golden))));
  return path;
}

async function largestDifference(path: string, expected: Float64Array): Promise<number> {
  const model = await openModel({ path, expect });
  let largest = 0;
  for (let i = 0; i < rest.x.rows; i++) {
    largest = Math.max(largest, Math.abs((await model.predict(rowOf(rest.x, i))) - expected[i]));
  }
  await model.close();
  return largest;
}

test('ONNX Runtime gives what the trainer gives: logistic', async () => {
  const path = await save(exportOnnx(logistic, identity));
  assert.ok((await largestDifference(path, predictLogistic(logistic, rest.x))) < 1e-6);
});

test('ONNX Runtime gives what the trainer gives: trees, on thresholds, NaN and infinities too', async () => {
  const { model } = trainTrees(train, undefined, { rounds: 60, seed: 2, baggingFraction: 0.8, featureFraction: 0.6 });
  const path = await save(exportOnnx(model, identity));
  // Rows that lie on thresholds: one step to the wrong side would be another leaf.
  for (const tree of model.trees) {
    tree.column.forEach((c, node) => {
      if (c >= 0) rest.x.columns[c][(node * 37) % 900] = tree.threshold[node];
    });
  }
  rest.x.columns[0].set([NaN, Infinity, -Infinity, -0], 990);
  rest.x.columns[2].fill(NaN, 950, 955);
  assert.ok((await largestDifference(path, predictTrees(model, rest.x))) < 1e-6);
});

test('one row gives the same bits again, whatever came between', async () => {
  const model = await openModel({ path: await save(exportOnnx(logistic, identity)), expect });
  const first = await model.predict(rowOf(train.x, 0));
  for (let i = 1; i < 50; i++) await model.predict(rowOf(train.x, i));
  assert.equal(await model.predict(rowOf(train.x, 0)), first);
  await model.close();
});

test('a sequence model: [N, L, F] is read row by row', async () => {
  const path = await save(exportOnnx(logistic, identity, 3), { ...expect, width: 4, length: 3 });
  const model = await openModel({ path, expect: { ...expect, width: 4, length: 3 } });
  const input = rowOf(train.x, 5);
  assert.ok(Math.abs((await model.predict(input)) - predictLogistic(logistic, cut(train, 5, 6).x)[0]) < 1e-6);
  await model.close();
  await assert.rejects(
    openModel({ path, expect: { ...expect, width: 3, length: 4 } }),
    /expected float32 \[N, 4, 3\], found input: float32 \[N, 3, 4\]/,
  );
});

test('refusals name the first difference', async () => {
  const file = exportOnnx(logistic, identity);
  const path = await save(file);
  const open = (change: object) => openModel({ path, expect: { ...expect, ...change } });
  await assert.rejects(open({ schemaId: 'other' }), /metadata schemaId: expected other, found aa/);
  await assert.rejects(open({ artefactDigest: 'other' }), /metadata artefactDigest: expected other, found bb/);
  await assert.rejects(
    open({ width: 13 }),
    /input: expected float32 \[N, 13\] or \[N, 1, 13\], found input: float32 \[N, 12\]/,
  );
  await assert.rejects(open({ length: 2 }), /expected float32 \[N, 2, 12\]/);
  const other = await save(file, expect, (s) => ({ ...s, schemaId: 'zz' }));
  await assert.rejects(
    openModel({ path: other, expect }),
    /sidecar of .*schemaId: expected aa, found zz: the model was trained on other rows/,
  );
  const moved = await save(file, expect, (s) => ({ ...s, golden: [{ ...s.golden[0], probability: 0.123 }] }));
  await assert.rejects(openModel({ path: moved, expect }), /golden row 0: expected 0.123 within/);
  const bare = await save(file, expect, (s) => ({ ...s, golden: [] }));
  await assert.rejects(openModel({ path: bare, expect }), /golden: expected a model sidecar/);
  const broken = await save(file);
  await writeFile(broken, file.subarray(0, file.length - 7));
  await assert.rejects(openModel({ path: broken, expect }), /expected an ONNX file|opens/);
  await assert.rejects(
    openModel({ path: join(folder, 'none.onnx'), expect }),
    /expected an ONNX model, found no such file/,
  );
  const model = await openModel({ path, expect });
  await assert.rejects(model.predict(new Float32Array(11)), /input: expected 12 values, found 11/);
  await model.close();
});

test('NaN from the model is `not ready`, and the model serves the next row', async () => {
  const model = await openModel({ path: await save(exportOnnx(logistic, identity)), expect });
  await assert.rejects(
    model.predict(new Float32Array(12).fill(NaN)),
    /not ready: expected a probability in \[0, 1\], found NaN/,
  );
  assert.ok((await model.predict(rowOf(train.x, 0))) > 0);
  await model.close();
});

/** A file whose one node is `op` over float inputs of these shapes, with an output of `width` columns. */
function tinyModel(op: string, inputs: readonly (readonly number[])[], width: number, type = 1): Buffer {
  const names = inputs.map((_, i) => `x${i}`);
  const parts = {
    name: 'g',
    version: '',
    irVersion: 8,
    opsets: { '': 17 },
    nodes: [nodeOf(op, names, ['anything'])],
    constants: [],
    inputs: inputs.map((dims, i) => valueOf(names[i], ['N', ...dims], type)),
    outputs: [valueOf('anything', ['N', width], type)],
  };
  return Buffer.from(modelOf(parts));
}

test('models from elsewhere: any output name, two classes give the second, no metadata needs the sidecar alone', async () => {
  const two = { ...expect, width: 2 };
  const path = await save(tinyModel('Softmax', [[2]], 2), two);
  const model = await openModel({ path, expect: two });
  assert.equal(model.reads, 'anything, column of class 1');
  assert.ok(Math.abs((await model.predict(Float32Array.of(0, 2))) - 1 / (1 + Math.exp(-2))) < 1e-6);
  await model.close();
  await assert.rejects(openModel({ path, expect: { ...two, schemaId: 'zz' } }), /sidecar of .*expected zz, found aa/);
});

test('shapes and types that the contract does not have', async () => {
  const open = (file: Buffer, width: number) => save(file, { ...expect, width });
  await assert.rejects(open(tinyModel('Add', [[1], [1]], 1), 1), /expected one input, found x0: float32 \[N, 1\]; x1/);
  await assert.rejects(
    open(tinyModel('Sigmoid', [[3]], 3), 3),
    /expected float32 \[N\], \[N, 1\] or \[N, 2\], found anything: float32 \[N, 3\]/,
  );
  await assert.rejects(open(tinyModel('Sigmoid', [[1]], 1, 11), 1), /expected float32 \[N, 1\].*found x0: float64/);
  await assert.rejects(
    open(tinyModel('Neg', [[1]], 1), 1),
    /not ready: expected a probability in \[0, 1\], found -0.84/,
  );
});
