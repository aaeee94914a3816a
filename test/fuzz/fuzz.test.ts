/** Decoders, requests and journals take whatever comes: some seconds of inputs, guided by what they reach. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from './fuzz.ts';
import { fuzzTests } from './trial.ts';

fuzzTests(3);

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
