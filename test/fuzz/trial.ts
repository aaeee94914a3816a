/** Fuzzing as tests. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from './fuzz.ts';
import { TARGETS } from './targets.ts';

/** Every target for so long. */
export function fuzzTests(seconds: number): void {
  for (const [name, open] of Object.entries(TARGETS))
    test(`fuzzed: ${name}`, { timeout: 20_000 * seconds }, async (t) => {
      const { executions, blocks, seeded, corpus, findings } = await fuzz(await open(), { seconds, seed: 1 });
      t.diagnostic(`${executions} inputs, ${seeded} blocks by the seeds, ${blocks} in all, ${corpus} inputs kept`);
      assert.deepEqual(
        findings.map(({ what, input }) => `${what}: ${input.toString('latin1').slice(0, 300)}`),
        [],
      );
      assert.ok(executions >= 100 && blocks > seeded);
    });
}
