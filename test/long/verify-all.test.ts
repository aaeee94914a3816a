/** All checks of `verify` at once: they hold on a sound chain, and what compares nothing is no answer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckContext } from '../../packages/minotaur/src/verify/harness/check.ts';
import { checks, runChecks, selectChecks } from '../../packages/minotaur/src/verify/verify.ts';
import { clocks, context, MEANS, stretches } from '../checked.ts';

test('every check holds on a sound chain and says how much it compared', async () => {
  const dollar = [{ preset: 'bars' }, { preset: 'dollar' }];
  const { holds, checks: results } = await runChecks(context({ clocks, features: { short: dollar, medium: dollar } }));
  assert.deepEqual(
    results.map((r) => r.name),
    checks.map((c) => c.name).filter((name) => name !== 'interleaving' && name !== 'calendars'),
  );
  for (const result of results) assert.ok(result.holds, `${result.name}: ${JSON.stringify(result.first)}`);
  assert.ok(holds);
  const versions = String(results.find((r) => r.name === 'runtimes')?.compared['versions']);
  assert.ok(versions.split(', ').length >= 3, `only ${versions}: node22 and node26 come with npm ci`);
});

test('comparing nothing is never a pass', async () => {
  const empty: CheckContext = { ...context({ clocks }), open: async function* () {} };
  const verdict = await runChecks(empty);
  assert.deepEqual([verdict.holds, verdict.answered], [false, false]);
  for (const { name, holds, answered, first } of verdict.checks)
    assert.deepEqual([holds, answered, first], [false, false, null], name);
});

test('a chain that emits no row has no answer to what is asked of rows; one Node has none of another', async () => {
  const silent = {
    ...context({ clocks: { short: { bars: 'dollar', threshold: 1e15 } } }),
    open: () => stretches(2000),
  };
  const { holds, answered, checks: results } = await runChecks(silent);
  assert.deepEqual([holds, answered], [false, false]);
  for (const { name, first } of results) assert.equal(first, null, name);
  const open = new Set(results.flatMap((one) => (one.answered ? [] : [one.name])));
  for (const name of [
    'parity',
    'blocks',
    'snapshot',
    'fresh-process',
    'lookahead',
    'availability',
    'workers',
    'runtimes',
  ])
    assert.ok(open.has(name), `${name} compared nothing`);
  const alone = selectChecks(undefined, { ...MEANS, runtimes: 1 }).map(({ name }) => name);
  assert.ok(!alone.includes('runtimes') && selectChecks(undefined, MEANS).some(({ name }) => name === 'runtimes'));
  assert.equal(selectChecks(['runtimes'], { ...MEANS, runtimes: 1 }).length, 1, 'asked for by name, it says so');
  const dateless = selectChecks(undefined, { ...MEANS, calendars: false }).map(({ name }) => name);
  assert.ok(!dateless.includes('calendars') && selectChecks(undefined, MEANS).some(({ name }) => name === 'calendars'));
  const given = selectChecks(undefined, { ...MEANS, madeBars: false }).map(({ name }) => name);
  assert.ok(!given.includes('conservation'), 'nobody has the trades of given bars');
  const one = selectChecks(undefined, { ...MEANS, several: false }).map(({ name }) => name);
  assert.ok(!one.includes('interleaving') && selectChecks(['interleaving'], { ...MEANS, several: false }).length === 1);
});
