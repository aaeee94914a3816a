/** The check `branches` on the package as it is built: there the operators are one module, and it has to find each file in it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from './cli.ts';

const BIN = join(import.meta.dirname, '../packages/minotaur/bin/minotaur.js');
// The engine has one account of what ran: who measures what tests reach cannot ask what a run reached.
const alone = process.env['NODE_V8_COVERAGE'] === undefined ? {} : { skip: 'coverage is being measured' };

test('branches of the operators in use are counted, by file and place, in a built package', alone, () => {
  const cwd = temporaryFolder();
  const config = {
    symbol: 'A',
    clocks: { a: { bars: 'tick', threshold: 20 } },
    features: { a: ['rsi(close, 14)', 'ema(close, 5)'] },
  };
  writeFileSync(join(cwd, 'c.yaml'), JSON.stringify(config));
  const env = { ...process.env, NODE_OPTIONS: '' };
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [BIN, ...args], { cwd, encoding: 'utf8', env });
  assert.equal(run('simulate', '--trades', '5000', '--out', 't.parquet').status, 0);
  const { stdout, status } = run('verify', '--trades', 't.parquet', '--config', 'c.yaml', '--checks', 'branches');
  assert.equal(status, 0, stdout);
  assert.match(stdout, /5,000 events, 3 files, [1-9]\d* branches, \d+ \(.*balance\.ts at features\.js:\d+/);
  assert.match(stdout, /ema\.ts at features\.js:\d+/);
});
