/** The gradient of every operation against finite differences. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distributions, sfc32 } from 'minotaur-core/internal/base/random';
import { computed, inputsOf } from '../../../../../test/graphs.ts';
import { differentiate } from './differentiate.ts';
import * as elementwise from './operations/elementwise.ts';
import * as norms from './operations/norms.ts';
import * as products from './operations/products.ts';
import * as shaping from './operations/shaping.ts';
import { OPERATIONS } from './operations/table.ts';
import { apply, constantOf, sizeOf, type Operation, type Shape, type Tensor } from './tensor.ts';

const { add, multiply, divide, subtract } = elementwise;

interface Case {
  readonly shapes: readonly Shape[];
  readonly build: (...inputs: Tensor[]) => Tensor;
  /** Inputs are in [0.5, 2]. */
  readonly positive?: true;
}

const unary = (build: (x: Tensor) => Tensor): Case => ({ shapes: [[3, 4]], build });
const positive = (build: (x: Tensor) => Tensor): Case => ({ shapes: [[3, 4]], build, positive: true });
const binary = (build: (a: Tensor, b: Tensor) => Tensor): Case => ({
  shapes: [
    [2, 3, 4],
    [3, 1],
  ],
  build,
});

const CASES: Record<string, Case> = {
  addOperation: binary(add),
  subtractOperation: binary(subtract),
  multiplyOperation: binary(multiply),
  divideOperation: { ...binary(divide), positive: true },
  minimumOperation: binary(elementwise.minimum),
  maximumOperation: binary(elementwise.maximum),
  negateOperation: unary(elementwise.negate),
  sqrtOperation: positive(elementwise.sqrt),
  expOperation: unary(elementwise.exp),
  logOperation: positive(elementwise.log),
  absOperation: unary(elementwise.abs),
  reluOperation: unary(elementwise.relu),
  sigmoidOperation: unary(elementwise.sigmoid),
  tanhOperation: unary(elementwise.tanh),
  softplusOperation: unary(elementwise.softplus),
  powOperation: positive((x) => elementwise.pow(x, 2.5)),
  geluOperation: unary(elementwise.gelu),
  swishOperation: unary(elementwise.swish),
  softmaxOperation: unary(norms.softmax),
  logSoftmaxOperation: unary(norms.logSoftmax),
  layerNormOperation: { shapes: [[3, 5], [5], [5]], build: (x, g, b) => norms.layerNorm(x, g, b, 1e-3) },
  batchNormOperation: { shapes: [[3, 2, 4], [4], [4]], build: (x, g, b) => norms.batchNorm(x, g, b, 1e-3).y },
  gemmOperation: { shapes: [[2, 3, 4], [4, 5], [5]], build: (x, w, b) => products.affine(x, w, b) },
  matmulOperation: {
    shapes: [
      [2, 3, 4],
      [2, 5, 4],
      [2, 5, 3],
    ],
    build: (q, k, v) => products.matmul(products.matmul(q, k, { transB: 1, factor: 0.5 }), v),
  },
  reshapeOperation: unary((x) => shaping.reshape(x, [2, 6])),
  transposeOperation: { shapes: [[2, 3, 4]], build: (x) => shaping.transpose(x, [2, 0, 1]) },
  expandOperation: { shapes: [[3, 1]], build: (x) => shaping.expand(x, [2, 3, 4]) },
  sumOperation: { shapes: [[2, 3, 4]], build: (x) => shaping.sum(x, [0, 2]) },
  padOperation: { shapes: [[2, 5, 3]], build: (x) => shaping.pad(x, 1, 2, -1) },
  sliceOperation: { shapes: [[2, 5, 3]], build: (x) => shaping.slice(x, 1, 1, 4) },
  splitOperation: {
    shapes: [[2, 6, 3]],
    build: (x) => {
      const [a, , c] = shaping.split(x, 1, 3);
      return multiply(a, elementwise.exp(c));
    },
  },
  concatOperation: {
    shapes: [
      [2, 3],
      [2, 1],
    ],
    build: (a, b) => shaping.concat([a, b, a], 1),
  },
};

/** Products with the first side turned, of matrices that are square and that are not. */
const TURNED = Object.fromEntries(
  [
    [3, 3, 3],
    [2, 4, 3],
  ].flatMap(([m, k, n]) =>
    ([0, 1] as const).map((transB): [string, Case] => [
      `matmul, ${m} by ${k} by ${n}, ${transB === 1 ? 'both' : 'the first'} turned`,
      {
        shapes: [
          [2, k, m],
          [2, ...(transB === 1 ? [n, k] : [k, n])],
        ],
        build: (a, b) => products.matmul(a, b, { transA: 1, transB, factor: 0.5 }),
      },
    ]),
  ),
);

/** Steps of [-1, 1] away from where a function has a corner. */
const STEP = 1e-2;
const away = (value: number): number => (Math.abs(value) < 0.1 ? value + 0.2 : value);

test('every operation that has a gradient has a case', () => {
  assert.deepEqual(Object.keys(CASES).sort(), Object.keys(OPERATIONS).sort());
  for (const [name, { gradient }] of Object.entries(OPERATIONS)) assert.ok(gradient, name);
});

for (const [name, { shapes, build, positive: above }] of Object.entries({ ...CASES, ...TURNED })) {
  test(name, async () => {
    const random = distributions(sfc32(11));
    const draw = (): number => (above ? 0.5 + 1.5 * random.uniform() : away(random.normal()));
    const inputs = inputsOf(shapes);
    const values = shapes.map((shape) => Float32Array.from({ length: sizeOf(shape) }, draw));
    const y = build(...inputs);
    const weights = Float32Array.from({ length: sizeOf(y.shape) }, () => random.normal());
    const every = y.shape.map((_, axis) => axis);
    const loss = shaping.sum(multiply(y, constantOf(weights, y.shape)), every);
    const gradients = differentiate(loss, inputs);
    const outputs = Object.fromEntries(gradients.flatMap((each, i) => (each ? [[`g${i}`, each] as const] : [])));
    const found = await computed(outputs, new Map(inputs.map((input, i) => [input, values[i]])));
    const lossAt = async (moved: readonly Float32Array[]): Promise<number> => {
      const { y: at } = await computed({ y }, new Map(inputs.map((input, i) => [input, moved[i]])));
      return at.reduce((sum, value, i) => sum + value * weights[i], 0);
    };
    for (const [i, value] of values.entries()) {
      const direction = value.map(() => random.normal());
      const along = (step: number): Promise<number> =>
        lossAt(values.map((each, at) => (at === i ? each.map((v, k) => v + step * direction[k]) : each)));
      const [a, b, c, d] = [await along(STEP), await along(-STEP), await along(2 * STEP), await along(-2 * STEP)];
      const measured = (8 * (a - b) - (c - d)) / (12 * STEP);
      const gradient = found[`g${i}`];
      const expected = direction.reduce((sum, v, k) => sum + v * gradient[k], 0);
      const size = Math.hypot(...gradient) * Math.hypot(...direction);
      assert.ok(Math.abs(measured - expected) < 1e-3 * size, `input ${i}: measured ${measured}, found ${expected}`);
    }
  });
}

test('a gradient of another shape than its input is refused', () => {
  const wrong: Operation = { type: 'Wrong', shapes: ([x]) => [x.shape], gradient: () => [constantOf([1, 1], [2])] };
  const [x] = inputsOf([[3]]);
  const loss = shaping.sum(apply(wrong, [x]), [0]);
  assert.throws(() => differentiate(loss, [x]), /gradient of Wrong by input 0: expected \[3\], found \[2\]/);
});
