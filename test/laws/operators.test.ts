/** Every law over every operator that ships: a new file in the catalogue is covered without a line here. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { catalogue } from '../../packages/core/src/features/catalogue.ts';
import { operators } from '../../packages/core/src/features/catalogue.gen.ts';
import { isComposite, type Operator } from '../../packages/core/src/features/contract/operator.ts';
import { Drive } from './drive.ts';
import { laws, propertyOf } from './laws.ts';
import { parameterSets } from './params.ts';

const RUNS = { numRuns: 40, seed: 20240310 };

const all: readonly (readonly [string, Operator])[] = Object.entries(operators);

for (const [, op] of all) {
  for (const [law, check] of Object.entries(laws)) {
    test(`${law}: ${op.name}`, () => {
      const subjects = parameterSets(op).map((params) => ({ op, params, catalogue }));
      fc.assert(propertyOf(check, subjects), RUNS);
    });
  }
}

for (const [, op] of all) {
  if (!isComposite(op) && op.shared === undefined) continue;
  test(`${op.name} declares what its parts add up to`, () => {
    for (const params of parameterSets(op)) {
      for (const { lookback, memory } of new Drive({ op, params, catalogue }).columns()) {
        assert.equal(op.lookback(params), lookback, `lookback of ${op.name}(${params.join(', ')})`);
        assert.deepEqual(op.memory(params), memory, `memory of ${op.name}(${params.join(', ')})`);
      }
    }
  });
}

test('every operator says what it is, and its file, key and name agree', () => {
  assert.equal(catalogue.size, all.length, 'two operators have the same name');
  for (const [key, op] of all) {
    for (const fact of ['summary', 'formula', 'source', 'family'] as const) {
      assert.notEqual(op[fact].trim(), '', `${fact} of ${op.name}`);
    }
    const camel = op.name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    assert.ok(key === camel || key === `${camel}_`, `${op.name} is exported as ${key}`);
    const file = new URL(`../../packages/core/src/features/operators/${op.family}/${op.name}.ts`, import.meta.url);
    assert.ok(existsSync(file), `${op.name} is not in ${op.family}/${op.name}.ts`);
    assert.equal(new Set(op.inputs).size, op.inputs.length, `inputs of ${op.name}`);
    assert.equal(new Set(op.outputs).size, op.outputs.length, `outputs of ${op.name}`);
    assert.ok(op.outputs.length > 1 || op.outputs[0] === 'value', `the only output of ${op.name} is called value`);
    for (const param of op.params) assert.notEqual(param.meaning.trim(), '', `meaning of ${param.name} of ${op.name}`);
    if (!isComposite(op)) continue;
    for (const params of parameterSets(op)) {
      const parts: readonly string[] = typeof op.expand === 'function' ? op.expand(params) : op.expand;
      assert.equal(parts.length, op.outputs.length, `parts of ${op.name}(${params.join(', ')})`);
    }
  }
});
