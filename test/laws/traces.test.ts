/** What a print and a NaN leave behind, for every operator that ships. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../packages/core/src/features/catalogue.ts';
import type { Operator } from '../../packages/core/src/features/contract/operator.ts';
import { longMemory } from './broken/long-memory.ts';
import { poisoned } from './broken/poisoned.ts';
import { runningSum } from './broken/running-sum.ts';
import { swallowsNan } from './broken/swallows-nan.ts';
import { parameterSets } from './params.ts';
import { nanStaysNaN, printLeaves, type Trace } from './traces.ts';

const SEEDS = [3, 17, 40];

/** What is wrong with any parameter set. */
function wrongWith(op: Operator, trace: Trace, known: ReadonlyMap<string, Operator>): string[] {
  return parameterSets(op).flatMap((params) =>
    SEEDS.flatMap((seed) => {
      const wrong = trace({ op, params, catalogue: known }, seed);
      return wrong === undefined ? [] : [`${op.name}(${params.join(', ')}): ${wrong}`];
    }),
  );
}

for (const op of catalogue.values()) {
  test(`a print of 1e15 leaves no trace in ${op.name} beyond its window`, () => {
    assert.deepEqual(wrongWith(op, printLeaves, catalogue), []);
  });
  test(`a NaN in ${op.name} does what it declares and no more`, () => {
    assert.deepEqual(wrongWith(op, nanStaysNaN, catalogue), []);
  });
}

/** Operators broken on purpose, what has to catch them, and words of the message. */
const cases: readonly (readonly [Operator, Trace, RegExp])[] = [
  [runningSum, printLeaves, /rows after a print/],
  [swallowsNan, nanStaysNaN, /rows after a NaN in x, value: .* became/],
  [poisoned, nanStaysNaN, /rows after a NaN in x, value: .* became NaN/],
  [longMemory, nanStaysNaN, /a NaN reaches \d+ rows, the memory says/],
];

for (const [op, trace, message] of cases) {
  test(`${trace.name} catches ${op.name}: ${op.summary}`, () => {
    assert.match(wrongWith(op, trace, new Map([[op.name, op]])).join('\n'), message);
  });
}
