/** Networks against PyTorch: gradients, losses of 100 steps, evaluation. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { focal } from '../../packages/minotaur/src/learn/losses/classes.ts';
import {
  cnnTransformer,
  type CnnTransformerSettings,
} from '../../packages/minotaur/src/learn/models/cnn-transformer.ts';
import { createProgram } from '../../packages/minotaur/src/learn/program/program.ts';
import { openGraph, relativeDifference, trained } from '../graphs.ts';

interface Golden extends Record<'batch' | 'length' | 'width' | 'alpha' | 'gamma' | 'clip' | 'rate' | 'decay', number> {
  readonly settings: CnnTransformerSettings;
  readonly x: number[][];
  readonly y: number[][];
  readonly initial: Record<string, number[]>;
  readonly gradient: Record<string, number[]>;
  readonly losses: number[];
  readonly logits: number[];
}

const golden = JSON.parse(readFileSync(new URL('./torch/training.json', import.meta.url), 'utf8')) as Golden;
const { batch, length, width, rate, decay, clip } = golden;
const network = cnnTransformer(golden.settings);
const program = createProgram({ network, batch, length, width, loss: focal(golden.alpha, golden.gamma), clip });
const initial = { p: new Float32Array(program.size), s: program.initial(0).s };
for (const { name, offset } of program.parameters) initial.p.set(golden.initial[name], offset);
const batches = golden.x.map((x, i) => ({ x: Float32Array.from(x), y: Float32Array.from(golden.y[i]) }));
const options = { program, shape: [batch, length, width], initial, batches, decay } as const;

test('the parameters are those of PyTorch', () => {
  assert.deepEqual(program.parameters.map(({ name }) => name).sort(), Object.keys(golden.initial).sort());
});

test('the first gradient of each parameter, within 5e-6', async () => {
  // After one step m is (1 - beta1) times the gradient as it was clipped.
  const { m, norms } = await trained({ ...options, steps: 1, rate: () => 0 });
  const scale = 10 * Math.max(1, norms[0] / clip);
  const total = Math.hypot(...Object.values(golden.gradient).flat());
  assert.ok(Math.abs(norms[0] / total - 1) < 1e-6);
  for (const { name, offset } of program.parameters) {
    const expected = golden.gradient[name];
    const found = m.subarray(offset, offset + expected.length).map((each) => each * scale);
    const difference = relativeDifference(found, expected, 1e-3 * total);
    assert.ok(difference < 5e-6, `${name}: ${difference}`);
  }
});

test('losses of 100 steps within 1e-4, and what comes of them', async () => {
  const warm = (t: number): number => rate * Math.min(1, t / 10);
  const { p, s, losses } = await trained({ ...options, steps: golden.losses.length, rate: warm });
  const worst = Math.max(...losses.map((loss, i) => Math.abs(loss - golden.losses[i])));
  assert.ok(worst < 1e-4, `${worst}`);
  const evaluation = await openGraph(program.evaluation(batch));
  const { logits } = await evaluation.run({
    p: { shape: [p.length], values: p },
    s: { shape: [s.length], values: s },
    x: { shape: [batch, length, width], values: batches[0].x },
    y: { shape: [batch, 1], values: batches[0].y },
  });
  await evaluation.close();
  const difference = relativeDifference(logits, golden.logits);
  assert.ok(difference < 1e-3, `${difference}`);
});
