/** What a run tells of trades and bars that it has believed, and which bars it does not believe. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { build } from 'minotaur/runs';
import { minotaur } from './cli.ts';
import { at, BEGIN, chain, made, parquet, price, seconds, side, table } from './written-tables.ts';

test('what is lost is told by kind and place; words for the side that nobody knows end a run', async () => {
  const of = (name: string, word: string, p: (i: number) => number = price): string =>
    table(name, 'time,price,qty,side', (i) => `${seconds(i)},${p(i)},1,${i % 250 === 249 ? word : side(i)}`, 1000);
  const cross = of('cross.csv', 'cross');
  await assert.rejects(
    made(cross),
    /sides: \{ buy, sell, none \}.*found 4 with the unknown side "cross", first \S*cross\.csv line 251/,
  );
  const sides = { buy: ['buy'], sell: ['sell'], none: ['cross'] };
  for (const file of [cross, await parquet(cross)])
    assert.equal((await made(file, { instruments: { X: { sides } } })).counts.trades, 1000);
  assert.deepEqual((await made(cross, { minUsed: 0.99 })).notes, [
    `4 lost with the unknown side "cross", first ${cross} line 251, side "cross": another`,
  ]);
  const zero = of('zero.csv', 'buy', (i) => (i % 250 === 3 ? 0 : price(i)));
  const { notes = [], used } = await made(zero);
  assert.equal(used, 0.996);
  assert.match(notes[0], /^4 lost with a price, quantity or time that is none, first \S*zero\.csv line 5: .*price 0/);
  writeFileSync(at('chain.yaml'), JSON.stringify(chain));
  const { stdout, status } = minotaur('build', '--config', at('chain.yaml'), '--trades', zero, '--out', at('told'));
  assert.equal(status, 0);
  assert.match(stdout, /^note {6}4 lost with a price/m);
});

test('days without a trade where no id tells, and prices that step as by a split, are told', async () => {
  const day = (name: string, of: number, around = 60_000): string =>
    table(name, 'time,price,qty', (i) => `${BEGIN + 86_400 * of + 400 * i},${price(i, around)},1`);
  const [a, b, d] = [day('X_a.csv', 0), day('X_b.csv', 1), day('X_d.csv', 3)];
  assert.equal((await made([a, b])).notes, undefined);
  assert.deepEqual((await made([a, b, d])).notes, [
    'UNKNOWN: nothing at all on 1 day between others, 2024-08-10 (UTC)',
  ]);
  const split = table('split.csv', 'time,price,qty', (i) => `${seconds(i)},${price(i, i < 100 ? 60_000 : 6000)},1`);
  const { notes = [] } = await made(split);
  assert.equal(notes.length, 1);
  assert.match(
    notes[0],
    /steps up by half or down by a third once, first from \d+.* to \d+.* at \S*split\.csv line 102/,
  );
  const adjustments = [{ time: new Date(1000 * seconds(100)).toISOString(), factor: 10 }];
  const known = await made(split, { instruments: { X: { adjustments } } });
  assert.doesNotMatch(String(known.notes), /is declared/);
});

test('bars: of trades stamped in minutes, of contracts, of two tables', async () => {
  const bars = { clocks: { short: { bars: 'given' } }, features: { short: ['close', 'volume'] } } satisfies ConfigInput;
  const of = (name: string, header: string, time: (i: number) => number, more: (i: number) => unknown): string =>
    table(name, `time,open,high,low,close,${header}`, (i) =>
      [time(i), price(i), price(i) + 1, price(i) - 1, price(i), more(i)].join(','),
    );
  const taken = (file: string, accept?: true) => build({ config: bars, bars: [file], out: at('bars'), accept });
  const minute = (i: number): number => BEGIN + 60 * i;
  const sparse = (i: number): number => BEGIN + 60 * (i + Math.floor((7 * i) / 5) * Math.floor(i / 5));
  const dollar = of('dollar.csv', 'volume', sparse, (i) => 1000 + (i % 30));
  await assert.rejects(taken(dollar), /bars of nearly the same volume/);
  const alike = of(
    'alike.csv',
    'volume',
    (i) => BEGIN + 60 * (6 * Math.floor(i / 3) + [0, 1, 3][i % 3]),
    (i) => 1000 + (i % 30),
  );
  await assert.rejects(taken(alike), /bars of nearly the same volume/);
  assert.equal((await taken(alike, true)).counts.bars['short'], 200);
  assert.equal((await taken(of('varied.csv', 'volume', minute, (i) => 1 + (i % 30)))).counts.bars['short'], 200);
  await assert.rejects(
    taken(of('contracts.csv', 'volume,quote_volume', minute, () => '1000,1.6')),
    /contracts\.csv: expected turnover in the quote currency.*found 1\.6 over 1000/,
  );
  await assert.rejects(
    taken(of('coinm.csv', 'volume,base_asset_volume', minute, () => '1000,1.6')),
    /volume in base units/,
  );
  await assert.rejects(
    taken(of('two.csv', 'volume,close.1', minute, () => '1,2')),
    /one close column.*close and close\.1/,
  );
});
