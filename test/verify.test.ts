/** The checks of `verify`: each catches a fault made for it (a check that cannot fail is a defect) and holds on a sound chain (long/verify-all.test.ts). */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { operator, type Operator } from '../packages/core/src/features/contract/operator.ts';
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import type { CheckContext, CheckResult } from '../packages/minotaur/src/verify/harness/check.ts';
import { runChecks, selectChecks } from '../packages/minotaur/src/verify/verify.ts';
import { clocks, context, MEANS } from './checked.ts';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();

async function runCheck(name: string, given: CheckContext): Promise<CheckResult> {
  const { checks: results } = await runChecks(given, selectChecks([name], MEANS));
  return results[0];
}

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
