/** Bars as somebody publishes them lead from `inspect` to rows, and to the same as those that were put in order by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { build, init, inspect, verify } from 'minotaur/runs';
import { at, BEGIN, made, price, table } from './written-tables.ts';

test('bars as CryptoDataDownload has them, below its address and newest first, are those of the table turned by hand', async () => {
  const heads = [
    'unix,date,symbol,open,high,low,close,Volume BTC,Volume USDT,tradecount',
    'Unix,Date,Symbol,Open,High,Low,Close,Volume BTC,Volume USDT,tradecount',
  ];
  const line = (i: number): string => {
    const opened = BEGIN + 3600 * i;
    const day = new Date(opened * 1000).toISOString().slice(0, 19).replace('T', ' ');
    const volume = 1 + (i % 7);
    const prices = [price(i), price(i) + 1, price(i) - 1, price(i)];
    return [1000 * opened, day, 'BTCUSDT', ...prices, volume, volume * price(i), 10 + (i % 9)].join(',');
  };
  const config = {
    symbol: 'BTCUSDT',
    clocks: { given: { bars: 'given' } },
    features: { given: ['close', 'volume', 'dollar_volume', 'num_ticks', 'sma(close, 5)'] },
  } as const;
  const taken = (file: string) => build({ config, bars: [file], out: at('published') });
  const expected = await taken(table('turned-by-hand.csv', heads[0], line));
  assert.equal(expected.notes, undefined);
  for (const head of heads) {
    const file = table('Binance_BTCUSDT_1h.csv', `https://www.CryptoDataDownload.com\n${head}`, (i) => line(199 - i));
    const { digest, counts, notes = [] } = await taken(file);
    assert.deepEqual([digest, counts.bars['given']], [expected.digest, 200]);
    assert.match(
      notes.join('\n'),
      /^.*1h\.csv: the first line, the address https:.*, is left out; the bars stand newest/,
    );
    const report = await inspect({ files: [file] });
    assert.deepEqual([report.kind, report.files[0].path], ['bars', file]);
    assert.match(report.files[0].because ?? '', /address .* left out; the bars stand newest first/);
    // The clock that it says takes them.
    const mend = report.findings.find(({ name }) => name === 'bars')?.mend;
    assert.match(mend ?? '', /clocks: \{ given: \{ bars: given \} \}, with --bars/);
    assert.equal((await init({ files: [file], out: at('published.yaml'), force: true })).kind, 'bars');
    await assert.rejects(made(file), /expected trades, found bars .*--bars/);
    assert.ok((await verify({ config, bars: [file], checks: ['parity'] })).holds);
  }
  const twice = (i: number): string => line(Math.max(1, 199 - i));
  await assert.rejects(
    taken(table('twice.csv', heads[0], twice)),
    /found the newest first, .* not so throughout: .*twice\.csv line 201$/,
  );
  for (const [name, order] of [
    ['ends', (i: number): number => (i === 199 ? 200 : 199 - i)],
    ['begins', (i: number): number => (i < 100 ? 99 - i : i)],
  ] as const)
    await assert.rejects(
      taken(table(`${name}.csv`, heads[0], (i) => line(order(i)))),
      /line 3: expected a bar that is available at/,
    );
});
