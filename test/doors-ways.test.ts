/** What a refusal says to do, followed word by word, leads through; and what is neither refused nor asked for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from 'minotaur';
import { build, inspect } from 'minotaur/runs';
import { readBars } from '../packages/minotaur/src/files/bars-source.ts';
import type { BarInputOptions } from '../packages/minotaur/src/files/reading-options.ts';
import type { InputOptions } from '../packages/minotaur/src/files/csv/layout.ts';
import { openTrades } from '../packages/minotaur/src/files/trades/trade-source.ts';
import { at, BEGIN, chain, iso, parquet, price, seconds, side, table } from './written-tables.ts';

/** How many trades a file has, and the sum of their sides: NaN where one is unknown. */
async function read(file: string, options: InputOptions = {}): Promise<readonly [number, number]> {
  const source = await openTrades([file], options);
  let [count, sides] = [0, 0];
  for await (const { block } of source.blocks()) {
    count += block.length;
    for (let i = 0; i < block.length; i++) sides += block.side[i];
  }
  source.close();
  return [count, sides];
}

/** A table of trades with more columns. */
const trades = (name: string, header: string, more: (i: number) => unknown): string =>
  table(name, `time,price,qty,${header}`, (i) => `${seconds(i)},${price(i)},1,${String(more(i))}`);

const columns = { time: 'time', price: 'price', quantity: 'qty' };

test('amounts that no contract makes of the quantities are taken by accept, as the message says', async () => {
  const file = trades('cumulative.csv', 'turnover', (i) => 60_000 * (i + 1));
  const said = /turnover to be the turnover of qty.*`accept` takes quantities as they stand/;
  for (const instrument of [undefined, { contract: 'spot' as const }])
    await assert.rejects(read(file, { instrument }), said);
  assert.equal((await read(file, { accept: true }))[0], 200);
});

test('whole seconds beside a finer time: the message names that column, and it is read', async () => {
  for (const name of ['timestampms', 'time_us']) {
    const scale = name === 'time_us' ? 1e6 : 1e3;
    const file = trades(`${name}.csv`, name, (i) => seconds(i) * scale + i);
    const way = new RegExp(`\`columns: \\{ time: ${name} \\}\` reads that one.*\`accept\` takes whole seconds`);
    // Two columns named as times are refused before.
    for (const own of name === 'time_us' ? [columns] : [undefined, columns])
      await assert.rejects(read(file, { columns: own }), way);
    assert.equal((await read(file, { columns: { ...columns, time: name } }))[0], 200);
    assert.equal((await read(file, { columns, accept: true }))[0], 200);
  }
});

test('a condition is offered with a text that a configuration takes', async () => {
  const file = trades('empty.csv', 'currency', (i) => (i % 2 === 0 ? '' : 'EUR'));
  await assert.rejects(read(file), /where: \{ currency: EUR \}/);
  assert.equal((await read(file, { where: { currency: 'EUR' } }))[0], 100);
  const numbered = trades('numbered.csv', 'event', (i) => 3 + (i % 2));
  await assert.rejects(read(numbered), /where: \{ event: '3' \}/);
});

test('words of no side stand beside those that are known', async () => {
  const parsed = parseConfig({ ...chain, instruments: { X: { sides: { none: ['cross', 'S'] } } } });
  const { sides } = parsed.instruments?.['X'] ?? {};
  assert.deepEqual(sides, { none: ['cross', 'S'] });
  assert.throws(
    () => parseConfig({ ...chain, instruments: { X: { sides: { buy: ['b'] } } } }),
    /expected `buy` and `sell`, or `none` alone/,
  );
  const file = trades('cross.csv', 'side', (i) => ['buy', 'cross', 'sell', 's'][i % 4]);
  const flag = trades('flag.csv', 'm', (i) => ['true', 'cross', 'false'][i % 3]);
  for (const [path, own] of [
    [file, undefined],
    [await parquet(file), undefined],
    [flag, { ...columns, side: 'm' }],
  ] as const) {
    const source = await openTrades([path], { columns: own, instrument: { sides } });
    const found = new Set<string>();
    for await (const { block } of source.blocks()) for (let i = 0; i < block.length; i++) found.add(`${block.side[i]}`);
    source.close();
    // 0 were a word that is not known.
    assert.deepEqual([...found].sort(), ['-1', '1', 'NaN'], path);
  }
});

