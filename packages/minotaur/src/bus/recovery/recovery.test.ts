import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULTS, runByChance, runEveryFault } from '../../../../../test/simulated-log.ts';

test('every fault at every step of a small run, alone and before others: no row is lost, changed, or behind a snapshot', async () => {
  // test/long has every pair.
  const { runs, fired, repeated } = await runEveryFault(29);
  assert.ok(runs > 1500, `${runs} runs`);
  assert.ok(repeated > 500, `${repeated} rows were written again`);
  for (const fault of FAULTS) assert.ok(fired[fault] > 60, `${fault}: ${fired[fault]} times`);
});

test('long runs, in any order and with faults by chance', async () => {
  const { fired, seen } = await runByChance(12);
  for (const fault of FAULTS) assert.ok(fired[fault] > 10, `${fault}: ${fired[fault]} times`);
  assert.ok(seen.rows > 6000 && seen.repeated > 200 && seen.owners > 60 && seen.snapshots > 1000, JSON.stringify(seen));
});
