/** The right trades: an instrument is settled once, and another's is refused at every door of a run. */
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { build, fit, label, predict, replay, split, verify } from 'minotaur/runs';
import { readArtefact } from '../packages/minotaur/src/store/artefact.ts';
import { readState } from '../packages/minotaur/src/store/state.ts';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

interface Market {
  readonly price: number;
  readonly id: number;
  readonly step?: number;
  readonly from?: number;
  readonly trades?: number;
}

/** Trades of a market, as Binance writes them: price moves in small steps up and down. */
function csv(name: string, { price, id, step = 1, from = 0, trades = 600 }: Market): string {
  const lines = Array.from({ length: trades }, (_, k) => {
    const i = from + k;
    const p = (price * (1 + 0.002 * Math.sin(i / 7))).toFixed(4);
    return `${id + step * i},${p},1,${p},${1_700_000_000_000 + 250 * i},${i % 3 === 0},true`;
  });
  writeFileSync(at(name), `id,price,qty,quote_qty,time,is_buyer_maker,is_best_match\n${lines.join('\n')}\n`);
  return at(name);
}

const bitcoin = { price: 60_000, id: 9_000_000 };
const ether = { price: 2500, id: 1000 };
const btc = csv('BTCUSDT-trades-2023-11-14.csv', bitcoin);
const eth = csv('ETHUSDT-trades-2023-11-14.csv', ether);
const plainBtc = csv('one.csv', bitcoin);
const plainEth = csv('two.csv', { ...ether, from: 700 });

const chain = {
  clocks: { short: { bars: 'tick', threshold: 5 } },
  features: { short: ['close', 'volume', 'log_return(close)'] },
  label: { method: 'horizon', after: '2s' },
  sequence: { length: 1 },
} satisfies ConfigInput;

test('the instrument is settled by the files, said in the manifest, and goes into the state', async () => {
  const { instruments, told } = await build({ config: chain, trades: [btc], out: at('rows') });
  assert.deepEqual([instruments[0].symbol, instruments[0].ids], ['BTCUSDT', 'dense']);
  assert.deepEqual(told, { BTCUSDT: { symbol: btc, ids: btc } });
  assert.equal((await readState(join(at('rows'), 'state.bin'))).instruments[0].symbol, 'BTCUSDT');
  const sparse = await build({ config: chain, trades: [csv('s.csv', { ...bitcoin, step: 7 })], out: at('sparse') });
  assert.deepEqual([sparse.instruments[0].ids, sparse.counts.gap], ['rising', 0]);
  const said = { ...chain, instruments: { BTCUSDT: { ids: 'dense' } } } satisfies ConfigInput;
  assert.deepEqual((await build({ config: said, trades: [btc], out: at('said') })).told, { BTCUSDT: {} });
  const live = await replay({ config: chain, trades: [btc], out: at('live') });
  assert.deepEqual(live.instruments, instruments);
});

test('a layout that names a venue resolves its profile, which decides what quantities are', async () => {
  const trades = [join(import.meta.dirname, 'cases', 'inverse_contract.csv')];
  const config = { clocks: { s: { bars: 'tick', threshold: 2 } } } satisfies ConfigInput;
  const { instruments } = await build({ config, trades, out: at('inverse') });
  assert.deepEqual([instruments[0].venue, instruments[0].contract, instruments[0].size], ['deribit', 'inverse', 1]);
});

test('files that evidently are of another instrument are refused, and taken where that is said', async () => {
  const out = at('refused');
  await assert.rejects(build({ config: chain, trades: [btc, eth], out }), /one symbol.*BTCUSDT, ETHUSDT/);
  const named = { ...chain, symbol: 'ETHUSDT' };
  await assert.rejects(
    build({ config: named, trades: [btc], out }),
    /BTCUSDT-trades.*a file of ETHUSDT.*found one that is named for BTCUSDT/,
  );
  await assert.rejects(verify({ config: named, trades: [btc], checks: ['parity'] }), /named for BTCUSDT/);
  await assert.rejects(
    build({ config: chain, trades: [plainBtc, plainEth], out }),
    /two\.csv line 2.*another's: price 2[45]\d\d/,
  );
  assert.ok(!existsSync(out));
  const loose = { ...chain, instruments: { X: { ids: 'none' } } } satisfies ConfigInput;
  const taken = await build({ config: loose, trades: [plainBtc, plainEth], out, accept: true });
  assert.deepEqual([taken.accept, taken.counts.trades], [true, 1200]);
  const renamed = { ...chain, instruments: { POLUSDT: { formerly: ['BTCUSDT'] } } } satisfies ConfigInput;
  assert.equal((await build({ config: renamed, trades: [btc], out })).counts.trades, 600);
});

