/** The suite has to catch operators that are broken on purpose: each by the law that it breaks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Operator } from '../../packages/core/src/features/contract/operator.ts';
import { checkOperator } from '../../packages/minotaur/src/verify/testing/check-operator.ts';
import { LAWS } from '../../packages/minotaur/src/verify/testing/operator-laws/index.ts';
import { describeReport } from '../../packages/minotaur/src/verify/testing/report.ts';
import { blockLength } from './broken/block-length.ts';
import { closureState } from './broken/closure-state.ts';
import { countsBlocks } from './broken/counts-blocks.ts';
import { emitsEarly } from './broken/emits-early.ts';
import { futureRow } from './broken/future-row.ts';
import { finiteWhenFine } from './broken/finite-when-fine.ts';
import { hastyFading } from './broken/hasty-fading.ts';
import { hiddenMemory } from './broken/hidden-memory.ts';
import { longMemory } from './broken/long-memory.ts';
import { moduleGlobal } from './broken/module-global.ts';
import { poisoned } from './broken/poisoned.ts';
import { poisonedForEver } from './broken/poisoned-for-ever.ts';
import { runningSum } from './broken/running-sum.ts';
import { seededEma } from './broken/seeded-ema.ts';
import { shortFading } from './broken/short-fading.ts';
import { swallowsNan } from './broken/swallows-nan.ts';
import { tableByTime } from './broken/table-by-time.ts';
import { unboundedMean } from './broken/unbounded-mean.ts';
import { unstatedHistory } from './broken/unstated-history.ts';
import { writesNextRow } from './broken/writes-next-row.ts';
import { wrongLookback } from './broken/wrong-lookback.ts';
import { wrongParts } from './broken/wrong-parts.ts';

/** Each operator, the law that has to catch it, and words of the message. */
const cases: readonly (readonly [Operator, string, RegExp])[] = [
  [blockLength, 'L1 block invariance', /value, row \d+, in blocks of [\d, ]+: expected .*, found/],
  [hiddenMemory, 'L2 snapshot', /restored elsewhere after \d+ rows: expected .*, found/],
  [countsBlocks, 'L2 snapshot', /in other blocks: expected \d+ in slot 0 of the snapshot, found \d/],
  [futureRow, 'L3 causality', /rows after \d+: expected .*, found/],
  [runningSum, 'L4 memory', /started at row \d+, \d+ declared: expected .*, found/],
  [runningSum, 'L4 prints', /rows after a print in x: expected .*, found/],
  [seededEma, 'L4 memory', /started at row \d+, \d+ declared: expected .*, found/],
  [shortFading, 'L4 memory', /20 rows after a late start: expected .*, found/],
  [shortFading, 'L4 measured', /expected memory fading 20, found .*declared fading with 20 rows/],
  [hastyFading, 'L4 memory', /3 rows after a late start: expected .*, found/],
  [hastyFading, 'L4 measured', /at 0.001|at 0.000001/],
  [finiteWhenFine, 'declaration', /the memory at a tolerance of 0.000001, rows: expected 2, as at any, found 1/],
  [unboundedMean, 'L4 memory', /declared unbounded: expected a late start that shows, found none/],
  [emitsEarly, 'L6 readiness', /row 0, lookback 1: expected no value yet, found/],
  [wrongLookback, 'L6 readiness', /lookback 1: expected a value, .*, found NaN/],
  [poisoned, 'L6 readiness', /NaN at rows \d+ to \d+ of x, to be skipped: expected .*, found NaN/],
  [poisonedForEver, 'L6 readiness', /NaN at rows \d+ to \d+ of x, long ago: expected .*, found NaN/],
  [swallowsNan, 'L6 readiness', /expected NaN while it is in the window, found no NaN/],
  [swallowsNan, 'L6 missing values', /rows after a NaN in x: expected .*, found/],
  [poisoned, 'L6 missing values', /rows after a NaN in x: expected .*, found NaN/],
  [longMemory, 'L6 missing values', /expected it to reach \d+ rows, as the memory says, found \d+ rows/],
  [moduleGlobal, 'L8 determinism', /a second run: expected .*, found/],
  [closureState, 'L8 determinism', /(a second run|taking turns with .*): expected .*, found/],
  [tableByTime, 'L8 purity', /28 years before .*: expected .*, found/],
  [unstatedHistory, 'declared history', /garbage before the history: expected .*, found/],
  [writesNextRow, 'own rows', /rows \d+ to \d+ computed: expected .*, found/],
  [wrongParts, 'declaration', /lookback: expected \d+, as its parts have, found \d/],
];

for (const [op, law, message] of cases) {
  test(`${law} catches ${op.name}: ${op.summary}`, () => {
    const report = checkOperator(op, { laws: [law] });
    assert.ok(!report.holds, `${op.name} keeps ${law}`);
    assert.match(describeReport(report), message);
  });
}

test('every law catches something', () => {
  assert.deepEqual(new Set(cases.map(([, law]) => law)), new Set(LAWS.map(({ name }) => name)));
});
