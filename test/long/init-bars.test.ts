/** The whole way of a configuration that `init` writes for bars: from bars to predictions that are proved. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { init, run } from 'minotaur/runs';
import { temporaryFolder } from '../cli.ts';
import { klines } from '../walked-bars.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

test('klines: what is written runs, and holds', async () => {
  const file = at('BTCUSDT-1m-2025-01.csv');
  writeFileSync(file, `${klines(2400).join('\n')}\n`);
  await init({ files: [file], out: at('klines.yaml') });
  const report = await run({ config: at('klines.yaml'), out: at('run') });
  assert.ok(report.holds, JSON.stringify(report));
});
