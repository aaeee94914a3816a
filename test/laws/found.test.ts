/** What the suite finds by itself, with no trades: every operator that is broken on purpose, but for those named here. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Operator } from '../../packages/core/src/features/contract/operator.ts';
import type { Fault } from '../../packages/minotaur/src/verify/faults/fault.ts';
import { faults } from '../../packages/minotaur/src/verify/faults/faults.gen.ts';
import { checkOperator } from '../../packages/minotaur/src/verify/testing/check-operator.ts';
import { watchLoading } from '../../packages/minotaur/src/verify/watch/loading.ts';

/** Operators that it cannot find, and why. */
const NOT_FOUND: Readonly<Record<string, string>> = {
  'broken/captured-clock': 'its module took the clock before anybody watched; loaded under the watch it is found',
  'broken/captured-logarithm':
    'its module took the function before anybody watched; loaded under the watch it is found',
  'broken/first-parameters': 'what it keeps comes from the first run in the process and is the same in every later one',
  'fault external-by-time': 'its table is looked up by an input that is not named as a time of a bar',
};

async function brokenOperators(): Promise<[string, Operator][]> {
  const folder = new URL('./broken/', import.meta.url);
  const found: [string, Operator][] = [];
  for (const file of readdirSync(folder).toSorted()) {
    const module = (await import(new URL(file, folder).href)) as Record<string, Operator>;
    for (const op of Object.values(module)) found.push([`broken/${file.replace('.ts', '')}`, op]);
  }
  return found;
}

/** The operators that faults of the self-test plant. */
function plantedOperators(): [string, Operator][] {
  return Object.values<Fault>(faults).flatMap(({ name, plant }): [string, Operator][] => {
    const { plan } = plant({ clocks: { it: { bars: 'tick', threshold: 1 } } });
    return (plan?.config.operators ?? []).map((op) => [`fault ${name}`, op]);
  });
}

const all = [...(await brokenOperators()), ...plantedOperators()];

test('there are as many as docs/testing.md says', () => {
  const page = readFileSync(new URL('../../docs/testing.md', import.meta.url), 'utf8');
  const [, count, found] = /Of (\d+) operators that are broken on purpose, .* it finds (\d+) /.exec(page) ?? [];
  assert.deepEqual([Number(count), Number(found)], [all.length, all.length - Object.keys(NOT_FOUND).length]);
});

for (const [name, op] of all) {
  const reason = NOT_FOUND[name];
  if (reason === undefined) test(`finds ${name}`, () => assert.ok(!checkOperator(op).holds, op.name));
  else test(`does not find ${name}: ${reason}`, () => assert.ok(checkOperator(op).holds, op.name));
}

test('every name that is not found is one of them', () => {
  const names = new Set(all.map(([name]) => name));
  assert.deepEqual(
    Object.keys(NOT_FOUND).filter((name) => !names.has(name)),
    [],
  );
});

for (const [file, what] of [
  ['captured-clock', 'Date.now'],
  ['captured-logarithm', 'Math.log1p'],
] as const) {
  test(`finds ${file} where its module is loaded under the watch`, async () => {
    // A query makes another module of it, which has not been loaded yet.
    const { value } = await watchLoading(
      async () => (await import(`./broken/${file}.ts?watched`)) as Record<string, Operator>,
    );
    for (const op of Object.values(value)) {
      const { failure } = checkOperator(op, { laws: ['L8 purity'] }).laws[0];
      assert.ok(failure?.found.startsWith(`${what}, captured while the module loaded`), failure?.found);
    }
  });
}
