/** A run of faults as a test. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runChaos } from './run.ts';

/** Every kind has to happen, and nothing may come of it. */
export function chaosTest(faults: number): void {
  test(`faults 37, 38: ${faults} faults by a seed: nothing missed, nothing twice, no row changed`, async (t) => {
    const { fired, seconds, ...found } = await runChaos({ seed: 14, faults });
    for (const [kind, count] of Object.entries(fired)) t.diagnostic(`${count} ${kind}`);
    t.diagnostic(`${found.trades} trades, ${found.rows} rows, ${seconds.toFixed(0)} s`);
    assert.deepEqual(
      Object.keys(fired).filter((kind) => fired[kind] === 0),
      [],
      'every kind happened',
    );
    const { missed, twice, changed, why } = found;
    assert.deepEqual({ missed, twice, changed, why }, { missed: 0, twice: 0, changed: 0, why: 'told' });
  });
}
