import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, makeSignal } from '../../../../../test/signal.ts';
import { trainLogistic } from 'minotaur-core/internal/model/logistic';
import { rowOf } from 'minotaur-core/internal/model/matrix';
import { trainTrees } from 'minotaur-core/internal/model/trees/trees';
import { openSession, type ModelDoor } from '../../runtime/onnx-runtime.ts';
import { readMetadata } from '../../store/model-metadata.ts';
import type { ModelIdentity } from '../../store/model.ts';
import { modelOf, nodeOf, valueOf } from '../proto/messages.ts';
import { ensembleOf } from './ensemble.ts';
import { exportOnnx } from './trained.ts';

const identity: ModelIdentity = { schemaId: 'aa', artefactDigest: 'bb', engineVersion: '0', featureDigest: 'cc' };
const data = makeSignal(1200, 8, 3);
const trees = [1, 2, 3].map((seed) => {
  const { model } = trainTrees(data, undefined, { rounds: 12, seed, baggingFraction: 0.5, featureFraction: 0.7 });
  return exportOnnx(model, identity, 2);
});
const logistic = exportOnnx(trainLogistic(data), identity, 2);

const open = (file: Uint8Array): Promise<ModelDoor> => openSession(file, 'test.onnx', 4, 2);

test('an ensemble says the mean of its members, of whatever kind, the same bits again', async () => {
  const members = [...trees, logistic];
  const [ensemble, ...doors] = await Promise.all([open(ensembleOf(members)), ...members.map(open)]);
  const seen = new Set<number>();
  for (let row = 0; row < 200; row++) {
    const input = rowOf(cut(data, row, row + 1).x, 0);
    const found = await ensemble.run(input);
    const said = await Promise.all(doors.map((door) => door.run(input)));
    const mean = said.reduce((a, b) => a + b, 0) / said.length;
    assert.ok(Math.abs(found - mean) < 1e-6, `${mean}, found ${found}`);
    assert.equal(await ensemble.run(input), found);
    seen.add(found);
  }
  assert.ok(seen.size > 50);
  await Promise.all([ensemble, ...doors].map((door) => door.close()));
});

test('it carries the identity of its members; the same members in the same order are the same file; one is itself', () => {
  const file = ensembleOf(trees);
  assert.equal(readMetadata(Buffer.from(file), 'test.onnx').get('artefactDigest'), 'bb');
  assert.deepEqual(ensembleOf(trees), file);
  assert.notDeepEqual(ensembleOf(trees.toReversed()), file);
  assert.deepEqual(Buffer.from(ensembleOf([logistic])), logistic);
});

test('an ensemble of ensembles is one too: names never meet', async () => {
  const door = await open(ensembleOf([ensembleOf(trees), ensembleOf(trees)]));
  const plain = await open(ensembleOf(trees));
  const input = rowOf(data.x, 7);
  assert.ok(Math.abs((await door.run(input)) - (await plain.run(input))) < 1e-6);
  await Promise.all([door.close(), plain.close()]);
});

test('members of another identity, shape or making are refused by the first difference', () => {
  const other = exportOnnx(trainLogistic(data), { ...identity, artefactDigest: 'dd' }, 2);
  assert.throws(
    () => ensembleOf([logistic, other]),
    /member 1, identity: expected .*artefactDigest bb.*, found .*artefactDigest dd/,
  );
  const flat = exportOnnx(trainLogistic(data), identity);
  assert.throws(
    () => ensembleOf([logistic, flat]),
    /member 1, input: expected type 1 \[N, 2, 4\], found type 1 \[N, 8\]/,
  );
  assert.throws(() => ensembleOf([]), /at least one model, found none/);
  assert.throws(() => ensembleOf([Uint8Array.of(255, 255)]), /member 0: expected an ONNX model/);
  const twice = modelOf({
    name: 'two',
    version: '0',
    irVersion: 8,
    opsets: { '': 17 },
    nodes: [nodeOf('Identity', ['a'], ['b'])],
    constants: [],
    inputs: [valueOf('a', ['N', 6])],
    outputs: [valueOf('b', ['N', 6]), valueOf('a', ['N', 6])],
  });
  assert.throws(() => ensembleOf([twice]), /one input and one output, found 1 and 2/);
});
