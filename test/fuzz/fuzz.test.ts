/** Decoders, requests and journals take whatever comes: some seconds of inputs, guided by what they reach. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whole } from '../tier.ts';
import { fuzz } from './fuzz.ts';
import { TARGETS } from './targets.ts';

const seconds = whole ? 60 : 5;

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

test('a target that fails is found out: the fuzzer itself', async () => {
  const target = {
    seeds: [Buffer.from('{"a":1}')],
    run: (input: Buffer) => (input.includes('[') ? 'taken' : undefined),
  };
  const { findings } = await fuzz(target, { seconds: 2, seed: 1 });
  assert.deepEqual(
    findings.map(({ what }) => what),
    ['taken'],
  );
});
