/** Parquet that is decoded here, against DuckDB's reading of the same file. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { copyTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { simulate } from '../simulate.ts';
import { openTrades, type InputOptions } from '../trades/trade-source.ts';
import { writeTrades } from '../trades/write-trades.ts';

async function read(file: string, options: InputOptions) {
  const source = await openTrades([file], options);
  const blocks: (TradeBlock & { readonly numbers: Float64Array })[] = [];
  for await (const { block, numbers } of source.blocks())
    blocks.push({ ...copyTrades(block), numbers: numbers.slice(0, block.length) });
  source.close();
  const all = (name: 'time' | 'price' | 'quantity' | 'side' | 'id' | 'numbers'): number[] =>
    blocks.flatMap((block) => Array.from(block[name]));
  return {
    layout: source.layouts[0],
    blocks: blocks.length,
    columns: [all('time'), all('price'), all('quantity'), all('side'), all('id'), all('numbers')],
  };
}

test('the same trades as by DuckDB, in several row groups and blocks; a page that is none is refused', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-flat-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'trades.parquet');
  await writeTrades(file, simulate({ trades: 140_000, seed: 5 }));
  const own = await read(file, {});
  // Whoever inspects is told the turnover of the source too, which DuckDB reads.
  const duck = await read(file, { inspect: true });
  assert.equal(own.columns[0].length, 140_000);
  // Blocks of 32,768 of a row group of 131,072 and of the rest.
  assert.equal(own.blocks, 5);
  assert.deepEqual(own.columns, duck.columns);
  const bytes = readFileSync(file);
  // The mark of the first compressed page.
  bytes.fill(0xff, bytes.indexOf('28b52ffd', 'hex'), bytes.indexOf('28b52ffd', 'hex') + 4);
  writeFileSync(file, bytes);
  // In the words of the decompressor that is called here.
  await assert.rejects(read(file, {}), /expected a complete Parquet file, found Unknown frame descriptor/);
});

test('a file is found to be the same here as by DuckDB, which is not loaded for it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-flat-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'trades.parquet');
  await writeTrades(file, simulate({ trades: 1000, seed: 6 }));
  // A folder that is a column for DuckDB, which has to read it then.
  const apart = join(folder, 'part=1', 'trades.parquet');
  mkdirSync(join(folder, 'part=1'));
  cpSync(file, apart);
  const [own, duck] = [await read(file, {}), await read(apart, {})];
  assert.deepEqual(own.columns, duck.columns);
  const { unread = [] } = duck.layout;
  assert.ok(unread.includes('part'));
  assert.deepEqual(own.layout, { ...duck.layout, file, unread: unread.filter((name) => name !== 'part') });
  const where = 'column time: expected times in ms, as the configuration says, found "\\d+", which is us: wrong unit';
  for (const path of [file, apart]) await assert.rejects(read(path, { timeUnit: 'ms' }), new RegExp(where));
  const code = `import { openTrades } from ${JSON.stringify(new URL('../trades/trade-source.ts', import.meta.url).href)};
    (await openTrades([process.argv[1]])).close();
    console.log(process.report.getReport().sharedObjects.some((path) => path.includes('duckdb')));`;
  const loads = (path: string): string =>
    spawnSync(process.execPath, [...process.execArgv, '--input-type=module', '-e', code, path], { encoding: 'utf8' })
      .stdout;
  assert.equal(loads(file), 'false\n');
  assert.equal(loads(apart), 'true\n');
});
