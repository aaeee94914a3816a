import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, makeSignal } from '../../../../../test/signal.ts';
import { createBinner, learnBounds } from './bins.ts';
import { gainImportance, predictTrees, trainTrees } from './trees.ts';
import type { TreeModel } from './trees.ts';
import type { Matrix } from '../matrix.ts';

const data = makeSignal(4000, 12, 7);
const train = cut(data, 0, 3000);
const validation = cut(data, 3000, 4000);
const few = { rounds: 20, leaves: 8 };

/** Mean loss, written out plainly. */
function loss(model: TreeModel, { x, y }: typeof data): number {
  const p = predictTrees(model, x);
  return y.reduce((sum, label, i) => sum - Math.log(label === 1 ? p[i] : 1 - p[i]), 0) / y.length;
}

test('one split is the best of all splits that a plain search over every threshold finds', () => {
  const x = data.x.columns.slice(0, 4).map((column) => column.slice(0, 200));
  const y = data.y.slice(0, 200);
  const small = { x: { rows: 200, width: 4, columns: x }, y };
  const { model } = trainTrees(small, undefined, { rounds: 1, leaves: 2, minRows: 20, lambda: 1 });
  const [tree] = model.trees;
  const p = 1 / (1 + Math.exp(-model.base));
  const gainOf = (column: number, threshold: number): number => {
    const sides = [0, 0, 0, 0, 0, 0];
    y.forEach((label, i) => {
      const side = x[column][i] <= threshold ? 0 : 3;
      sides[side] += p - label;
      sides[side + 1] += p * (1 - p);
      sides[side + 2]++;
    });
    const [g, h, n, g2, h2, n2] = sides;
    if (n < 20 || n2 < 20) return -1;
    return (g * g) / (h + 1) + (g2 * g2) / (h2 + 1) - ((g + g2) * (g + g2)) / (h + h2 + 1);
  };
  const bounds = x.map((column) => learnBounds(column));
  const best = Math.max(...bounds.flatMap((limits, c) => [...limits].map((threshold) => gainOf(c, threshold))));
  assert.ok(best > 0);
  assert.ok(Math.abs(gainOf(tree.column[0], tree.threshold[0]) - best) < 1e-9);
  assert.ok(Math.abs(tree.gain[0] - best) < 1e-9);
});

test('training scores are the predictions: thresholds route every training row as its bin did', () => {
  const awkward = train.x.columns.map((column, c) =>
    column.map((value, i) =>
      c === 0 ? Math.round(value * 4) : c === 1 && i % 10 === 0 ? NaN : c === 2 ? value / 3e38 : value,
    ),
  );
  awkward[3][5] = Infinity;
  awkward[3][6] = -Infinity;
  const x = { ...train.x, columns: awkward };
  const bounds = awkward.map((column) => learnBounds(column));
  const bins = awkward.map((column, c) => {
    const into = new Uint8Array(x.rows);
    createBinner(bounds[c])(column, into);
    return into;
  });
  for (let c = 0; c < x.width; c++) {
    for (let b = 0; b < bounds[c].length; b++) {
      for (let i = 0; i < x.rows; i++) assert.equal(awkward[c][i] <= bounds[c][b], bins[c][i] <= b);
    }
  }
  const { model } = trainTrees({ x, y: train.y }, undefined, few);
  assert.ok(loss(model, { x, y: train.y }) < 0.6);
});

test('bins: every distinct value its own when few, at most 255, none for a constant or all-NaN column', () => {
  const counts = Float32Array.from({ length: 400 }, (_, i) => i % 5);
  assert.deepEqual([...learnBounds(counts)], [0.5, 1.5, 2.5, 3.5]);
  assert.equal(learnBounds(new Float32Array(50).fill(3)).length, 0);
  assert.equal(learnBounds(new Float32Array(50).fill(NaN)).length, 0);
  const many = learnBounds(Float32Array.from({ length: 100_000 }, (_, i) => i));
  assert.equal(many.length, 254);
  const steps = many.slice(1).map((bound, i) => bound - many[i]);
  assert.ok(Math.max(...steps) - Math.min(...steps) <= 2, 'bins of equal counts');
});

test('the same seed gives the same model; another seed another', () => {
  const options = { ...few, featureFraction: 0.5, baggingFraction: 0.7 };
  const one = trainTrees(train, validation, { ...options, seed: 3 });
  assert.deepEqual(trainTrees(train, validation, { ...options, seed: 3 }), one);
  assert.notDeepEqual(trainTrees(train, validation, { ...options, seed: 4 }), one);
});

test("early stopping keeps the round with the lowest validation loss, and that loss is the model's", () => {
  const { model, validationLoss } = trainTrees(train, validation, { rounds: 300, learningRate: 0.3, patience: 10 });
  const lowest = validationLoss.indexOf(Math.min(...validationLoss));
  assert.equal(model.trees.length, lowest + 1);
  assert.equal(validationLoss.length, lowest + 11);
  assert.ok(Math.abs(loss(model, validation) - validationLoss[lowest]) < 1e-6);
});

test('a weight of 3 is the row three times', () => {
  const weights = Float64Array.from(train.y, (_, i) => (i % 4 === 0 ? 3 : 1));
  const order = [...train.y.keys()].flatMap((i) => (i % 4 === 0 ? [i, i, i] : [i]));
  const x = {
    rows: order.length,
    width: 12,
    columns: train.x.columns.map((c) => Float32Array.from(order, (i) => c[i])),
  };
  const one = { rounds: 1, leaves: 4, minRows: 1, minHessian: 20 };
  // The same bins for both: columns of few values.
  const coarse = (m: Matrix) => ({ ...m, columns: m.columns.map((c) => c.map((v) => Math.round(v * 2))) });
  const weighted = trainTrees({ x: coarse(train.x), y: train.y, weights }, undefined, one).model.trees[0];
  const repeated = trainTrees({ x: coarse(x), y: Float64Array.from(order, (i) => train.y[i]) }, undefined, one).model
    .trees[0];
  assert.deepEqual(weighted.column, repeated.column);
  assert.deepEqual(weighted.threshold, repeated.threshold);
  weighted.value.forEach((value, i) => assert.ok(Math.abs(value - repeated.value[i]) < 1e-6));
});

test('importance is found in the columns that carry the signal', () => {
  const gains = gainImportance(trainTrees(train, undefined, few).model);
  const signal = gains.slice(0, 8).reduce((a, b) => a + b, 0);
  const noise = gains.slice(8).reduce((a, b) => a + b, 0);
  assert.ok(signal > 5 * noise, `${signal} against ${noise}`);
});

test('what cannot be learned from is refused', () => {
  const none = { ...train, y: new Float64Array(3000) };
  assert.throws(
    () => trainTrees(none),
    /training split: expected labels of both classes, found no positive label in 3000 rows/,
  );
  assert.throws(
    () => trainTrees({ ...train, y: train.y.map(() => NaN) }),
    /row 0: expected a label of 0 or 1, found NaN/,
  );
  assert.throws(() => trainTrees(train, undefined, { baggingFraction: 0 }), /baggingFraction in \(0, 1\], found 0/);
  const constant = { x: { rows: 100, width: 1, columns: [new Float32Array(100)] }, y: train.y.slice(0, 100) };
  const { model } = trainTrees(constant);
  assert.equal(model.trees.length, 1);
  const share = constant.y.reduce((a, b) => a + b, 0) / 100;
  assert.ok(Math.abs(predictTrees(model, constant.x)[0] - share) < 1e-6);
});
