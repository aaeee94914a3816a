/** The checks of `verify`: each holds on a sound chain and catches a fault made for it. A check that cannot fail is a defect. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { operator, type Operator } from '../packages/core/src/features/contract/operator.ts';
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import { planOf } from '../packages/core/src/config/engine.ts';
import type { ConfigSource } from '../packages/minotaur/src/files/config-file.ts';
import type { CheckContext, CheckResult } from '../packages/minotaur/src/verify/harness/check.ts';
import { tradeStretch, type Stretch } from '../packages/minotaur/src/verify/harness/stretch.ts';
import { checks, runChecks, selectChecks } from '../packages/minotaur/src/verify/verify.ts';
import { temporaryFolder } from './cli.ts';
import { blockOf, walk } from './trades.ts';

const folder = temporaryFolder();
const trades = walk(12_000, 12);

async function* stretches(): AsyncGenerator<Stretch> {
  for (let i = 0; i < trades.length; i += 3000) yield tradeStretch(blockOf(trades.slice(i, i + 3000)));
}

function context(config: ConfigInput, configSource: ConfigSource = { kind: 'value', value: config }): CheckContext {
  return { plan: planOf(config), configSource, open: stretches, seed: 3 };
}

const MEANS = {
  events: true,
  madeBars: true,
  calendars: true,
  several: true,
  ownOperators: true,
  learned: true,
  serving: true,
  runtimes: 2,
};

async function runCheck(name: string, given: CheckContext): Promise<CheckResult> {
  const { checks: results } = await runChecks(given, selectChecks([name], MEANS));
  return results[0];
}

const clocks: ConfigInput['clocks'] = {
  short: { bars: 'dollar', threshold: 500_000, suffix: '_db_s' },
  medium: { from: 'short', count: 4, suffix: '_db_m' },
  '1min': { bars: 'time', every: '1min' },
};

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
  const few = async function* () {
    yield tradeStretch(blockOf(trades.slice(0, 2000)));
  };
  const silent = { ...context({ clocks: { short: { bars: 'dollar', threshold: 1e15 } } }), open: few };
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

/** An operator with one fault. */
function faulty(
  name: string,
  run: Extract<Operator, { run: unknown }>['run'],
  rest: Partial<Extract<Operator, { run: unknown }>> = {},
): Operator {
  return operator({
    name,
    family: 'fault',
    version: 1,
    summary: name,
    formula: name,
    source: 'test',
    inputs: ['x'],
    outputs: ['value'],
    params: [],
    lookback: () => 0,
    memory: () => ({ class: 'finite', rows: 1 }),
    nan: 'window',
    history: () => 0,
    slots: () => 0,
    run,
    ...rest,
  });
}

const with_ = (op: Operator): ConfigInput => ({
  clocks,
  features: { short: ['close', `${op.name}(close) as it`] },
  operators: [op],
});

const peek = faulty('peek', ({ in: { 0: x }, out: { 0: out } }, from, to) => {
  for (let i = from; i < to; i++) out[i] = i + 1 < to ? x[i + 1] : x[i];
});

for (const check of ['parity', 'blocks', 'lookahead']) {
  test(`${check} catches a row that sees the next one, and says where`, async () => {
    const { holds, first } = await runCheck(check, context(with_(peek)));
    assert.ok(!holds && first !== null && 'stage' in first);
    assert.equal(first.stage, 'features');
    assert.equal(first.clock, 'short');
    assert.equal(first.feature, 'peek(close)');
    assert.match(first.foundBits, /^0x[0-9a-f]{16}$/);
    assert.notEqual(first.expectedBits, first.foundBits);
    assert.ok(first.trade >= 0 && first.time > 0 && first.row >= 0);
  });
}

test('blocks catches an operator that reads the length of its block', async () => {
  const op = faulty('block_length', ({ out: { 0: out } }, from, to) => void out.fill(to - from, from, to));
  assert.ok(!(await runCheck('blocks', context(with_(op)))).holds);
});

test('snapshot catches state that is kept outside the slots', async () => {
  let total = 0;
  const op = faulty('hidden_sum', ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = total += x[i];
  });
  assert.ok(!(await runCheck('snapshot', context(with_(op)))).holds);
});

test('readiness catches a lookback that is declared too short, and one too long', async () => {
  const late = faulty(
    'late',
    ({ in: { 0: x }, out: { 0: out } }, from, to) => {
      for (let i = from; i < to; i++) out[i] = x[i] - x[i - 3];
    },
    { history: () => 3, lookback: () => 2 },
  );
  const early = { ...late, name: 'early', lookback: () => 4 };
  for (const op of [late, early]) {
    const { holds, first } = await runCheck('readiness', context(with_(op)));
    assert.ok(!holds && first !== null && 'message' in first);
    assert.match(first.message, new RegExp(`clock short, bar 3|clock short, bar 2`));
  }
});

/** A configuration that behaves differently elsewhere, as a module that other processes load. */
function treacherous(name: string, condition: string): CheckContext {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(
    path,
    `import { isMainThread } from 'node:worker_threads';
const elsewhere = ${condition};
export default { clocks: ${JSON.stringify(clocks)}, features: { short: ['close', 'odd(close) as it'] }, operators: [{
  name: 'odd', family: 'fault', version: 1, summary: 's', formula: 'f', source: 't', inputs: ['x'], outputs: ['value'], params: [], lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }), nan: 'window', history: () => 0, slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => { for (let i = from; i < to; i++) out[i] = elsewhere ? x[i] + 1e-9 : x[i]; } }] };`,
  );
  const sound = faulty('odd', ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i];
  });
  return context(with_(sound), { kind: 'module', path });
}

test('fresh-process, workers and runtimes catch what is different elsewhere', async () => {
  assert.ok(!(await runCheck('fresh-process', treacherous('process', `process.pid !== ${process.pid}`))).holds);
  assert.ok(!(await runCheck('workers', treacherous('worker', '!isMainThread'))).holds);
  const { holds, first } = await runCheck('runtimes', treacherous('runtime', `process.version.startsWith('v22')`));
  assert.ok(!holds && first !== null && 'message' in first);
  assert.match(first.message, /Node v22/);
});
