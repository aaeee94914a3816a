/** Trees are the same bits whatever sums them: digests of the models of the plain loop, column after column. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSignal } from '../../../../test/signal.ts';
import { portableHashing } from '../base/bytes/hashing.ts';
import type { Labelled } from './matrix.ts';
import { trainTrees, type TreeOptions } from './trees/trees.ts';

/** Ties, few values, missing ones, infinities, values that float32 can hardly hold, and a constant. */
function awkward(width: number): Labelled {
  const { x, y } = makeSignal(3000, width, 11);
  const change: Readonly<Record<number, (value: number, i: number) => number>> = {
    0: (value) => Math.round(value * 3),
    1: (value, i) => (i % 7 === 0 ? NaN : value),
    2: (value) => value / 3e38,
    3: (value, i) => (i % 50 === 0 ? Infinity : i % 51 === 0 ? -Infinity : value * 1e30),
    4: () => 3,
    5: (value) => 60_000 + value / 100,
    6: (value, i) => (i % 2 === 0 ? 0 : i % 3 === 0 ? -0 : value),
    8: () => NaN,
  };
  const columns = x.columns.map((column, c) => (c in change ? column.map(change[c]) : column));
  const weights = Float64Array.from(y, (_, i) => 0.5 + (i % 5) / 3);
  return { x: { ...x, columns }, y, weights };
}

const part = ({ x, y, weights }: Labelled, from: number, to: number): Labelled => ({
  x: { rows: to - from, width: x.width, columns: x.columns.map((column) => column.slice(from, to)) },
  y: y.slice(from, to),
  ...(weights === undefined ? {} : { weights: weights.slice(from, to) }),
});

const CASES: readonly (readonly [width: number, options: Partial<TreeOptions>, digest: string])[] = [
  [13, { rounds: 12, seed: 1 }, 'cfce67e8ec0c8c30eaecb00ab8bd113ed88460a77d135a681113f3ebb7c60efe'],
  [
    16,
    { rounds: 12, leaves: 8, seed: 2, featureFraction: 0.6 },
    'e29de38c3391a3556b207a3bdd95ce2c93e7bb30ce5b68bad96dab7d38847cca',
  ],
  [
    14,
    { rounds: 10, leaves: 64, seed: 3, baggingFraction: 0.5, lambda: 0, minRows: 2 },
    '522ba26e17a079a217112c4ac9d46949940d2205cad7ea6aa19a9ecf564587ec',
  ],
  [
    15,
    { rounds: 30, leaves: 4, seed: 4, baggingFraction: 0.7, featureFraction: 0.3, learningRate: 0.5, patience: 3 },
    '989d988a11a88bc0d1efb816ecada8196c64773e621040510da019cc8106e227',
  ],
  [
    9,
    { rounds: 3, leaves: 300, seed: 5, minRows: 1, minHessian: 0 },
    '6258033b5fa828c3904f1d484f1221885269613bdd39d8bc2b439b9dcf35ff64',
  ],
];

for (const [width, options, digest] of CASES) {
  test(`${width} columns, ${JSON.stringify(options)}: the model of the plain loop`, () => {
    const all = awkward(width);
    const found = [all, { x: all.x, y: all.y }].map((data) =>
      trainTrees(part(data, 0, 2400), part(data, 2400, 3000), options),
    );
    const bytes = new TextEncoder().encode(JSON.stringify(found));
    assert.equal(portableHashing.sha256().update(bytes).hex(), digest);
  });
}