test('bars of a thin market are bars of time; bars of trades stamped in minutes are refused, and taken by accept', async () => {
  /** Every other minute has a bar, a third of which the next one follows at once. */
  const minute = (i: number): number => 28_717_920 + 6 * Math.floor(i / 3) + [0, 1, 3][i % 3];
  const bars = (name: string, step: number, volume: (i: number) => number): string =>
    table(name, 'time,open,high,low,close,volume', (i) =>
      [step * minute(i), price(i), price(i) + 1, price(i) - 1, price(i), volume(i)].join(','),
    );
  const taken = async (file: string, options: BarInputOptions = {}): Promise<number> =>
    (await readBars(file, options)).rows;
  const lot = (i: number): number => (i % 15 === 0 ? 300 : 100);
  assert.equal(await taken(bars('thin.csv', 60, lot)), 200);
  const dollars = bars('dollars.csv', 60, (i) => 1000 + (i % 30));
  await assert.rejects(taken(dollars), /bars of nearly the same volume/);
  await assert.rejects(taken(dollars), /`accept` takes them as bars of time/);
  assert.equal(await taken(dollars, { accept: true }), 200);
});

test('rows that were cancelled or are not filled yet', async () => {
  const status = trades('status.csv', 'status', (i) => (i % 9 === 8 ? 'cancelled' : 'filled'));
  await assert.rejects(read(status), /status\.csv line 10: expected trades alone.*found status "cancelled"/);
  assert.equal((await read(status, { where: { status: 'filled' } }))[0], 178);
  assert.equal((await read(status, { accept: true }))[0], 200);
  await assert.rejects(read(trades('open.csv', 'status', () => 'open')), /trades alone.*found status "open"/);
  const both = trades('both.csv', 'status', (i) => (i % 2 === 0 ? 'filled' : 'PARTIALLY_FILLED'));
  assert.equal((await read(both))[0], 200);
  const flagged = trades('flagged.csv', 'cancelled', (i) => i % 9 === 8);
  await assert.rejects(read(flagged), /trades that stand: .*cancelled: 'false' \}.*found cancelled "true"/);
  await assert.rejects(read(await parquet(flagged)), /trades that stand/);
  assert.equal((await read(flagged, { where: { cancelled: 'false' } }))[0], 178);
});

test('a column of kinds that holds sides is the side, or refused with how to say so', async () => {
  const file = trades('type.csv', 'type', side);
  const [count, sides] = await read(file, { columns: { ...columns, side: 'type' } });
  assert.equal(count, 200);
  assert.equal(Math.abs(sides) < 200, true);
  assert.deepEqual(await read(file), [count, sides]);
  assert.deepEqual(await read(await parquet(file)), [count, sides]);
  assert.deepEqual(await read(trades('upper.csv', 'Type', (i) => side(i).toUpperCase())), [count, sides]);
  // One that has been named without it is none.
  await assert.rejects(read(file, { columns }), /`columns: \{ side: type \}`, where it is the side/);
  for (const [name, word] of Object.entries({ letters: ['b', 's'], quotes: ['bid', 'ask'] })) {
    const other = trades(`${name}.csv`, 'type', (i) => word[i % 2]);
    await assert.rejects(read(other), /type\.csv|letters\.csv|quotes\.csv/);
    await assert.rejects(read(await parquet(other)), /parquet/);
  }
  const mixed = trades('kinds.csv', 'type', (i) => (i === 150 ? 'market' : side(i)));
  await assert.rejects(read(mixed), /kinds\.csv/);
  await assert.rejects(read(await parquet(mixed)), /kinds\.parquet/);
  // Whose the other is, the names do not say together.
  const makers = trades('makers.csv', 'type,maker_side', (i) => `${side(i)},${side(i)}`);
  await assert.rejects(read(makers), /`columns: \{ side: type \}`, where it is the side/);
  await assert.rejects(read(await parquet(makers)), /`columns: \{ side: type \}`, where it is the side/);
  assert.equal((await read(trades('turnover.csv', 'type,consideration', (i) => `${side(i)},1`)))[0], 200);
  const beside = trades('beside.csv', 'side,type', (i) => `${side(i)},${['b', 's'][i % 2]}`);
  assert.equal((await read(beside))[0], 200);
});

