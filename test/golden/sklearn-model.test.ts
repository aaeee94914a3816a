/** Metrics, calibration and logistic regression against scikit-learn. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { calibrate, learnIsotonic, learnPlatt } from '../../packages/core/src/model/calibrate.ts';
import { trainLogistic } from '../../packages/core/src/model/logistic.ts';
import { measure, reliability } from '../../packages/core/src/model/evaluation/metrics.ts';

interface Case extends Record<
  'rocAuc' | 'prAuc' | 'brier' | 'logLoss' | 'threshold' | 'f1' | 'precision' | 'recall',
  number
> {
  readonly name: string;
  readonly scores: number[];
  readonly labels: number[];
  readonly observed: number[];
  readonly meanProbability: number[];
  readonly grid: number[];
  readonly isotonic: number[];
  readonly platt: number[];
}

interface Logistic {
  readonly l2: number;
  readonly columns: number[][];
  readonly labels: number[];
  readonly weights: number[];
  readonly coefficients: number[];
  readonly intercept: number;
}

const golden = JSON.parse(readFileSync(new URL('./sklearn-model/model.json', import.meta.url), 'utf8')) as {
  cases: Case[];
  logistic: Logistic[];
};

function near(found: ArrayLike<number>, expected: readonly number[], tolerance: number, what: string): void {
  assert.equal(found.length, expected.length, what);
  expected.forEach((value, i) => {
    assert.ok(Math.abs(found[i] - value) <= tolerance, `${what} ${i}: expected ${value}, found ${found[i]}`);
  });
}

for (const one of golden.cases) {
  const scores = Float64Array.from(one.scores);
  const labels = Float64Array.from(one.labels);

  test(`scikit-learn metrics: ${one.name}`, () => {
    const found = measure(scores, labels, one.threshold);
    for (const key of ['rocAuc', 'prAuc', 'brier', 'logLoss', 'f1', 'precision', 'recall'] as const) {
      near([found[key]], [one[key]], 1e-12, key);
    }
    const bins = reliability(scores, labels);
    near(
      bins.map((bin) => bin.observed),
      one.observed,
      1e-12,
      'observed',
    );
    near(
      bins.map((bin) => bin.meanProbability),
      one.meanProbability,
      1e-12,
      'meanProbability',
    );
  });

  test(`scikit-learn calibration: ${one.name}`, () => {
    const isotonic = learnIsotonic(scores, labels);
    near(
      one.grid.map((p) => calibrate(isotonic, p)),
      one.isotonic,
      1e-9,
      'isotonic',
    );
    const platt = learnPlatt(scores, labels);
    near(
      one.grid.map((p) => calibrate(platt, p)),
      one.platt,
      1e-6,
      'platt',
    );
  });
}

for (const { l2, columns, labels, weights, coefficients, intercept } of golden.logistic) {
  test(`scikit-learn LogisticRegression, C = 1 / ${l2}`, () => {
    const x = { rows: labels.length, width: columns.length, columns: columns.map((c) => Float32Array.from(c)) };
    const data = { x, y: Float64Array.from(labels), weights: Float64Array.from(weights) };
    const found = trainLogistic(data, { l2 });
    near([...found.weights, found.bias], [...coefficients, intercept], 1e-6, 'coefficient');
  });
}