test('a state goes on with its own instrument alone', async () => {
  const from = join(at('rows'), 'state.bin');
  const later = csv('BTCUSDT-trades-2023-11-15.csv', { ...bitcoin, from: 600 });
  const going = await build({ config: chain, trades: [later], from, out: at('going') });
  assert.deepEqual([going.counts.trades, going.told['BTCUSDT']['symbol']], [1200, 'an earlier run']);
  const out = at('wrong');
  await assert.rejects(build({ config: chain, trades: [eth], from, out }), /a file of BTCUSDT.*named for ETHUSDT/);
  await assert.rejects(build({ config: chain, trades: [plainEth], from, out }), /another's: price 2[45]\d\d/);
  const other = { ...chain, symbol: 'ETHUSDT' };
  await assert.rejects(
    build({ config: other, trades: [eth], from, out }),
    /the instrument ETHUSDT, found BTCUSDT \(a new name is declared with `formerly`\)/,
  );
  const renamed = { ...chain, instruments: { POLUSDT: { formerly: ['BTCUSDT'] } } } satisfies ConfigInput;
  assert.equal((await build({ config: renamed, trades: [later], from, out: at('renamed') })).counts.trades, 1200);
  await assert.rejects(build({ config: chain, trades: [btc], from, out }), /some that are new, found none/);
});

test("labels, fit and predictions are of the rows' instrument", async () => {
  const rows = at('rows');
  const labels = at('labels.parquet');
  const made = await label({ config: chain, rows, trades: [plainBtc], out: labels });
  assert.equal(made.instruments[0].symbol, 'BTCUSDT');
  const out = at('other.parquet');
  await assert.rejects(label({ config: chain, rows, trades: [eth], out }), /named for ETHUSDT/);
  const same = csv('same.csv', ether);
  await assert.rejects(
    label({ config: chain, rows, trades: [same], out }),
    /rows\.parquet row 1, .*expected a trade of its own time with its close 60\d\d\d.*other trades/,
  );
  await assert.rejects(label({ config: chain, rows, trades: [same], out, accept: true }), /its close/);
  const other = { ...chain, symbol: 'ETHUSDT' };
  await assert.rejects(
    label({ config: other, rows, trades: [plainBtc], out }),
    /the instrument ETHUSDT, found BTCUSDT/,
  );
  await assert.rejects(fit({ config: other, rows, out: at('a.json') }), /the instrument ETHUSDT, found BTCUSDT/);
  await assert.rejects(split({ config: other, rows, labels, out }), /the instrument ETHUSDT, found BTCUSDT/);
  assert.ok(!existsSync(out));

  const own = await fit({ config: chain, rows, out: at('own.json') });
  assert.deepEqual(readArtefact(own.out).instruments, made.instruments);
  const any = await fit({ config: chain, rows, instruments: 'any', out: at('any.json') });
  assert.equal(any.instruments, 'any');
  await build({ config: chain, trades: [eth], out: at('eth') });
  const asked = { rows: at('eth'), model: at('none.onnx'), out };
  await assert.rejects(predict({ ...asked, artefact: own.out }), /the instrument BTCUSDT, found ETHUSDT/);
  await assert.rejects(predict({ ...asked, artefact: any.out }), /none\.onnx/);
});

test('rows of time bars agree with the last trade before them', async () => {
  const config = { ...chain, clocks: { short: { bars: 'time', every: '10s' } } } satisfies ConfigInput;
  await build({ config, trades: [btc], out: at('time') });
  const asked = { config, rows: at('time'), out: at('time.parquet') };
  assert.ok((await label({ ...asked, trades: [btc] })).counts.labelled > 5);
  await assert.rejects(label({ ...asked, trades: [csv('t.csv', ether)] }), /the last trade before it with its close/);
});

test('a run that loses trades says so: the share, what was wrong, the first place', async () => {
  const lines = [
    'time,price,quantity',
    ...Array.from({ length: 100 }, (_, i) => `${1_700_000_000_000 + i},${i % 10 === 3 ? '60 USDT' : 60},1`),
  ];
  writeFileSync(at('lossy.csv'), lines.join('\n'));
  const asked = { config: chain, trades: [at('lossy.csv')], out: at('lossy') };
  await assert.rejects(build(asked), /at least 99 %.*found 90, 90 %: 10 invalid; the first at .*lossy\.csv line 5/);
  assert.ok(!existsSync(at('lossy')));
  assert.equal((await build({ ...asked, minUsed: 0.9 })).used, 0.9);
  await assert.rejects(build({ ...asked, minUsed: 7 }), /minUsed: expected a share from 0 to 1, found 7/);
});

test('rows of others are counted, and are no loss; duplicates are none either', async () => {
  const two = join(import.meta.dirname, 'cases', 'two_symbols_tardis.csv');
  const config = { ...chain, symbol: 'XBTUSD' };
  const { leftOut, used, counts } = await build({ config, trades: [two], out: at('two') });
  assert.deepEqual([leftOut, used, counts.trades], [{ 'other symbol': 5 }, 1, 5]);
  const uuids = join(import.meta.dirname, 'cases', 'uuid_ids.csv');
  const once = { ...chain, clocks: { short: { bars: 'tick', threshold: 2 } } } satisfies ConfigInput;
  const { used: whole, counts: found } = await build({ config: once, trades: [uuids], out: at('uuids') });
  assert.deepEqual([whole, found.duplicate], [1, 1]);
});

test('an id that comes again at a later time is a lost trade, and no duplicate', async () => {
  const lines = (id: (i: number) => number | string): string[] =>
    Array.from({ length: 100 }, (_, i) => `${id(i)},${60_000 + i},1,${1_700_000_000_000 + 60_000 * i},buy`);
  const of = (name: string, rows: readonly string[]) => {
    writeFileSync(at(name), ['id,price,qty,time,side', ...rows].join('\n'));
    return { config: chain, trades: [at(name)], out: at(`out-${name}`) };
  };
  const said = (share: string, lost: number): RegExp =>
    new RegExp(
      `at least 99 %.*found ${share}: ${lost} with the id of an earlier trade .*\`ids: none\`.*; the first at`,
    );
  await assert.rejects(
    build(
      of(
        'constant.csv',
        lines(() => 0),
      ),
    ),
    said('1, 1 %', 99),
  );
  const days = of(
    'days.csv',
    lines((i) => 1 + (i % 50)),
  );
  await assert.rejects(build(days), said('50, 50 %', 50));
  const order = (i: number): string => `0b6f6f3e-0000-4000-8000-0000000000${String(10 + (i >> 1))}`;
  await assert.rejects(build(of('orders.csv', lines(order))), said('50, 50 %', 50));
  const none = { ...chain, instruments: { X: { ids: 'none' } } } satisfies ConfigInput;
  assert.equal((await build({ ...days, config: none })).counts.trades, 100);
  // Those that are delivered again have the time that they had: alone, and in a file that overlaps.
  const rows = lines((i) => i);
  const again = of('again.csv', [...rows.flatMap((row, i) => (i % 9 === 5 ? [row, row] : [row])), ...rows.slice(60)]);
  const { used, counts } = await build(again);
  assert.deepEqual([used, counts.trades, counts.duplicate], [1, 100, 51]);
});

test('a program that hands over another type than the types say is told so', async () => {
  const out = at('types');
  const trades = btc as unknown as string[];
  await assert.rejects(
    build({ config: chain, trades, out }),
    /trades: expected a list of files and globs or a mapping, name by name, found the text/,
  );
  const config = undefined as unknown as ConfigInput;
  await assert.rejects(
    build({ config, trades: [btc], out }),
    /build, config: expected text or a configuration, found nothing/,
  );
  assert.ok(!existsSync(out));
});
