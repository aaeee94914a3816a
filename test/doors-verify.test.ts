/** `verify` takes files by the door of `build`: it tells what that tells, and refuses what that refuses. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { build, verify, type VerifyReport } from 'minotaur/runs';
import { minotaur } from './cli.ts';
import { at, BEGIN, chain, made, price, seconds, side, table } from './written-tables.ts';

const checks = ['parity'];
const verified = (trades: string, more: Partial<Parameters<typeof verify>[0]> = {}) =>
  verify({ config: chain, trades: [trades], checks, ...more });

const trades = (name: string, word: (i: number) => string, p: (i: number) => number = price): string =>
  table(name, 'time,price,qty,side', (i) => `${seconds(i)},${p(i)},1,${word(i)}`, 1000);
const every = (i: number): boolean => i % 250 === 249;

const messageOf = async (run: Promise<unknown>): Promise<string> => {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error, 'it is refused');
  return error.message;
};

const REFUSED: readonly (readonly [what: string, file: () => string, said: RegExp])[] = [
  [
    'words for the side that nobody knows',
    () => trades('cross.csv', (i) => (every(i) ? 'cross' : side(i))),
    /found 4 with the unknown side "cross", first \S*cross\.csv line 251/,
  ],
  [
    'more of the trades lost than a hundredth',
    () => trades('zeros.csv', side, (i) => (i % 50 === 49 ? 0 : price(i))),
    /at least 99 %.*found 980, 98 %: 20 invalid; the first at \S*zeros\.csv line 51/,
  ],
  [
    'trades lost in more ways than a few',
    () => trades('kinds.csv', (i) => (i < 6 ? `w${i}` : side(i))),
    /with the unknown side "w0"/,
  ],
];

for (const [what, file, said] of REFUSED)
  test(`refused as build does: ${what}`, async () => {
    const path = file();
    const message = await messageOf(verified(path));
    assert.match(message, said);
    assert.equal(message, await messageOf(made(path)));
  });

test('what build tells, verify tells: in its report, its text and its page; minUsed takes what it takes there', async () => {
  const cross = trades('told.csv', (i) => (every(i) ? 'cross' : side(i)));
  const { notes, used, leftOut, counts } = await made(cross, { minUsed: 0.99 });
  const { taken } = await verified(cross, { minUsed: 0.99 });
  assert.deepEqual(
    { notes: taken?.notes, used: taken?.used, leftOut: taken?.leftOut, dropped: taken?.counts.dropped },
    { notes, used, leftOut, dropped: counts.dropped },
  );
  assert.equal(taken?.counts.trades, 996);
  writeFileSync(at('chain.json'), JSON.stringify(chain));
  const words = ['--config', at('chain.json'), '--trades', cross, '--checks', 'parity'];
  const report = at('verdict.html');
  const printed = minotaur('verify', ...words, '--min-used', '99%', '--report', report);
  assert.equal(printed.status, 0, printed.stderr);
  assert.match(printed.stdout, /^problems {2}4 invalid; 4 dropped\nnote {6}4 lost with the unknown side "cross"/m);
  assert.ok(/What was read.*4 lost with the unknown side/s.test(readFileSync(report, 'utf8')), 'the page');
  const json = minotaur('verify', ...words, '--min-used', '0.99', '--json');
  assert.deepEqual((JSON.parse(json.stdout) as VerifyReport).taken?.notes, notes);
  const refused = minotaur('verify', ...words);
  assert.deepEqual([refused.status, refused.stdout.includes('holds')], [2, false]);
});

test('nothing is told of files of which nothing is lost', async () => {
  const { taken, holds } = await verified(trades('sound.csv', side));
  assert.equal(holds, true);
  assert.deepEqual([taken?.notes, taken?.used, taken?.leftOut, taken?.counts.trades], [undefined, 1, {}, 1000]);
});

test('what is another symbol and what the configuration leaves out is told, and counts as no loss', async () => {
  const two = table(
    'two.csv',
    'time,symbol,price,qty,side',
    (i) => `${seconds(i)},${i % 4 === 3 ? 'ETHUSDT' : 'BTCUSDT'},${price(i)},1,${side(i)}`,
    1000,
  );
  const config = { ...chain, symbol: 'BTCUSDT' } satisfies ConfigInput;
  const { taken } = await verified(two, { config });
  assert.deepEqual(taken?.leftOut, { 'other symbol': 250 });
  assert.deepEqual([taken?.used, taken?.counts.trades], [1, 750]);
  assert.match(await messageOf(verified(two)), /two\.csv/);
});

test('bars, of which a few are none, and files of several instruments', async () => {
  const bars = { clocks: { short: { bars: 'given' } }, features: { short: ['close', 'volume'] } } satisfies ConfigInput;
  const wrong = (i: number): number => (i === 20 ? -1 : 1) * price(i);
  const file = table(
    'bars.csv',
    'time,open,high,low,close,volume',
    (i) => [seconds(60 * i), price(i), price(i) + 1, price(i) - 1, wrong(i), 1 + (i % 30)].join(','),
    300,
  );
  const dropped = { config: { ...bars, bars: { invalid: 'drop' } } satisfies ConfigInput, bars: [file] };
  const { notes, counts } = await build({ ...dropped, out: at('bars'), minUsed: 0.9 });
  const { taken } = await verify({ ...dropped, checks, minUsed: 0.9 });
  assert.equal(counts.dropped, 1);
  assert.deepEqual([taken?.notes, taken?.counts.dropped], [notes, 1]);
  const several = {
    clocks: { a: { of: 'x', bars: 'tick', threshold: 5 }, b: { of: 'y', bars: 'time', every: '10s' } },
    features: { a: ['close'], b: ['close'] },
    instruments: { x: {}, y: {} },
  } satisfies ConfigInput;
  const zero = (i: number): number => (i === 500 ? 0 : price(i));
  const files = { x: [trades('x.csv', side)], y: [trades('y.csv', side, zero)] };
  const together = await verify({ config: several, trades: files, checks });
  assert.equal(together.taken?.counts.trades, 1999);
  assert.deepEqual(together.taken?.notes, (await build({ config: several, trades: files, out: at('two') })).notes);
  assert.match(String(together.taken?.notes), /1 lost with a price.*y\.csv line 502/);
});

test('names of columns that the configuration does not have stand in no way of it', async () => {
  const config = {
    clocks: { short: { bars: 'tick', threshold: 10, suffix: '_mid_x' }, f: { series: ['close_mid'], suffix: '_x' } },
    features: { short: ['open'], f: ['sma(close_mid, 2)'] },
  } satisfies ConfigInput;
  const series = table('named.csv', 'time,available_at,close_mid', (i) => `${seconds(i)},${seconds(i)},${i}`);
  const files = { config, trades: [trades('named-trades.csv', side)], series: { f: [series] } };
  const { counts } = await build({ ...files, out: at('named') });
  assert.equal((await verify({ ...files, checks })).taken?.counts.trades, counts.trades);
});

test('refused as build does: events of which no bar ends, and given bars of which none is taken', async () => {
  const one = table('one.csv', 'time,price,qty,side', (i) => `${seconds(i)},${price(i)},1,buy`, 1);
  const message = await messageOf(verified(one));
  assert.match(message, /^clocks\.short, whose bars emit the rows: .*found no bar in 1 trades or bars$/);
  assert.equal(message, await messageOf(made(one)));
  const bars = table(
    'bars.csv',
    'open_time,close_time,symbol,open,high,low,close,volume',
    (i) => `${BEGIN + 60 * i},${BEGIN + 60 * i + 60},ETHUSDT,1,2,1,1,1`,
  );
  const given = { clocks: { given: { bars: 'given' } }, features: { given: ['close'] } } as const;
  const asked = { ...given, input: { where: { symbol: 'BTCUSDT' } } };
  const none = await messageOf(verify({ config: asked, bars: [bars], checks }));
  assert.equal(none, await messageOf(build({ config: asked, bars: [bars], out: at('none') })));
  assert.ok((await verify({ config: given, bars: [bars], checks })).holds);
  // Asked to stop early, build leaves a state, and the question is put: nothing was compared.
  const { answered, checks: all } = await verified(one, { limit: 1 });
  assert.deepEqual([answered, all.map((check) => check.answered)], [false, [false]]);
});
