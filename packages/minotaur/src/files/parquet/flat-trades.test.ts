/** Parquet that is decoded here, against DuckDB's reading of the same file. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
