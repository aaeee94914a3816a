/** Densities of TPE, the trials that it calls good, and decisions of pruners against Optuna 5.0.0. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { logMass, truncatedQuantile } from '../../packages/core/src/numeric/truncated-normal.ts';
import { createParzen, kernelWeights, logDensity } from '../../packages/core/src/tune/parzen.ts';
import { pruningOf, type PrunerName } from '../../packages/core/src/tune/pruners.ts';
import type { Space } from '../../packages/core/src/tune/space.ts';
import { splitTrials } from '../../packages/core/src/tune/suggest.ts';
import type { Direction, Trial, TrialState } from '../../packages/core/src/tune/trial.ts';

interface ParzenCase {
  readonly names: readonly string[];
  readonly observations: readonly number[][];
  readonly points: readonly number[][];
  readonly weights: readonly number[];
  readonly columns: readonly { readonly mu?: number[]; readonly sigma?: number[]; readonly weights?: number[] }[];
  readonly logDensity: readonly number[];
}

interface SplitCase {
  readonly direction: Direction;
  readonly trials: readonly {
    readonly number: number;
    readonly state: TrialState;
    readonly value: number | null;
    readonly intermediate: readonly (readonly [number, number | null])[];
  }[];
  readonly below: readonly number[];
  readonly above: readonly number[];
}

interface PruningCase {
  readonly pruner: PrunerName;
  readonly direction: Direction;
  readonly trials: readonly {
    readonly state: TrialState;
    readonly asked: readonly (readonly [step: number, value: number | null, pruned: boolean])[];
  }[];
}

const golden = JSON.parse(readFileSync(new URL('./optuna/optuna.json', import.meta.url), 'utf8')) as {
  readonly space: Space;
  readonly parzen: readonly ParzenCase[];
  readonly truncated: readonly (readonly [q: number, a: number, b: number, mass: number, quantile: number])[];
  readonly splits: readonly SplitCase[];
  readonly pruning: readonly PruningCase[];
};

function near(found: ArrayLike<number>, expected: readonly number[], tolerance: number, what: string): void {
  assert.equal(found.length, expected.length, what);
  expected.forEach((value, i) => {
    const scale = Math.max(1, Math.abs(value));
    assert.ok(Math.abs(found[i] - value) <= tolerance * scale, `${what} ${i}: expected ${value}, found ${found[i]}`);
  });
}

for (const one of golden.parzen) {
  test(`kernels and densities over ${one.names.join(', ')} of ${one.observations[0].length} observations`, () => {
    const dimensions = one.names.map((name) => golden.space[name]);
    const columnsOf = (values: readonly number[][]) => values.map((column) => Float64Array.from(column));
    const observations = columnsOf(one.observations);
    const parzen = createParzen(dimensions, observations, kernelWeights(observations[0].length));
    near(parzen.weights, one.weights, 1e-15, 'weights');
    parzen.columns.forEach((column, k) => {
      for (const [name, expected] of Object.entries(one.columns[k]))
        near(column[name as never], expected, 1e-14, `${one.names[k]}, ${name}`);
    });
    near(logDensity(parzen, columnsOf(one.points)), one.logDensity, 1e-12, 'log density');
  });
}

test('mass and quantiles of the normal distribution between two bounds', () => {
  for (const [q, a, b, mass, quantile] of golden.truncated) {
    near([logMass(a, b)], [mass], 1e-12, `mass of ${a} to ${b}`);
    near([truncatedQuantile(q, a, b)], [quantile], 1e-9, `quantile ${q} of ${a} to ${b}`);
  }
});

for (const { direction, trials, below, above } of golden.splits) {
  test(`${direction}: which of ${trials.length} trials are good`, () => {
    const all = trials.map((trial): Trial => {
      const intermediate = new Map(trial.intermediate.map(([step, value]) => [step, value ?? NaN]));
      return { ...trial, value: trial.value ?? NaN, intermediate, place: {}, rungs: [] };
    });
    const found = splitTrials(all, direction);
    assert.deepEqual(
      [found.below, found.above].map((some) => some.map(({ number }) => number)),
      [below, above],
    );
  });
}

for (const { pruner, direction, trials } of golden.pruning) {
  test(`${pruner}, ${direction}: every decision over ${trials.length} trials`, () => {
    const before: Trial[] = [];
    let pruned = 0;
    trials.forEach(({ asked, state }, number) => {
      const intermediate = new Map<number, number>();
      let trial: Trial = { number, state: 'RUNNING', place: {}, value: NaN, intermediate, rungs: [] };
      for (const [step, value, expected] of asked) {
        intermediate.set(step, value ?? NaN);
        const { prune, rungs } = pruningOf(pruner, trial, [...before, trial], direction);
        trial = { ...trial, rungs: [...trial.rungs, ...rungs] };
        assert.equal(prune, expected, `trial ${number}, step ${step}`);
        pruned += Number(prune);
      }
      before.push({ ...trial, state, value: asked.at(-1)?.[1] ?? NaN });
    });
    assert.ok(pruned > 0 && pruned < trials.length, `${pruned} of ${trials.length}`);
  });
}
