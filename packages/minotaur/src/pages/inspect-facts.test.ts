import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { inspect } from '../runs/inspection/inspect.ts';
import { factsOf } from './inspect-facts.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-facts-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function idsOf(name: string, price: number): Promise<string | undefined> {
  const file = join(folder, `${name}.csv`);
  const rows = Array.from({ length: 300 }, (_, i) => `${i + 1},${1_700_000_000_000 + 1000 * i},${price},1,buy`);
  writeFileSync(file, ['id,time,price,qty,side', ...rows, ''].join('\n'));
  const config: ConfigInput = {
    instruments: { X: { ids: 'dense', prices: { max: 200 } } },
    clocks: { t: { bars: 'tick', threshold: 1 } },
  };
  const report = await inspect({ files: [file], config });
  return factsOf(report).find(([term]) => term === 'ids')?.[1];
}

test('of ids the share that is there is said of trades, and not where no row is one', async () => {
  assert.equal(await idsOf('trades', 100), 'dense, 1 to 300, of which 100 % are there; 0 duplicates');
  assert.equal(await idsOf('none', 300), 'dense, 1 to 300; 0 duplicates');
});
