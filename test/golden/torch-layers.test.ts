/** Every layer and loss against PyTorch: what it gives, and its gradients by what it takes and by its parameters. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  attentionPooling,
  positionalEncoding,
  selfAttention,
} from '../../packages/minotaur/src/learn/layers/attention.ts';
import { causalConvolution, stridedConvolution } from '../../packages/minotaur/src/learn/layers/convolution.ts';
import { ACTIVATIONS, dense, gated } from '../../packages/minotaur/src/learn/layers/dense.ts';
import { embedding } from '../../packages/minotaur/src/learn/layers/embedding.ts';
import type { NetworkBuilder } from '../../packages/minotaur/src/learn/layers/network.ts';
import { batchNormalization, layerNormalization, revin } from '../../packages/minotaur/src/learn/layers/norms.ts';
import { gru, lstm } from '../../packages/minotaur/src/learn/layers/recurrent.ts';
import { binaryCrossEntropy, crossEntropy, focal } from '../../packages/minotaur/src/learn/losses/classes.ts';
import type { Loss } from '../../packages/minotaur/src/learn/losses/loss.ts';
import { huber, quantile } from '../../packages/minotaur/src/learn/losses/values.ts';
import { differentiate } from '../../packages/minotaur/src/onnx/graph/differentiate.ts';
import { multiply } from '../../packages/minotaur/src/onnx/graph/operations/elementwise.ts';
import { softmax } from '../../packages/minotaur/src/onnx/graph/operations/norms.ts';
import { sum } from '../../packages/minotaur/src/onnx/graph/operations/shaping.ts';
import { constantOf, inputOf, type Tensor } from '../../packages/minotaur/src/onnx/graph/tensor.ts';
import { computed, relativeDifference } from '../graphs.ts';

interface Case {
  readonly shape: number[];
  readonly x: number[];
  readonly y: number[];
  readonly weights: number[];
  readonly dx: number[];
  readonly parameters: Record<string, { readonly values: number[]; readonly gradient: number[] }>;
  readonly labels?: number[];
}

type Build = (b: NetworkBuilder, x: Tensor, labels: Tensor) => Tensor;

const loss =
  (of: Loss): Build =>
  (_, x, labels) =>
    of.each(x, labels);
const attention = { heads: 2, headSize: 3 };

const LAYERS: Record<string, Build> = {
  ...Object.fromEntries(Object.entries(ACTIVATIONS).map(([name, each]) => [name, (_: unknown, x: Tensor) => each(x)])),
  dense: (b, x) => dense(b, x, 'a', 5),
  'causalConvolution narrow': (b, x) => causalConvolution(b, x, 'a', { filters: 4, kernel: 3, dilation: 2 }),
  'causalConvolution wide': (b, x) => causalConvolution(b, x, 'a', { filters: 2, kernel: 3 }),
  stridedConvolution: (b, x) => stridedConvolution(b, x, 'a', { filters: 4, stride: 2 }),
  batchNormalization: (b, x) => batchNormalization(b, x, 'a'),
  layerNormalization: (b, x) => layerNormalization(b, x, 'a'),
  revin: (b, x) => revin(b, x, 'a'),
  gated: (_, x) => gated(x),
  'selfAttention causal': (b, x) => selfAttention(b, x, 'a', attention),
  'selfAttention whole': (b, x) => selfAttention(b, x, 'a', { ...attention, causal: false }),
  attentionPooling: (b, x) => attentionPooling(b, x, 'a'),
  positionalEncoding: (_, x) => positionalEncoding(x),
  softmax: (_, x) => softmax(x),
  embedding: (b, x) => embedding(b, x, 'a', { count: 3, width: 4 }),
  gru: (b, x) => gru(b, x, 'a', 4),
  lstm: (b, x) => lstm(b, x, 'a', 4),
  binaryCrossEntropy: loss(binaryCrossEntropy([0.5, 2])),
  focal: loss(focal(0.3, 1.5)),
  crossEntropy: loss(crossEntropy(3, [0.5, 1, 2])),
  huber: loss(huber(0.7)),
  quantile: loss(quantile(0.2)),
};

const TOLERANCE = 2e-6;
const golden = JSON.parse(readFileSync(new URL('./torch/layers.json', import.meta.url), 'utf8')) as Record<
  string,
  Case
>;

test('every layer and loss is there', () => {
  assert.deepEqual(Object.keys(LAYERS).sort(), Object.keys(golden).sort());
});

for (const [name, each] of Object.entries(golden)) {
  test(name, async () => {
    const x = inputOf('x', each.shape);
    const values = new Map<Tensor, Float32Array>([[x, Float32Array.from(each.x)]]);
    const parameters = new Map<string, Tensor>();
    const builder: NetworkBuilder = {
      training: true,
      parameter(at, shape) {
        const parameter = inputOf(at, shape);
        parameters.set(at, parameter);
        values.set(parameter, Float32Array.from(each.parameters[at].values));
        return parameter;
      },
      statistic: (_, shape, initial) => ({
        value: constantOf(new Float32Array(shape[0]).fill(initial), shape),
        renew: () => undefined,
      }),
      mask: () => assert.fail('no layer here drops anything'),
    };
    const labels = constantOf(each.labels ?? [], each.labels ? [each.labels.length, 1] : [0]);
    const y = LAYERS[name](builder, x, labels);
    const every = y.shape.map((_, axis) => axis);
    const total = sum(multiply(y, constantOf(each.weights, y.shape)), every);
    const names = ['x', ...parameters.keys()];
    const gradients = differentiate(total, [x, ...parameters.values()]);
    const outputs = Object.fromEntries(gradients.flatMap((g, i) => (g ? [[`d ${names[i]}`, g] as const] : [])));
    const found = await computed({ ...outputs, y }, values);
    const expected: Record<string, number[]> = { y: each.y, 'd x': each.dx };
    for (const [at, { gradient }] of Object.entries(each.parameters)) expected[`d ${at}`] = gradient;
    const size = Math.hypot(...Object.values(each.parameters).flatMap(({ gradient }) => gradient), ...each.dx);
    for (const [what, numbers] of Object.entries(expected)) {
      const difference = relativeDifference(found[what] ?? numbers.map(() => 0), numbers, 0.1 * size);
      assert.ok(difference < TOLERANCE, `${what}: ${difference}`);
    }
  });
}