test('a column of kinds is the side by all rows, however many come before one that says otherwise, as in Parquet', async () => {
  const many = (name: string, header: string, more: (i: number) => string): string =>
    table(name, `time,price,qty,${header}`, (i) => `${seconds(i)},${price(i)},1,${more(i)}`, 3000);
  const places = [500, 2000];
  for (const word of ['', 'liquidation'])
    for (const place of places) {
      const file = many(`late-${word}-${place}.csv`, 'type', (i) => (i === place ? word : side(i)));
      const inParquet = await parquet(file);
      await assert.rejects(read(file), /columns: \{ side: type \}/, `${word} ${place}`);
      await assert.rejects(read(inParquet), /columns: \{ side: type \}/);
      // Taken as they are, trades have no side, or are refused: never the one here and the other there.
      const [, sides] = await read(inParquet, { accept: true });
      assert.ok(Number.isNaN(sides));
      if (place < 1000) assert.deepEqual(await read(file, { accept: true }), [3000, NaN]);
      else
        await assert.rejects(
          read(file, { accept: true }),
          new RegExp(`line ${place + 2}: expected buy or sell.*type "${word}"`),
        );
      assert.equal((await read(file, { columns: { ...columns, side: 'type' } }))[0], 3000);
    }
  // What is left out says nothing of the others.
  for (const place of places) {
    const file = many(`other-${place}.csv`, 'type,feed', (i) => (i === place ? 'snapshot,b' : `${side(i)},a`));
    const where = { feed: 'a' };
    const found = await read(file, { where });
    assert.deepEqual(found, await read(await parquet(file), { where }));
    assert.ok(found[0] === 2999 && Number.isFinite(found[1]));
  }
  const symbols = many('symbols.csv', 'type,symbol', (i) => (i % 3 === 0 ? 'snapshot,B' : `${side(i)},A`));
  const found = await read(symbols, { instrument: { symbol: 'A' } });
  assert.deepEqual(found, await read(await parquet(symbols), { instrument: { symbol: 'A' } }));
  assert.ok(found[0] === 2000 && Number.isFinite(found[1]));
});

test('prices that go back and forth between two markets', async () => {
  const of = (name: string, header: string, id: (i: number) => string): string =>
    table(name, `${header}time,price,qty`, (i) => `${id(i)}${seconds(i)},${price(i, i % 7 === 0 ? 2000 : 60_000)},1`);
  const mixed = of('mixed.csv', '', () => '');
  await assert.rejects(read(mixed), /trades of one market .*found 57 of the first 200 prices/);
  assert.equal((await read(mixed, { accept: true }))[0], 200);
  assert.equal((await read(of('ids.csv', 'id,', (i) => `${i + 1},`)))[0], 200);
  // What changes so with every trade is no price, whatever ids say.
  const turned = table(
    'turned.csv',
    'id,time,price,qty',
    (i) => `${i},${seconds(i)},${[0.5, 0.013, 2, 0.7, 0.0002][i % 5]},60000`,
  );
  await assert.rejects(read(turned), /prices, not quantities .*columns.*accept.*found \d+ of the first 200 prices/);
  const right = { columns: { id: 'id', time: 'time', price: 'qty', quantity: 'price' } };
  assert.equal((await read(turned, right))[0], 200);
  assert.equal((await read(turned, { accept: true }))[0], 200);
  // A coin that is worth two of the smallest steps.
  const cheap = table('cheap.csv', 'time,price,qty', (i) => `${seconds(i)},${['1e-8', '2e-8', '3e-8'][i % 3]},1`);
  assert.equal((await read(cheap))[0], 200);
  const split = table('split.csv', 'time,price,qty', (i) => `${seconds(i)},${price(i, i < 100 ? 60_000 : 6000)},1`);
  assert.equal((await read(split))[0], 200);
});

test('each trade twice, where there are no ids', async () => {
  const of = (name: string, times: number, which: (i: number) => number = (i) => Math.floor(i / times)): string =>
    table(name, 'time,price,qty', (i) => `${seconds(which(i))},${price(which(i))},1`);
  for (const times of [2, 3]) {
    const file = of(`times-${times}.csv`, times);
    const said = new RegExp(`each trade once .*found the first \\d+ times, prices and quantities ${times} times each`);
    await assert.rejects(read(file), said);
    assert.equal((await read(file, { accept: true }))[0], 200);
  }
  // All of them twice, but one.
  const butOne = (i: number): number => (i < 90 ? i >> 1 : (i + 1) >> 1);
  for (const file of [of('once.csv', 1), of('but-one.csv', 2, butOne), of('few.csv', 20)])
    assert.equal((await read(file))[0], 200);
  const known = table('known.csv', 'id,time,price,qty', (i) => `${i},${seconds(i >> 1)},${price(i >> 1)},1`);
  assert.equal((await read(known))[0], 200);
});

