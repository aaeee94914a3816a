/** Every law over every operator that ships: a new file in the catalogue is covered without a line here. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { catalogue } from '../../packages/core/src/features/catalogue.ts';
import { operators } from '../../packages/core/src/features/catalogue.gen.ts';
import type { Operator } from '../../packages/core/src/features/contract/operator.ts';
import { assertOperator, checkOperator } from '../../packages/minotaur/src/verify/testing/check-operator.ts';
import { LAWS } from '../../packages/minotaur/src/verify/testing/operator-laws/index.ts';

const all: readonly (readonly [string, Operator])[] = Object.entries(operators);

/** Laws that an operator is known to break, and why. */
const BROKEN: Readonly<Record<string, string>> = {
  'L4 memory: mavp': 'its shorter averages wait for so many values, not rows: NaN after a late start keep it waiting',
};

for (const [, op] of all) {
  for (const { name } of LAWS) {
    const reason = BROKEN[`${name}: ${op.name}`];
    if (reason === undefined) test(`${name}: ${op.name}`, () => assertOperator(op, { laws: [name] }));
    else
      test(`${name}: ${op.name} does not keep it: ${reason}`, () => {
        // Of its many kinds of average few wait, so that it takes many samples to meet one.
        assert.ok(!checkOperator(op, { laws: [name], samples: 400 }).holds);
      });
  }
}

test('the file, the key and the name of every operator agree', () => {
  assert.equal(catalogue.size, all.length, 'two operators have the same name');
  for (const [key, op] of all) {
    const camel = op.name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    assert.ok(key === camel || key === `${camel}_`, `${op.name} is exported as ${key}`);
    const file = new URL(`../../packages/core/src/features/operators/${op.family}/${op.name}.ts`, import.meta.url);
    assert.ok(existsSync(file), `${op.name} is not in ${op.family}/${op.name}.ts`);
  }
});
