/** The suites have to catch operators that are broken on purpose: each by the law that it breaks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Operator } from '../../packages/core/src/features/contract/operator.ts';
import { blockLength } from './broken/block-length.ts';
import { countsBlocks } from './broken/counts-blocks.ts';
import { emitsEarly } from './broken/emits-early.ts';
import { futureRow } from './broken/future-row.ts';
import { hiddenMemory } from './broken/hidden-memory.ts';
import { moduleGlobal } from './broken/module-global.ts';
import { poisoned } from './broken/poisoned.ts';
import { runningSum } from './broken/running-sum.ts';
import { seededEma } from './broken/seeded-ema.ts';
import { shortFading } from './broken/short-fading.ts';
import { swallowsNan } from './broken/swallows-nan.ts';
import { unboundedMean } from './broken/unbounded-mean.ts';
import { unstatedHistory } from './broken/unstated-history.ts';
import { wrongLookback } from './broken/wrong-lookback.ts';
import { laws, propertyOf } from './laws.ts';
import { parameterSets } from './params.ts';

const RUNS = { numRuns: 40, seed: 20240310 };

/** Each operator, the law that has to catch it, and words of the message. */
const cases: readonly (readonly [Operator, keyof typeof laws, RegExp])[] = [
  [blockLength, 'L1 block invariance', /became/],
  [hiddenMemory, 'L2 snapshot', /became/],
  [countsBlocks, 'L2 snapshot', /slot 0 of the snapshot .* depends on the blocks/],
  [futureRow, 'L3 causality', /became/],
  [runningSum, 'L4 memory', /became/],
  [seededEma, 'L4 memory', /became/],
  [shortFading, 'L4 memory', /20 rows after a late start/],
  [unboundedMean, 'L4 memory', /declared unbounded/],
  [emitsEarly, 'L6 readiness', /has a value at row 0, lookback is/],
  [wrongLookback, 'L6 readiness', /has no value at row .* lookback is/],
  [poisoned, 'L6 readiness', /became NaN/],
  [swallowsNan, 'L6 readiness', /leaves no trace/],
  [moduleGlobal, 'L8 determinism', /became/],
  [unstatedHistory, 'declared history', /became/],
];

for (const [op, law, message] of cases) {
  test(`${law} catches ${op.name}: ${op.summary}`, () => {
    const catalogue = new Map<string, Operator>([[op.name, op]]);
    const subjects = parameterSets(op).map((params) => ({ op, params, catalogue }));
    const found = fc.check(propertyOf(laws[law], subjects), RUNS);
    assert.ok(found.failed, `${op.name} keeps ${law}`);
    assert.match((found.errorInstance as Error).message, message);
  });
}

test('every law catches something', () => {
  assert.deepEqual(new Set(cases.map(([, law]) => law)), new Set(Object.keys(laws)));
});