test('spot and futures of one name, one after the other', async () => {
  const of = (name: string, first: number, from: number): string =>
    table(name, 'id,time,price,qty', (i) => `${first + i},${seconds(from + i)},${price(from + i)},1`);
  const files = [of('spot.csv', 3_735_683_259, 0), of('futures.csv', 5_266_583_935, 200)];
  const taken = async (options: InputOptions): Promise<number> => {
    const source = await openTrades(files, options);
    let count = 0;
    for await (const { block } of source.blocks()) count += block.length;
    return count;
  };
  await assert.rejects(taken({}), /futures\.csv line 2: expected the market of the trades before/);
  assert.equal(await taken({ accept: true }), 400);
});

test('days as platforms write them are read, or refused by their text', async () => {
  const of = (name: string, header: string, day: (text: string) => string, between: string): string =>
    table(
      name,
      `${header},price,qty`,
      (i) => `${iso(i).replace(/^(.*)T/, (_, d) => day(String(d)) + between)},${price(i)},1`,
    );
  const first = async (file: string, options: InputOptions): Promise<number> => {
    for await (const { block } of (await openTrades([file], options)).blocks()) return block.time[0];
    return NaN;
  };
  const apart = { ...columns, date: 'date' };
  for (const mark of ['.', '/']) {
    const day = (text: string): string => text.replaceAll('-', mark);
    const [one, two] = [of('one.csv', 'time', day, ' '), of('two.csv', 'date,time', day, ',')];
    assert.equal(await first(one, {}), BEGIN * 1e6);
    assert.equal(await first(two, { columns: apart }), BEGIN * 1e6);
  }
  const american = (text: string): string => text.replace(/(\d+)-(\d+)-(\d+)/, '$2/$3/$1');
  const refused = /expected a day such as 2024-07-01.*found "08\/08\/2024" and "00:00:00"/;
  await assert.rejects(first(of('american.csv', 'date,time', american, ','), { columns: apart }), refused);
  await assert.rejects(first(of('whole.csv', 'time', american, ' '), {}), /found "08\/08\/2024 00:00:00"/);
});

test('a file of two symbols is read by a condition on one of them, without `symbol`, wherever its rows begin', async () => {
  // Of 2,000 rows the head of a file has a thousand: where the other comes first, none of them is taken.
  const of = (name: string, symbol: (i: number) => string): string =>
    table(`${name}.csv`, 'symbol,time,price,qty,venue_note', (i) => `${symbol(i)},${seconds(i)},${price(i)},1,x`, 2000);
  const mixed = of('mixed', (i) => (i % 4 === 0 ? 'ETHUSDT' : 'BTCUSDT'));
  const late = of('late', (i) => (i < 1500 ? 'ETHUSDT' : 'BTCUSDT'));
  const where = { symbol: 'BTCUSDT' };
  for (const [file, count] of [[mixed, 1500] as const, [late, 500] as const]) {
    const packed = await parquet(file);
    for (const path of [file, packed]) {
      assert.equal((await read(path, { where }))[0], count, path);
      await assert.rejects(read(path, { where: { venue_note: 'x' } }), /expected one symbol.*found .*ETHUSDT/);
      const source = await openTrades([path], { where });
      assert.equal(source.layouts[0].symbol, 'BTCUSDT', path);
      source.close();
    }
  }
  assert.equal(
    (await build({ config: { ...chain, input: { where } }, trades: [mixed], out: at('where') })).counts.trades,
    1500,
  );
});

test('prices that may be below zero, as of spreads: a share of one says nothing of the next, nor of the next file', async () => {
  const spread = (i: number): number => Math.round(100 * (1.5 * Math.sin(i) - 0.2)) / 100;
  const of = (name: string, from: number): string =>
    table(name, 'time,price,qty', (i) => `${seconds(from + i)},${spread(from + i)},1`);
  const files = [of('spread-1.csv', 0), of('spread-2.csv', 201)];
  const instruments = { SPREAD: { prices: { min: -100 } } };
  const config = { ...chain, instruments };
  const { counts } = await build({ config, trades: files, out: at('spread') });
  assert.equal(counts.trades, 400);
  await assert.rejects(read(files[0]), /expected trades of one market/);
});

test('what a program says of the files needs no clocks, as a file does not', async () => {
  const file = table('told.csv', 'a,b,c', (i) => `${seconds(i)},${price(i)},1`);
  const said = { instruments: { X: {} }, input: { columns: { time: 'a', price: 'b', quantity: 'c' } } };
  assert.equal((await inspect({ files: [file], config: said as never })).kind, 'trades');
  await assert.rejects(
    inspect({ files: [file], config: 5 as never }),
    /inspect, config: expected text or a configuration, found 5/,
  );
});
