import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { idText } from 'minotaur-core/internal/trades/id';
import { placeOf } from './source-block.ts';
import { openTrades, type InputOptions } from './trade-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-symbol-rows-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const COUNT = 900;
const NAMES = ['BTCUSDT', 'BTC', 'ETHUSDT', 'BTCUSDTX'];
const of = (i: number): string => NAMES[(i * i) % 11 < 7 ? 0 : i % 4];
const kind = (i: number): string => (i % 5 === 3 ? 'QUOTE' : 'TRADE');

/** Every trade that is read, with its place, and the rows that are not. */
async function read(name: string, quote: string, options: InputOptions): Promise<unknown[]> {
  const file = join(folder, name);
  const lines = Array.from({ length: COUNT }, (_, i) =>
    [
      `${quote}${of(i)}${quote}`,
      i + 1,
      100 + i / 4,
      0.5,
      1_700_000_000_000 + 137 * i,
      ['buy', 'sell'][i % 2],
      kind(i),
    ].join(','),
  );
  writeFileSync(file, ['symbol,id,price,qty,time,side,row', ...lines, ''].join('\n'));
  const source = await openTrades([file], { ...options, blockRows: 64 });
  const found: unknown[] = [];
  const leftOut: Record<string, number> = {};
  for await (const { block, ...more } of source.blocks()) {
    for (const [reason, n] of Object.entries(more.leftOut)) leftOut[reason] = (leftOut[reason] ?? 0) + n;
    for (let i = 0; i < block.length; i++) {
      const place = placeOf(more, i).slice(file.length);
      found.push([idText(block.id, i), block.time[i], block.price[i], block.quantity[i], block.side[i], place]);
    }
  }
  source.close();
  return [...found, leftOut];
}

const CASES: readonly (readonly [string, InputOptions, (i: number) => boolean])[] = [
  ['one symbol of several', { instrument: { symbol: 'BTCUSDT' } }, (i) => of(i) === 'BTCUSDT'],
  [
    'a symbol and its former name',
    { instrument: { symbol: 'BTCUSDT', formerly: ['BTC'] } },
    (i) => ['BTCUSDT', 'BTC'].includes(of(i)),
  ],
  [
    'rows that a condition takes',
    { instrument: { symbol: 'BTCUSDT' }, where: { row: 'TRADE' } },
    (i) => of(i) === 'BTCUSDT' && kind(i) === 'TRADE',
  ],
  [
    'a condition on the symbol itself',
    { instrument: { symbol: 'BTCUSDT', formerly: ['BTC'] }, where: { symbol: 'BTC' } },
    (i) => of(i) === 'BTC',
  ],
];

for (const [what, options, isOwn] of CASES)
  // What stands in quotes is left to the reader that knows them, row by row.
  test(`${what}: the same trades, places and rows left out as where the symbol is quoted`, async () => {
    const plain = await read('plain.csv', '', options);
    assert.deepEqual(plain, await read('quoted.csv', '"', options));
    const own = Array.from({ length: COUNT }, (_, i) => i).filter(isOwn);
    assert.deepEqual(
      plain.slice(0, -1).map((row) => Number((row as unknown[])[0]) - 1),
      own,
    );
  });
