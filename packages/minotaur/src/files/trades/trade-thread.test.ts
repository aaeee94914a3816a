import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { simulate } from '../simulate.ts';
import { placeOf } from './source-block.ts';
import { openTrades } from './trade-source.ts';
import { openTradesInThread, type ThreadedTrades } from './trade-thread.ts';
import { idText } from 'minotaur-core/internal/trades/id';
import { writeTrades } from './write-trades.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-thread-'));
after(() => rmSync(folder, { recursive: true }));

const line = (i: number): string => `${i},${100 + (i % 7)},0.5,50,${1_700_000_000_000 + i},${i % 2 === 0},true`;
const file = join(folder, 'trades.csv');
writeFileSync(file, Array.from({ length: 1000 }, (_, i) => line(i)).join('\n'));

async function rowsOf(source: Omit<ThreadedTrades, 'hashes'>): Promise<string[]> {
  const rows: string[] = [];
  for await (const { block, ...where } of source.blocks()) {
    for (let i = 0; i < block.length; i++) {
      rows.push([block.time[i], idText(block.id, i), block.price[i], block.side[i], placeOf(where, i)].join(' '));
    }
  }
  source.close();
  return rows;
}

test('a thread gives the same trades at the same places, through more blocks than there are slots', async () => {
  const here = await rowsOf(await openTrades([file], { blockRows: 64 }));
  const there = await rowsOf(await openTradesInThread([file], { blockRows: 64 }));
  assert.equal(there.length, 1000);
  assert.deepEqual(there, here);
});

test('words that are not known and what is left out come through a thread', async () => {
  const path = join(folder, 'words.csv');
  const row = (i: number, symbol: string, side: string): string => `${1_700_000_000_000 + i},100,1,${symbol},${side}`;
  const rows = Array.from({ length: 200 }, (_, i) => row(i, i % 4 === 3 ? 'B' : 'A', i % 50 === 8 ? 'Ask' : 'buy'));
  writeFileSync(path, `time,price,qty,symbol,side\n${rows.join('\n')}\n`);
  const options = { blockRows: 16, instrument: { symbol: 'A' } };
  const here = await rowsOf(await openTrades([path], options));
  assert.equal(here.length, 150);
  assert.match(here[6], /line 10, side "Ask"$/);
  assert.deepEqual(await rowsOf(await openTradesInThread([path], options)), here);
  const source = await openTradesInThread([path], options);
  let leftOut = 0;
  for await (const block of source.blocks()) leftOut += block.leftOut['other symbol'] ?? 0;
  source.close();
  assert.equal(leftOut, 50);
});

test('what is wrong with a file is said as without a thread, at opening and in the middle', async () => {
  const bad = join(folder, 'bad.csv');
  writeFileSync(bad, `${line(1)}\n${line(2)}\n3,100\n`);
  for (const path of [join(folder, 'none.csv'), bad]) {
    const said = await openTrades([path]).then(rowsOf).catch(String);
    assert.match(String(said), /expected/);
    assert.equal(await openTradesInThread([path]).then(rowsOf).catch(String), said);
  }
});

test('a source closed early ends its thread', async () => {
  const source = await openTradesInThread([file], { blockRows: 64 });
  for await (const { block } of source.blocks()) {
    assert.equal(block.length, 64);
    break;
  }
  source.close();
});

test('a source of Parquet may be closed at any moment', async () => {
  const parquet = join(folder, 'trades.parquet');
  await writeTrades(parquet, simulate({ trades: 200_000, seed: 1 }));
  for (let taken = 0; taken < 6; taken++) {
    const source = await openTradesInThread([parquet]);
    let blocks = 0;
    if (taken > 0) for await (const _ of source.blocks()) if (++blocks === taken % 3) break;
    source.close();
  }
});
