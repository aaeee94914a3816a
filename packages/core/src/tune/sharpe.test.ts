import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distributions, sfc32 } from '../base/random.ts';
import { blockSums, probabilityOfOverfitting, type BlockSums } from './overfitting.ts';
import { deflatedSharpe, momentsOf, varianceOf } from './sharpe.ts';

test('the example of the paper: 100 trials, five years of days, an annual Sharpe ratio of 2.5', () => {
  const moments = { periods: 1250, sharpe: 2.5 / Math.sqrt(250), skewness: -3, kurtosis: 10 };
  const { expected, deflated } = deflatedSharpe(moments, 1 / 2 / 250, 100);
  assert.ok(Math.abs(expected - 0.1132) < 5e-5, `${expected}`);
  assert.ok(Math.abs(deflated - 0.9004) < 5e-5, `${deflated}`);
});

test('one trial is not deflated; more trials deflate more; without variance there is nothing to deflate by', () => {
  const moments = { periods: 400, sharpe: 0.1, skewness: 0, kurtosis: 3 };
  const [one, ten, hundred] = [1, 10, 100].map((tried) => deflatedSharpe(moments, 0.002, tried).deflated);
  assert.ok(one > 0.97 && one > ten && ten > hundred);
  assert.equal(deflatedSharpe(moments, 0, 100).expected, 0);
});

test('moments of returns, against sums that nobody could get wrong', () => {
  const returns = Float64Array.of(0.02, -0.01, 0.03, 0, 0.01);
  const { periods, sharpe, skewness, kurtosis } = momentsOf(returns);
  const d = returns.map((x) => x - 0.01);
  const mean = (of: (x: number) => number): number => d.reduce((sum, x) => sum + of(x), 0) / 5;
  const [second, third, fourth] = [mean((x) => x * x), mean((x) => x * x * x), mean((x) => x * x * x * x)];
  assert.equal(periods, 5);
  assert.ok(Math.abs(sharpe - 0.01 / Math.sqrt((second * 5) / 4)) < 1e-15);
  assert.ok(Math.abs(skewness - third / (second * Math.sqrt(second))) < 1e-12);
  assert.ok(Math.abs(kurtosis - fourth / (second * second)) < 1e-12);
  assert.equal(momentsOf(new Float64Array(9)).sharpe, 0);
  assert.deepEqual([varianceOf([3]), varianceOf([1, 2, 3])], [0, 1]);
});

function trials(count: number, periods: number, skill: (k: number) => number, seed: number): BlockSums[] {
  const random = distributions(sfc32(seed));
  return Array.from({ length: count }, (_, k) =>
    blockSums(Float64Array.from({ length: periods }, () => skill(k) + random.normal())),
  );
}

test('trials without skill: their best is as often bad as good elsewhere; with one that has skill it is hardly ever', () => {
  const chance = [1, 2, 3, 4, 5, 6].map((seed) => probabilityOfOverfitting(trials(20, 640, () => 0, seed)).probability);
  const mean = chance.reduce((a, b) => a + b, 0) / chance.length;
  assert.ok(mean > 0.3 && mean < 0.7, chance.join());
  const skilled = probabilityOfOverfitting(trials(20, 640, (k) => (k === 7 ? 0.3 : 0), 1));
  assert.ok(skilled.probability < 0.02 && skilled.medianLogit > 2, JSON.stringify(skilled));
  assert.equal(skilled.divisions, 12_870);
});

test('trials that are all alike choose nothing: overfitted, whatever is chosen', () => {
  const one = trials(1, 64, () => 0, 1)[0];
  assert.equal(probabilityOfOverfitting([one, one, one]).probability, 1);
  assert.throws(() => probabilityOfOverfitting([one]), /2 trials and 32 periods, found 1 trials of 64 periods/);
  assert.throws(() => probabilityOfOverfitting(trials(2, 9, () => 0, 1)), /of 9 periods/);
});
