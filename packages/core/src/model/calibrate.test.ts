import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { calibrate, learnIsotonic, learnPlatt } from './calibrate.ts';
import type { Calibration } from './calibrate.ts';
import { decisionsAt, measure, prAuc, rocAuc } from './evaluation/metrics.ts';
import { bestF1, bestValue } from './threshold.ts';

/** Scores of few values, so that ties are common, with labels of both classes that rise with them a little. */
const samples = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { minLength: 4, maxLength: 60 })
  .map((pairs) => ({
    scores: Float64Array.from([0, 20, ...pairs.map(([score]) => score)], (score) => score / 20),
    labels: Float64Array.from([0, 1, ...pairs.map(([score, coin]) => (score > 10 || coin ? 1 : 0))]),
  }));

test('ROC AUC is the share of pairs in order, a tie counting half', () => {
  fc.assert(
    fc.property(samples, ({ scores, labels }) => {
      let sum = 0;
      let pairs = 0;
      scores.forEach((a, i) =>
        scores.forEach((b, j) => {
          if (labels[i] !== 1 || labels[j] !== 0) return;
          pairs++;
          sum += a > b ? 1 : a === b ? 0.5 : 0;
        }),
      );
      assert.ok(Math.abs(rocAuc(scores, labels) - sum / pairs) < 1e-12);
    }),
  );
});

test('one class has no AUC; wrong scores and labels are refused', () => {
  assert.ok(Number.isNaN(rocAuc(Float64Array.of(0.1, 0.2), Float64Array.of(1, 1))));
  assert.ok(Number.isNaN(prAuc(Float64Array.of(0.1, 0.2), Float64Array.of(0, 0))));
  assert.throws(
    () => rocAuc(Float64Array.of(0.1, NaN), Float64Array.of(1, 0)),
    /scores, row 1: expected a number, found NaN/,
  );
  assert.throws(() => rocAuc(Float64Array.of(0.1), Float64Array.of(0.5)), /labels, row 0: expected 0 or 1, found 0.5/);
  assert.throws(() => measure(new Float64Array(), new Float64Array(), 0.5), /expected at least one, found none/);
});

test('calibration never turns an order around, and survives JSON to the bit', () => {
  fc.assert(
    fc.property(samples, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (sample, points) => {
      const { scores, labels } = sample;
      const learned: Calibration[] = [learnIsotonic(scores, labels), learnPlatt(scores, labels)];
      const sorted = [...points, 0, 1, ...scores].sort((a, b) => a - b);
      for (const calibration of learned) {
        const values = sorted.map((p) => calibrate(calibration, p));
        assert.ok(values.every((value, i) => value >= 0 && value <= 1 && (i === 0 || value >= values[i - 1])));
        const again = JSON.parse(JSON.stringify(calibration)) as Calibration;
        assert.deepEqual(
          sorted.map((p) => calibrate(again, p)),
          values,
        );
        assert.ok(Number.isNaN(calibrate(calibration, NaN)));
      }
    }),
  );
});

test('isotonic is the best rising fit: no rising step function has a lower squared error', () => {
  const scores = Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
  const labels = Float64Array.of(0, 1, 0, 0, 1, 1);
  const found = learnIsotonic(scores, labels);
  assert.deepEqual(
    scores.map((p) => calibrate(found, p)),
    Float64Array.of(0, 1 / 3, 1 / 3, 1 / 3, 1, 1),
  );
});

test('Platt refuses scores that fall as the label rises; both refuse one class', () => {
  const scores = Float64Array.from({ length: 40 }, (_, i) => i / 40);
  const falling = scores.map((_, i) => (i < 20 ? 1 : 0));
  assert.throws(() => learnPlatt(scores, falling), /expected scores that rise with the label .*found a slope of -/);
  assert.throws(() => learnIsotonic(scores, new Float64Array(40)), /expected labels of both classes, found none of 1/);
  assert.throws(
    () =>
      learnPlatt(
        scores.map(() => Infinity),
        falling,
      ),
    /row 0: expected a finite score, found Infinity/,
  );
});

test('thresholds are the best of every candidate, tried one by one', () => {
  fc.assert(
    fc.property(samples, ({ scores, labels }) => {
      const candidates = [...scores, 2].map((threshold) => {
        const { called, f1, precision } = decisionsAt(scores, labels, threshold);
        const hits = Math.round(precision * called);
        return { f1, value: (hits * 2 - (called - hits) * 3) / labels.length };
      });
      const f1 = bestF1(scores, labels);
      assert.equal(f1.score, Math.max(...candidates.map((c) => c.f1)));
      assert.equal(decisionsAt(scores, labels, f1.value).f1, f1.score);
      assert.equal(bestValue(scores, labels, 2, 3).score, Math.max(...candidates.map((c) => c.value)));
    }),
  );
});

test('where no trade earns, none is taken', () => {
  const scores = Float64Array.of(0.9, 0.5, 0.4);
  const labels = Float64Array.of(0, 1, 0);
  const never = bestValue(scores, labels, 1, 10);
  assert.deepEqual(never, { by: 'value', value: 2, score: 0 });
  assert.equal(decisionsAt(scores, labels, never.value).called, 0);
  assert.throws(() => bestValue(scores, labels, 0, 1), /reward and risk above 0/);
});
