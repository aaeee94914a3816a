/** What is told by a file as a whole, or by one column beside another: trades that are there twice, turnover, units that change. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build, init, inspect } from 'minotaur/runs';
import type { InputOptions } from '../packages/minotaur/src/files/csv/layout.ts';
import { openTrades } from '../packages/minotaur/src/files/trades/trade-source.ts';
import { at, chain, parquet, price, seconds, side, table } from './written-tables.ts';

/** How many trades a file has. */
async function read(file: string, options: InputOptions = {}): Promise<readonly [number]> {
  const source = await openTrades([file], options);
  let count = 0;
  for await (const { block } of source.blocks()) count += block.length;
  source.close();
  return [count];
}

test('a table behind itself, or shuffled with itself: each trade twice, however far apart, and sorted too', async () => {
  const line = (i: number): string => `${seconds(i >> 2)},${price(i)},${1 + (i % 4)}`;
  const rows = 6000;
  const behind = table('behind-itself.csv', 'time,price,qty', (i) => line(i % rows), 2 * rows);
  // 7919 is prime, so that all rows come once.
  const shuffled = table('shuffled.csv', 'time,price,qty', (i) => line(((i * 7919) % (2 * rows)) % rows), 2 * rows);
  const said = /each trade once .*found the first \d+ times, prices and quantities 2 times each/;
  for (const file of [behind, shuffled, await parquet(behind)]) {
    for (const sort of [false, true]) await assert.rejects(read(file, { sort }), said);
    await assert.rejects(inspect({ files: [file] }), said);
    await assert.rejects(init({ files: [file], out: at('twice.yaml') }), said);
    const config = { ...chain, trades: { sort: true } };
    await assert.rejects(build({ config, trades: [file], out: at('twice') }), said);
    assert.equal((await read(file, { sort: true, accept: true }))[0], 2 * rows);
  }
  const once = table('not-twice.csv', 'time,price,qty', (i) => line(i < rows ? i : i - 3000), 2 * rows);
  assert.equal((await read(once, { sort: true }))[0], 2 * rows);
});

test('a quantity that is price times another column is none, and the message says which is; followed, it leads through', async () => {
  const made = (name: string, own: string, other: string, product = true) =>
    table(name, `time,price,${other},${own},side`, (i) => {
      const lot = (1 + (i % 7)) / 100;
      return `${seconds(i)},${price(i)},${lot},${(product ? lot * price(i) : lot * 3).toFixed(2)},${side(i)}`;
    });
  const names = [
    ['amount', 'volume'],
    ['size', 'vol'],
    ['qty', 'notional'],
    ['quantity', 'value'],
    ['amount', 'turnover'],
  ] as const;
  for (const [quantity, other] of names) {
    const csv = made(`${quantity}-${other}.csv`, quantity, other);
    for (const file of [csv, await parquet(csv)]) {
      const said = new RegExp(
        `columns: \\{ time: time, price: price, quantity: ${other}, side: side \\}.*found ${quantity}, which is price times ${other} in \\d+ of 200 rows`,
      );
      await assert.rejects(read(file), said);
      await assert.rejects(inspect({ files: [file] }), said);
      await assert.rejects(build({ config: chain, trades: [file], out: at('product') }), said);
      const mapped = { time: 'time', price: 'price', quantity: other, side: 'side' };
      assert.equal((await read(file, { columns: mapped }))[0], 200);
      assert.equal((await read(file, { accept: true }))[0], 200);
    }
    // The other way round it is the turnover, or something else.
    assert.equal((await read(made('something.csv', other, quantity)))[0], 200);
    assert.equal((await read(made('else.csv', quantity, 'volume', false)))[0], 200);
  }
  // The dollars of an inverse contract.
  const inverse = made('inverse.csv', 'amount', 'volume');
  assert.equal((await read(inverse, { instrument: { symbol: 'X', contract: 'inverse', size: 1 } }))[0], 200);
});

test('times whose unit changes within a file are refused by their text and both units', async () => {
  const units = { s: 1, ms: 1e3, us: 1e6 };
  const text = (i: number, unit: keyof typeof units): string =>
    String(seconds(i) * units[unit] + (unit === 's' ? 0 : 7));
  for (const [first, then] of [
    ['ms', 'us'],
    ['us', 'ms'],
    ['s', 'ms'],
  ] as const) {
    const file = table(
      `${first}-${then}.csv`,
      'time,price,qty',
      (i) => `${text(i, i < 150 ? first : then)},${price(i)},1`,
    );
    const said = new RegExp(
      `csv line 152: expected a time in ${first}, .*found ${text(150, then)}, which is a time in ${then}: the unit changes`,
    );
    await assert.rejects(read(file), said);
    await assert.rejects(inspect({ files: [file] }), said);
    await assert.rejects(build({ config: chain, trades: [file], out: at('units') }), said);
    assert.equal((await read(file, { accept: true }))[0], 200);
    const one = table('one.csv', 'time,price,qty', (i) => `${text(i, i === 150 ? then : first)},${price(i)},1`);
    assert.equal((await read(one))[0], 200);
  }
});
