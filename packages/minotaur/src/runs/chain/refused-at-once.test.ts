/** What is wrong with files is said when it is met, not when all of them have been hashed. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { describeInputs } from '../../store/inputs.ts';
import { run } from '../whole/run.ts';
import { build } from './build.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-refused-'));
after(() => rmSync(folder, { recursive: true }));

/** Of a hole at the end of a file, which costs no disk; to hash them takes a minute where a second hashes 2 GB. */
const BYTES = 120e9;
const file = join(folder, 'X-trades.csv');
const ROWS = 300_000;
const line = (i: number): string => `${i + 1},60000.12,0.5,${1_723_075_200_000 + 10 * i},false\n`;
writeFileSync(
  file,
  `id,price,qty,time,is_buyer_maker\n${Array.from({ length: ROWS }, (_, i) => line(i)).join('')}1,2,3,4,5,6,7\n`,
);
truncateSync(file, BYTES);

const config = { symbol: 'X', clocks: { s: { bars: 'tick', threshold: 100 } }, features: { s: ['close'] } } as const;
const refusal = new RegExp(`X-trades\\.csv line ${ROWS + 2}: expected 5 fields`);

test('build: the hashes of large files are given up', { timeout: 50_000 }, async () => {
  await assert.rejects(build({ config, trades: [file], out: join(folder, 'build') }), refusal);
});

test('run: rows that are built in any case are not preceded by hashes', { timeout: 50_000 }, async () => {
  const out = join(folder, 'run');
  await assert.rejects(run({ config, trades: [file], out, until: 'build' }), refusal);
  assert.ok(!existsSync(join(out, 'build', 'rows.parquet')));
  // Nor after the refusal, whose record knows of no rows.
  await assert.rejects(run({ config, trades: [file], out, until: 'build' }), refusal);
});

test('who no longer waits for a hash is heard between pieces of a file', { timeout: 50_000 }, async () => {
  for (const bytes of [BYTES, 3 << 20]) {
    truncateSync(file, bytes);
    const stop = new AbortController();
    const hashed = describeInputs([file, file], [], { signal: stop.signal });
    setImmediate(() => stop.abort(new Error('refused')));
    await assert.rejects(hashed, /^Error: refused$/);
  }
});
