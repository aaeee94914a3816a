/** Sides in columns of other names: read where the name says what they are, and refused where it does not, in CSV as in Parquet. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openTrades } from 'minotaur/files';
import { inspect } from 'minotaur/runs';
import { temporaryFolder } from './cli.ts';
import { parquet as toParquet } from './written-tables.ts';

const folder = temporaryFolder();

/** Trades whose column of that name has one of two words, or more, in turn. */
function table(name: string, column: string, words: readonly string[]): string {
  const path = join(folder, name);
  const rows = Array.from(
    { length: 120 },
    (_, i) => `${1.7e12 + i * 250},${100 + (i % 9)},1.5,${words[i % words.length]}`,
  );
  writeFileSync(path, `time,price,qty,${column}\n${rows.join('\n')}\n`);
  return path;
}

async function sidesOf(file: string, options: Parameters<typeof openTrades>[1] = {}): Promise<number[]> {
  const source = await openTrades([file], options);
  const sides: number[] = [];
  try {
    for await (const { block } of source.blocks()) sides.push(...block.side.subarray(0, block.length));
  } finally {
    source.close();
  }
  return sides;
}

const TAKEN = {
  AGGRESSOR: ['buy', 'sell'],
  trade_side: ['BUY', 'SELL'],
  buy_sell: ['B', 'S'],
  taker: ['Buy', 'Sell'],
  is_buy: ['true', 'false'],
  aggressor: ['buy', '', 'sell'],
};

test('columns whose name says what they are and whose words are of sides are the side', async () => {
  for (const [name, words] of Object.entries(TAKEN)) {
    const file = table(`${name}-${words.length}.csv`, name, words);
    for (const one of [file, await toParquet(file)]) {
      const sides = await sidesOf(one);
      const said = words.map((_, i) => (sides[i] === sides[i] ? sides[i] : 0));
      assert.deepEqual(said, words.length === 2 ? [1, -1] : [1, 0, -1], `${name} in ${one}`);
    }
  }
});

const REFUSED = {
  order_side: ['buy', 'sell'],
  maker_side: ['buy', 'sell'],
  bs: ['B', 'S'],
  maker: ['true', 'false'],
  remark: ['sell', 'buy'],
};

test('columns that say nothing but sides, and may be other ones, are refused with the line that settles it', async () => {
  for (const [name, words] of Object.entries(REFUSED)) {
    const file = table(`${name}.csv`, name, words);
    const line = new RegExp(
      `\`columns: \\{ time: time, price: price, quantity: qty, side: ${name} \\}\`, where it is the side`,
    );
    for (const one of [file, await toParquet(file)]) {
      await assert.rejects(sidesOf(one), line, `${name} in ${one}`);
      assert.ok((await sidesOf(one, { accept: true })).every(Number.isNaN));
      const columns = { time: 'time', price: 'price', quantity: 'qty' };
      assert.ok((await sidesOf(one, { columns })).every(Number.isNaN));
      assert.equal(Math.abs((await sidesOf(one, { columns: { ...columns, side: name } }))[0]), 1);
    }
    await assert.rejects(inspect({ files: [file] }), line);
  }
});

test('what is no side by its words is none, whatever it is called', async () => {
  for (const [name, words] of Object.entries({ taker: ['0xab', '0xcd'], flag: ['true', 'false'], grade: ['b', 'b'] }))
    assert.ok((await sidesOf(table(`no-${name}.csv`, name, words))).every(Number.isNaN), name);
});
