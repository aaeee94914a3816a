import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProgram, exportNetwork, focal } from 'minotaur/learn';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import network from './pooled-gru.ts';

const [batch, length, width] = [32, 8, 4];
const flat = (values: Float32Array): Tensor => new Tensor('float32', values, [values.length]);

/** A market that goes on: the label is whether the last row is above the one before. */
function drawn(from: number) {
  const x = Float32Array.from({ length: batch * length * width }, (_, i) => Math.sin((from + i) * (1 + (i % 7))));
  const at = (row: number, t: number): number => x[(row * length + t) * width] ?? NaN;
  return { x, y: Float32Array.from({ length: batch }, (_, row) => (at(row, 7) > at(row, 6) ? 1 : 0)) };
}

test('it learns, and becomes a file', async () => {
  const program = createProgram({ network, batch, length, width, loss: focal(0.5, 1), clip: 1 });
  const session = await InferenceSession.create(program.step, { intraOpNumThreads: 1 });
  const { p, s } = program.initial(1);
  let state = { p: flat(p), m: flat(new Float32Array(p.length)), v: flat(new Float32Array(p.length)), e: flat(p) };
  const losses: number[] = [];
  for (let t = 1; t <= 60; t++) {
    const { x, y } = drawn(1000 * (t % 4));
    const rates = Float32Array.of(0.01, 0.001, 1 / (1 - 0.9 ** t), 1 / Math.sqrt(1 - 0.999 ** t), 0.9);
    const { p2, m2, v2, e2, loss } = (await session.run({
      ...state,
      x: new Tensor('float32', x, [batch, length, width]),
      y: new Tensor('float32', y, [batch, 1]),
      w: new Tensor('float32', new Float32Array(batch).fill(1), [batch, 1]),
      masks: flat(new Float32Array(program.maskSize).fill(1)),
      h: flat(rates),
    })) as Record<'p2' | 'm2' | 'v2' | 'e2' | 'loss', Tensor>;
    state = { p: p2, m: m2, v: v2, e: e2 };
    losses.push(Number(loss.data[0]));
  }
  await session.release();
  const [first = NaN] = losses;
  const [latest = NaN] = losses.slice(-1);
  assert.ok(latest < 0.5 * first, `${first} to ${latest}`);
  const identity = { schemaId: 'a', artefactDigest: 'b', engineVersion: '0.1.0', featureDigest: 'c' };
  const file = exportNetwork(network, { p: state.e.data as Float32Array, s }, identity, length, width);
  const model = await InferenceSession.create(file, { logSeverityLevel: 3 });
  assert.deepEqual(model.inputNames, ['input']);
  const input = new Tensor('float32', drawn(0).x, [batch, length, width]);
  const { probability } = await model.run({ input });
  assert.deepEqual(probability?.dims, [batch, 1]);
  await model.release();
});
