import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Place, Space } from './space.ts';
import { suggest, type Sampling } from './suggest.ts';
import type { Trial } from './trial.ts';

const SPACE: Space = {
  x: { kind: 'float', low: -5, high: 5 },
  rate: { kind: 'float', low: 1e-4, high: 1, log: true },
  layers: { kind: 'int', low: 1, high: 8 },
  kind: { kind: 'choice', choices: ['bad', 'good', 'worse'] },
  fixed: { kind: 'int', low: 7, high: 7 },
};

/** Least at x 2, rate 0.01, 6 layers, kind good. */
function lossOf({ x, rate, layers, kind }: Place): number {
  const far = Math.log10(rate) + 2;
  return (x - 2) * (x - 2) + far * far + Math.abs(layers - 6) + [2, 0, 4][kind];
}

function study(sampler: Sampling['sampler'], seed: number, count: number, running = false): Trial[] {
  const trials: Trial[] = [];
  for (let number = 0; number < count; number++) {
    const place = suggest(SPACE, trials, number, { sampler, direction: 'MINIMIZE', seed });
    const state = running && number % 7 === 3 ? 'RUNNING' : 'COMPLETE';
    trials.push({ number, place, state, value: lossOf(place), intermediate: new Map(), rungs: [] });
  }
  return trials;
}

const bestOf = (trials: readonly Trial[]): number => Math.min(...trials.map(({ value }) => value));
const SEEDS = [1, 2, 3, 4, 5];
const meanBest = (sampler: Sampling['sampler']): number =>
  SEEDS.reduce((sum, seed) => sum + bestOf(study(sampler, seed, 80)), 0) / SEEDS.length;

test('either TPE finds better parameters than drawing evenly does', () => {
  const evenly = meanBest('random');
  for (const sampler of ['tpe', 'tpe-univariate'] as const) {
    const found = meanBest(sampler);
    assert.ok(found < 0.6 * evenly, `${sampler}: ${found}, evenly ${evenly}`);
  }
});

test('the same seed, number and trials give the same parameters, another seed others; what is fixed stays', () => {
  const [a, b, c] = [study('tpe', 9, 30), study('tpe', 9, 30), study('tpe', 10, 30)];
  assert.deepEqual(a, b);
  assert.notDeepEqual(a[29].place, c[29].place);
  assert.ok(a.every(({ place }) => place['fixed'] === 7 && Number.isInteger(place['layers'])));
});

test('a trial that still runs keeps the next one away from what it tries', () => {
  const trials = study('tpe', 3, 60, true);
  const next = suggest(SPACE, trials, 60, { sampler: 'tpe', direction: 'MINIMIZE', seed: 3 });
  const beside: Trial[] = [...trials];
  for (let k = 0; k < 20; k++)
    beside.push({ number: 60 + k, place: next, state: 'RUNNING', value: NaN, intermediate: new Map(), rungs: [] });
  const other = suggest(SPACE, beside, 90, { sampler: 'tpe', direction: 'MINIMIZE', seed: 3 });
  assert.ok(Math.abs(other['x'] - next['x']) > 0.01);
});

test('of trials without all parameters nothing is learned, and it is no error', () => {
  const trials = study('tpe', 4, 20).map((trial) => ({ ...trial, place: { x: trial.place['x'] } }));
  const place = suggest(SPACE, trials, 20, { sampler: 'tpe', direction: 'MINIMIZE', seed: 4 });
  assert.ok(Object.keys(SPACE).every((name) => Number.isFinite(place[name])));
});
