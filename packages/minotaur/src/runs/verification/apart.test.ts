import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import { resolveConfig } from '../../files/config-file.ts';
import { simulate } from '../../files/simulate.ts';
import { writeTrades } from '../../files/trades/write-trades.ts';
import { checks, mayRunApart, runCheck } from '../../verify/verify.ts';
import { settleLoaded } from '../chain/settle.ts';
import { runApart, type ApartTask } from './apart.ts';
import { readStretches } from './events.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-apart-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const trades = [join(folder, 'trades.parquet')];
await writeTrades(trades[0], simulate({ trades: 20_000, seed: 5 }));

/** What is settled of a chain with `features` over those trades. */
async function settled(features: readonly string[]) {
  const clocks = { short: { bars: 'dollar', threshold: 100_000 } } as const;
  const loaded = await settleLoaded(await resolveConfig({ clocks, features: { short: features } }), { trades });
  const task: ApartTask = {
    check: '',
    source: loaded.source,
    config: loaded.name,
    inputs: loaded.inputs,
    files: { trades },
    seed: 3,
  };
  return { loaded, task };
}

test('a check in a thread says what it says here, and tells of the same events', async () => {
  const { loaded, task } = await settled(['close', 'ema(close, 5)']);
  const plan = createPlan(loaded.config);
  for (const check of checks.filter(({ name }) => ['holes', 'memory'].includes(name))) {
    assert.ok(mayRunApart(check), check.name);
    const [here, there]: number[][] = [[], []];
    const open = (): ReturnType<typeof readStretches> => readStretches({ trades }, plan, loaded.inputs, undefined);
    const context = { plan, configSource: loaded.source, open, seed: 3 };
    const expected = await runCheck(check, { ...context, onProgress: (done) => here.push(done) });
    const onNote = (done: number): void => void there.push(done);
    const found = await runApart({ ...task, check: check.name }, { onNote });
    assert.equal(JSON.stringify(found), JSON.stringify(expected));
    assert.ok(expected.holds && here.length > 0);
    assert.deepEqual(there, here);
  }
});

test('a check in a thread ends where nobody waits any more, and what it throws is what was thrown', async () => {
  const { task } = await settled(['close']);
  const stop = new AbortController();
  const run = runApart(
    { ...task, check: 'holes' },
    { signal: stop.signal, onNote: () => stop.abort(new Error('enough')) },
  );
  await assert.rejects(run, { message: 'enough' });
  const missing = { ...task, check: 'parity', files: { trades: [join(folder, 'none.parquet')] } };
  await assert.rejects(runApart(missing, {}), { name: 'MinotaurError', kind: 'input' });
});
