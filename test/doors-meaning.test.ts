/** What numbers mean: files that would be read as something else without an error are refused, or read as what they are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build, inspect } from 'minotaur/runs';
import { at, BEGIN, firstBar, iso, made, parquet, price, seconds, side, table } from './written-tables.ts';

const DATABENTO = 'ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,price,size,flags,sequence,symbol';
const tick = (i: number): number => Math.round(4 * price(i, 500)) / 4;

test('Databento: trades alone of orders and fills, prices in 1e-9 or with a point, nobody as a side', async () => {
  const config = { instruments: { AAPL: {} } };
  const of = (name: string, priceOf: (i: number) => string, timeOf: (i: number) => string): string =>
    table(name, DATABENTO, (i) => {
      const [action, event] = ['ACFTMT'[i % 6], timeOf(i)];
      return `${event},${event},160,2,5482,${action},${'BAN'[i % 3]},${priceOf(i)},${1 + (i % 4)},0,${i},AAPL`;
    });
  const none = '9223372036854775807';
  const raw = of(
    'raw.csv',
    (i) => (i % 6 === 4 ? none : `${tick(i) * 1e9}`),
    (i) => `${seconds(i)}123456789`,
  );
  const pretty = of(
    'pretty.csv',
    (i) => tick(i).toFixed(9),
    (i) => iso(i, '.123456789Z'),
  );
  const digests = new Set<string>();
  for (const file of [raw, pretty, await parquet(raw), await parquet(pretty)]) {
    const { counts, leftOut, digest, instruments } = await made(file, config);
    assert.deepEqual([counts.trades, leftOut, counts.dropped], [66, { 'no trade': 134 }, 0], file);
    assert.equal(instruments[0].ids, 'none');
    digests.add(digest);
  }
  assert.equal(digests.size, 1);
  assert.deepEqual((await firstBar())[0], tick(15));
  // Whoever says which columns are read means trades all the same.
  const columns = { time: 'ts_event', price: 'price', quantity: 'size', side: 'side', symbol: 'symbol' };
  assert.ok(digests.has((await made(raw, { ...config, input: { columns } })).digest));
  const fills = await made(raw, { ...config, input: { where: { action: 'F' } } });
  assert.deepEqual([fills.counts.trades, fills.leftOut], [33, { where: 167 }]);
  const row = (i: number): string => `${iso(i, 'Z')},${iso(i, 'Z')},0,1,5482,T,B,${tick(i)},1,0,${i},ESU4`;
  const future = table('future.csv', DATABENTO, row);
  await assert.rejects(made(future), /expected `contract: linear` and the `size`.*found ESU4, a future/);
  await made(future, { instruments: { ESU4: { contract: 'linear', size: 50 } } });
  assert.deepEqual((await firstBar())[1], 250);
});

test('rows that are no trades, told by the column that says what a row is', async () => {
  const of = (name: string, header: string, kind: (i: number) => string): string =>
    table(name, `time,price,qty,${header}`, (i) => `${seconds(i)},${price(i)},1,${kind(i)}`);
  const mixed = of('mixed.csv', 'event', (i) => (i % 3 === 0 ? 'T' : 'Q'));
  await assert.rejects(made(mixed), /mixed\.csv line 3: expected rows of one kind, event "T".*where: \{ event: T \}/);
  await assert.rejects(made(await parquet(mixed)), /mixed\.parquet: expected rows of one kind/);
  const { counts, leftOut } = await made(mixed, { input: { where: { event: 'T' } } });
  assert.deepEqual([counts.trades, leftOut], [67, { where: 133 }]);
  assert.equal((await made(mixed, { accept: true })).counts.trades, 200);
  await assert.rejects(made(of('quotes.csv', 'type', () => 'quote')), /trades alone.*found type "quote"/);
  const taken = of('taken.csv', 'correction', (i) => (i === 9 ? '08' : '00'));
  await assert.rejects(made(taken), /taken\.csv line 11: expected trades that stand.*found correction "08"/);
  assert.equal((await made(of('orders.csv', 'type', (i) => (i % 2 ? 'market' : 'limit')))).counts.trades, 200);
  // What trades differ in, as Kraken, Bybit and those have it who leave a field empty; and what is written where nothing was taken back.
  assert.equal((await made(of('kraken.csv', 'type', (i) => ['m', 'l', ''][i % 3]))).counts.trades, 200);
  assert.equal(
    (await made(of('ticks.csv', 'tick_type', (i) => (i % 2 ? 'PlusTick' : 'ZeroMinusTick')))).counts.trades,
    200,
  );
  assert.equal((await made(of('stands.csv', 'correction', (i) => (i % 2 ? '0.0' : 'nan')))).counts.trades, 200);
  // Of a side's numbers, those of one kind would be half of the trades.
  await assert.rejects(
    made(of('bitstamp.csv', 'type', (i) => String(i % 2))),
    /`columns: \{ side: type \}` where it is the side/,
  );
});

test('a column without a name, as pandas writes its index, is no amount', async () => {
  const index = (name: string, header: string): string =>
    table(name, header, (i) => `${i},${seconds(i)},${price(i)},1`);
  assert.equal((await made(index('index.csv', ',time,price,qty'))).counts.trades, 200);
  assert.equal((await made(index('quoted.csv', '"",time,price,qty'))).counts.trades, 200);
});

test('two markets of one house under one symbol', async () => {
  const of = (name: string, header: string, words: readonly [string, string]): string =>
    table(name, `${header},symbol,time,price,qty`, (i) => `${words[i % 2]},BTCUSDT,${seconds(i)},${price(i)},0.5`);
  await assert.rejects(
    made(of('houses.csv', 'exchange', ['binance', 'binance-futures'])),
    /houses\.csv: expected exchange "binance".*found "binance-futures"/,
  );
  await assert.rejects(made(of('types.csv', 'market_type', ['spot', 'linear'])), /expected market_type "spot"/);
  await assert.rejects(made(of('currencies.csv', 'currency', ['EUR', 'USD'])), /expected currency "EUR"/);
  assert.equal((await made(of('tape.csv', 'exchange', ['XNAS', 'ARCX']))).counts.trades, 200);
  // Of a tape some are kin by name, and trade the same.
  assert.equal((await made(of('kin.csv', 'exchange', ['NYSE', 'NYSE ARCA']))).counts.trades, 200);
});

test('quantities that count contracts or dollars, by symbol, exchange, file name and columns', async () => {
  const rows = (i: number): string => `${seconds(i)},${price(i)},${1 + (i % 9)},${side(i)}`;
  const of = (name: string, header: string, more: (i: number) => string): string =>
    table(name, `time,price,amount,side,${header}`, (i) => `${rows(i)},${more(i)}`);
  for (const [symbol, mend] of [
    ['BTCUSD_PERP', '`venue: binance-coinm` with the `size`'],
    ['ETHUSD_240927', '`venue: binance-coinm` with the `size`'],
    ['BTC-USDT-SWAP', '`venue: okx-linear` with the `size`'],
    ['BTC-USD-SWAP', '`venue: okx-inverse` with the `size`'],
    ['BTC-PERPETUAL', '`venue: deribit`'],
    ['BTC-27SEP24', '`venue: deribit`'],
    ['XBTUSD', '`contract` and `size`'],
  ]) {
    const file = of(`${symbol}.txt`, 'symbol', () => symbol);
    await assert.rejects(made(file), (error: Error) => error.message.includes(`expected ${mend}`), symbol);
    const spot = await made(file, { instruments: { [symbol]: { contract: 'spot' } } });
    assert.equal(spot.counts.trades, 200);
  }
  const named = table('BTCUSD_PERP-aggTrades-2024-08-08.csv', '', (i) =>
    [i + 1, price(i), 2, 3 * i, 3 * i, seconds(i) * 1000, true].join(','),
  );
  await assert.rejects(made(named), /venue: binance-coinm.*found BTCUSD_PERP, a contract of Binance COIN-M/);
  await made(named, { instruments: { BTCUSD_PERP: { venue: 'binance-coinm', size: 100 } } });
  assert.equal((await firstBar())[2], 1000);
  const tardis = (exchange: string, symbol: string): string =>
    table(`${exchange}.csv`, 'exchange,symbol,timestamp,local_timestamp,id,side,price,amount', (i) =>
      [exchange, symbol, seconds(i) * 1e6, seconds(i) * 1e6, i, side(i), price(i), 3].join(','),
    );
  await assert.rejects(made(tardis('huobi-dm-swap', 'BTC-USD')), /found BTC-USD of huobi-dm-swap/);
  await assert.rejects(made(tardis('bitmex', 'ETHUSD')), /found ETHUSD of bitmex/);
  await assert.rejects(made(tardis('binance-delivery', 'btcusd_perp')), /size of a contract of Binance COIN-M/);
  assert.equal((await made(tardis('bitget', 'BTCUSDT'))).counts.trades, 200);
});

test('amounts that stand beside quantities say what they count', async () => {
  const of = (name: string, header: string, base: (i: number) => number, quote: (i: number) => number): string =>
    table(name, `id,time,price,qty,${header}`, (i) =>
      [i, seconds(i), price(i), 1000 * (1 + (i % 4)), base(i), quote(i)].join(','),
    );
  const dollars = (i: number): number => 1000 * (1 + (i % 4));
  const inverse = of('inverse.csv', 'base_amount,quote_qty', (i) => dollars(i) / price(i), dollars);
  const said = /expected base_amount to be qty in base units, counted as spot of size 1; or `contract` and `size`/;
  await assert.rejects(made(inverse), said);
  await assert.rejects(made(await parquet(inverse)), said);
  await made(inverse, { instruments: { X: { contract: 'inverse', size: 1 } } });
  assert.equal((await firstBar())[2], 1000 + 2000 + 3000 + 4000 + 1000);
  const scaled = of(
    'scaled.csv',
    'x,quote_qty',
    () => 0,
    (i) => (dollars(i) / 1e8) * price(i),
  );
  await assert.rejects(made(scaled), /expected quote_qty to be the turnover of qty.*found 1e-8 times as much/);
  // Whoever looks at a file is told of it.
  const { findings } = (await inspect({ files: [scaled] })) as { findings: readonly { readonly name: string }[] };
  assert.ok(findings.some(({ name }) => name === 'quote'));
  const deribit = table(
    'deribit.csv',
    'trade_seq,trade_id,timestamp,instrument_name,price,amount,contracts,direction',
    (i) => [i + 1, 2 * i, seconds(i) * 1000, 'BTC-PERPETUAL', price(i), 10, 1, side(i)].join(','),
  );
  const { instruments, counts } = await made(deribit);
  assert.deepEqual([instruments[0].venue, instruments[0].ids, counts.trades], ['deribit', 'dense', 200]);
  assert.equal((await firstBar())[2], 50);
});

test('times that are none of trades: dates, whole minutes, the fraction of a second elsewhere', async () => {
  const of = (name: string, header: string, time: (i: number) => string | number): string =>
    table(name, `${header},price,qty`, (i) => `${time(i)},${price(i)},1`);
  const dates = of('dates.csv', 'time', (i) => `2024-08-${String(8 + Math.floor(i / 50)).padStart(2, '0')}`);
  await assert.rejects(made(dates), /with their time of day.*found dates alone in the first 200 rows/);
  assert.equal((await made(dates, { accept: true })).counts.trades, 200);
  await assert.rejects(made(of('days.csv', 'time', () => 1_723_075_200_000)), /dates alone/);
  const minutes = of('minutes.csv', 'time', (i) => 60_000 * Math.floor(28_717_920 + i / 20));
  await assert.rejects(made(minutes), /to the second or finer.*all of whole minutes/);
  for (const part of ['nanos', 'microseconds', 'usec', 'timestamp_ns']) {
    const parts = of(`${part}.csv`, `time,${part}`, (i) => `${BEGIN + Math.floor(i / 10)},${(i % 10) * 1000}`);
    await assert.rejects(made(parts), new RegExp(`times in whole seconds, and beside them ${part}`));
  }
  assert.equal((await made(of('regular.csv', 'time', (i) => 60 * (28_717_920 + i)))).counts.trades, 200);
});

test('quantities that only rise, prices in fixed point, thousands that look like decimals, columns that are there twice', async () => {
  const of = (name: string, p: (i: number) => unknown, q: (i: number) => unknown, mark = ','): string =>
    table(name, ['time', 'price', 'qty'].join(mark), (i) => [seconds(i), p(i), q(i)].join(mark));
  const rising = of('rising.csv', price, (i) => 100 + i);
  await assert.rejects(made(rising), /quantities that rise in each of the first 200 rows/);
  assert.equal((await made(rising, { accept: true })).counts.trades, 200);
  const fixed = of(
    'fixed.csv',
    (i) => price(i) * 1e8,
    () => 1,
  );
  await assert.rejects(made(fixed), /as if they counted units of 1e-8 or 1e-9/);
  assert.equal((await made(fixed, { instruments: { X: { prices: { max: 1e13 } } } })).counts.trades, 200);
  const grouped = of(
    'grouped.csv',
    (i) => `60.${100 + i}`,
    () => 1,
    ';',
  );
  await assert.rejects(made(grouped), /`input: \{ decimal: ',' \}`.*"60\.100" between semicolons/);
  await made(grouped, { input: { decimal: ',' } });
  assert.equal((await firstBar())[0], 60_104);
  await made(grouped, { input: { decimal: '.' } });
  assert.equal((await firstBar())[0], 60.104);
  const twice = table('twice.csv', 'time,price,qty,price.1', (i) => `${seconds(i)},${price(i)},1,${price(i)}`);
  await assert.rejects(made(twice), /one price column.*found price and price\.1/);
});

test('recordings of two markets, and of merged trades beside single ones', async () => {
  const record = (name: string, message: (i: number) => object): string =>
    table(name, '', (i) => `${seconds(i)}000000000 ${JSON.stringify(message(i))}`);
  const binance = (i: number) => {
    const T = 1000 * seconds(i);
    const market = i % 2 === 0 ? { M: true } : { X: 'MARKET' };
    return { e: 'trade', E: T, s: 'BTCUSDT', t: i, p: String(price(i)), q: '1', T, m: true, ...market };
  };
  await assert.rejects(
    made(record('binance.jsonl', binance)),
    /line 2: expected trades of spot.*found trades of futures/,
  );
  const bybit = (i: number) => {
    const more = i % 2 === 0 ? {} : { L: 'PlusTick' };
    const data = [
      { T: 1000 * seconds(i), s: 'BTCUSDT', S: 'Buy', v: '1', p: String(price(i)), i: `${i}`, BT: false, ...more },
    ];
    return { topic: 'publicTrade.BTCUSDT', type: 'snapshot', ts: 1000 * seconds(i), data };
  };
  await assert.rejects(
    made(record('bybit.jsonl', bybit)),
    /line 2: expected trades of spot.*found trades of contracts/,
  );
  const okx = (both: boolean) => (i: number) => {
    const channel = both && i % 2 === 1 ? 'trades' : 'trades-all';
    const row = {
      instId: 'BTC-USDT',
      tradeId: `${i}`,
      px: String(price(i)),
      sz: '1',
      side: 'buy',
      ts: `${1000 * seconds(i)}`,
    };
    return { arg: { channel, instId: 'BTC-USDT' }, data: [row] };
  };
  await assert.rejects(made(record('okx.jsonl', okx(true))), /line 2: expected single trades.*found aggregated trades/);
  assert.equal((await made(record('single.jsonl', okx(false)))).counts.trades, 200);
});

test('bars as CryptoDataDownload names them, by order and by what they are; those of MetaTrader are refused by name', async () => {
  const bars = {
    clocks: { short: { bars: 'given' } },
    features: { short: ['close', 'volume', 'dollar_volume'] },
  } as const;
  const header = 'Unix,Date,Symbol,Open,High,Low,Close,';
  const of = (name: string, volumes: string, more: (i: number) => readonly number[]): string =>
    table(`${name}.csv`, header + volumes, (i) => {
      const own = BEGIN + 60 * i;
      // A date by the clock of somebody else is not what is read.
      const day = new Date((own + 7200) * 1000).toISOString().slice(0, 19).replace('T', ' ');
      return [1000 * own, day, 'BTCUSDT', price(i), price(i) + 1, price(i) - 1, price(i), ...more(i)].join(',');
    });
  const taken = (file: string) => build({ config: bars, bars: [file], out: at('cdd') });
  const both = (i: number): number[] => [1 + (i % 7), (1 + (i % 7)) * price(i)];
  const renamed = table('renamed.csv', 'time,open,high,low,close,volume,quote_volume', (i) =>
    [BEGIN + 60 * i, price(i), price(i) + 1, price(i) - 1, price(i), ...both(i)].join(','),
  );
  const expected = await taken(renamed);
  assert.equal(expected.counts.bars['short'], 200);
  assert.equal((await taken(of('cdd', 'Volume BTC,Volume USDT', both))).digest, expected.digest);
  await assert.rejects(
    taken(of('turned', 'Volume USDT,Volume BTC', (i) => both(i).toReversed())),
    /turnover in the quote currency/,
  );
  await assert.rejects(taken(of('one', 'Volume BTC', (i) => both(i).slice(0, 1))), /none named volume/);
  // Where prices are about 1, what is turned around is not far from them.
  const near = (name: string, head: string, amounts: (i: number) => string): string =>
    table(`${name}.csv`, head, (i) => `${BEGIN + 60 * i},XRP/USD,1.1,1.1011,1.0989,1.1,${amounts(i)}`);
  const xrp = 'unix,symbol,open,high,low,close,';
  const sound = near('xrp', `${xrp}Volume XRP,Volume USD`, (i) => `${1 + (i % 7)},${1.1 * (1 + (i % 7))}`);
  assert.equal((await taken(sound)).counts.bars['short'], 200);
  const turned = near('xrpturned', `${xrp}Volume USD,Volume XRP`, (i) => `${1.1 * (1 + (i % 7))},${1 + (i % 7)}`);
  await assert.rejects(taken(turned), /turnover in the quote currency.*the two turned around/);
  for (const [k, head] of [
    `${xrp}Volume buy,Volume sell`,
    'time,name,open,high,low,close,Volume MA,Volume 24H',
  ].entries())
    await assert.rejects(taken(near(`other${k}`, head, (i) => `${10 + (i % 7)},${11 + (i % 5)}`)), /none named volume/);
  const names = '<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<TICKVOL>,<VOL>,<SPREAD>';
  const mt5 = table('mt5.csv', names, (i) => `2024.08.08,00:${10 + (i % 50)}:00,1,2,1,1,5,0,2`);
  await assert.rejects(taken(mt5), /mt5\.csv line 1: expected `input: \{ zone.*found bars of MetaTrader/);
});
