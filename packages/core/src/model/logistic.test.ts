import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSignal } from '../../../../test/signal.ts';
import { lbfgs } from '../numeric/lbfgs.ts';
import { predictLogistic, trainLogistic } from './logistic.ts';
import { rocAuc } from './evaluation/metrics.ts';

const data = makeSignal(2000, 10, 5);

test('at the minimum of logistic regression every slope is zero', () => {
  const l2 = 3;
  const model = trainLogistic(data, { l2 });
  const p = predictLogistic(model, data.x);
  const residuals = p.map((value, i) => value - data.y[i]);
  assert.ok(Math.abs(residuals.reduce((a, b) => a + b, 0)) < 1e-3);
  data.x.columns.forEach((column, c) => {
    const slope = residuals.reduce((sum, r, i) => sum + r * column[i], l2 * model.weights[c]);
    assert.ok(Math.abs(slope) < 1e-3, `column ${c}: ${slope}`);
  });
  assert.ok(rocAuc(p, data.y) > 0.6);
});

test('a row that counts for three is that row three times', () => {
  const weights = Float64Array.from(data.y, (_, i) => (i % 4 === 0 ? 3 : 1));
  const rows = Array.from(data.y.keys()).flatMap((i) => Array<number>(weights[i]).fill(i));
  const columns = data.x.columns.map((column) => Float32Array.from(rows, (row) => column[row]));
  const repeated = { x: { ...data.x, rows: rows.length, columns }, y: Float64Array.from(rows, (row) => data.y[row]) };
  const [weighted, thrice, plain] = [{ ...data, weights }, repeated, data].map((of) => trainLogistic(of, { l2: 2 }));
  weighted.weights.forEach((weight, c) => assert.ok(Math.abs(weight - thrice.weights[c]) < 1e-4, `column ${c}`));
  assert.ok(weighted.weights.some((weight, c) => Math.abs(weight - plain.weights[c]) > 1e-3));
});

test("L-BFGS finds the minimum of Rosenbrock's valley", () => {
  const found = lbfgs(
    ([x, y], slope) => {
      slope[0] = -400 * x * (y - x * x) - 2 * (1 - x);
      slope[1] = 200 * (y - x * x);
      return 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
    },
    Float64Array.of(-1.2, 1),
    500,
  );
  assert.ok(Math.abs(found[0] - 1) < 1e-6 && Math.abs(found[1] - 1) < 1e-6, found.join());
});

test('classes that a line separates still have a minimum, by the penalty', () => {
  const x = { rows: 4, width: 1, columns: [Float32Array.of(-2, -1, 1, 2)] };
  const { weights } = trainLogistic({ x, y: Float64Array.of(0, 0, 1, 1) }, { l2: 1 });
  assert.ok(weights[0] > 0.5 && weights[0] < 5);
});

test('a value that is no number is refused with its place', () => {
  const columns = data.x.columns.map((column, c) => column.map((v, i) => (c === 2 && i === 7 ? NaN : v)));
  assert.throws(
    () => trainLogistic({ ...data, x: { ...data.x, columns } }),
    /column 2, row 7: expected a finite value, found NaN/,
  );
  assert.throws(() => trainLogistic(data, { l2: -1 }), /l2 of 0 or more, found -1/);
});
