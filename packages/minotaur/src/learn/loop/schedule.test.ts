/** The scalars of steps against their formulas. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learningRateAt, scalarsAt, type ScheduleSettings } from './schedule.ts';

const settings: ScheduleSettings = {
  learningRate: 0.01,
  weightDecay: 0.1,
  warmup: 0.1,
  schedule: 'cosine',
  emaDecay: 0.99,
};
/** base^n, one factor after the other. */
const product = (base: number, n: number): number => Array.from({ length: n }, () => base).reduce((a, b) => a * b, 1);
const close = (found: number, expected: number): void =>
  assert.ok(Math.abs(found - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${found}, not ${expected}`);

test('the learning rate rises in a line, and falls by a cosine to nothing', () => {
  const at = (step: number): number => learningRateAt(settings, step, 200);
  assert.deepEqual([1, 10, 20].map(at), [0.0005, 0.005, 0.01]);
  close(at(110), 0.005);
  close(at(200), 0);
  for (let step = 21; step <= 200; step++) assert.ok(at(step) < at(step - 1));
  assert.equal(learningRateAt({ ...settings, schedule: 'constant' }, 150, 200), 0.01);
  assert.equal(learningRateAt({ ...settings, warmup: 0, schedule: 'constant' }, 1, 200), 0.01);
  assert.ok(Number.isFinite(learningRateAt({ ...settings, warmup: 1 }, 200, 200)));
});

test('corrections of the means of Adam, and a mean of weights that forgets faster at first', () => {
  const h = new Float32Array(5);
  for (const step of [1, 2, 7, 1000, 123_457]) {
    scalarsAt(settings, step, 200_000, h);
    close(h[2], Math.fround(1 / (1 - product(0.9, step))));
    close(h[3], Math.fround(1 / Math.sqrt(1 - product(0.999, step))));
    close(h[4], Math.min(0.99, (1 + step) / (10 + step)));
    close(h[1], 0.1);
  }
});
