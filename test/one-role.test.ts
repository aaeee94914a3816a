/** One instrument under the name of a role: the same rule as for several, in every command that takes files. */
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { build, label } from 'minotaur/runs';
import { minotaur, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

/** 2,000 trades, four a second, named as the venue names its dumps. */
function dump(name: string, price: number): string {
  const lines = Array.from({ length: 2000 }, (_, i) => {
    const p = (price * (1 + 0.002 * Math.sin(i / 7))).toFixed(4);
    return `${i + 1},${p},1,${p},${1_700_000_000_000 + 250 * i},${i % 3 === 0},true`;
  });
  writeFileSync(at(name), `id,price,qty,quote_qty,time,is_buyer_maker,is_best_match\n${lines.join('\n')}\n`);
  return at(name);
}

const btc = dump('BTCUSDT-trades-2023-11-14.csv', 60_000);
const eth = dump('ETHUSDT-trades-2023-11-15.csv', 2500);
const chain = {
  clocks: { a: { bars: 'tick', threshold: 5 } },
  features: { a: ['close', 'sma(close, 3)'] },
  label: { method: 'fixed', target: 0.0005, stop: 0.0005, limit: '30s' },
} satisfies ConfigInput;
const role = { ...chain, instruments: { perp: { venue: 'binance-usdm' } } } satisfies ConfigInput;
const file = at('role.json');
writeFileSync(file, JSON.stringify(role));

test('the files say what a role stands for, named or not, and files of two are refused', async () => {
  const named = await build({ config: role, trades: { perp: [btc] }, out: at('named') });
  const [{ name, symbol, venue }] = named.instruments;
  assert.deepEqual([name, symbol, venue, named.told['perp']['symbol']], ['perp', 'BTCUSDT', 'binance-usdm', btc]);
  const plain = await build({ config: role, trades: [btc], out: at('plain') });
  assert.equal(plain.digest, named.digest);
  await assert.rejects(build({ config: role, trades: [btc, eth], out: at('two') }), /BTCUSDT, ETHUSDT/);
  const said = { ...role, instruments: { perp: { symbol: 'ETHUSDT' } } } satisfies ConfigInput;
  await assert.rejects(build({ config: said, trades: { perp: [btc] }, out: at('said') }), /ETHUSDT.*BTCUSDT/s);
  await build({ config: role, trades: [btc], out: at('part'), limit: 1000 });
  const going = build({ config: role, trades: [eth], out: at('other'), from: at('part/state.bin') });
  await assert.rejects(going, /a file of BTCUSDT.*named for ETHUSDT/s);
});

test('every command takes the name before the files', async () => {
  const built = run('build', '--config', file, '--trades', `perp=${btc}`, '--out', at('one'));
  assert.ok(existsSync(at('one/rows.parquet')), 'one chain has no directory of its symbol');
  const replayed = run('replay', '--config', file, '--trades', `perp=${btc}`, '--out', at('live'));
  assert.equal(replayed.digest, built.digest);
  const verified = minotaur('verify', '--config', file, '--trades', `perp=${btc}`, '--checks', 'parity');
  assert.equal(verified.status, 0, verified.stderr);
  const labels = ['--rows', at('one'), '--trades', `perp=${btc}`, '--out', at('labels.parquet')];
  const labelled = minotaur('label', '--config', file, ...labels);
  assert.equal(labelled.status, 0, labelled.stderr);
  const wrong = label({ config: role, rows: at('one'), trades: [eth], out: at('wrong.parquet') });
  await assert.rejects(wrong, /ETHUSDT/);
});

test('names that are not its own are symbols, each with a chain of its own', () => {
  const symbols = ['--trades', `BTCUSDT=${btc}`, `ETHUSDT=${eth}`, '--out', at('symbols')];
  const manifests = run<{ instruments: { symbol: string; venue: string }[] }[]>('build', '--config', file, ...symbols);
  assert.deepEqual(
    manifests.map(({ instruments: [{ symbol, venue }] }) => [symbol, venue]),
    [
      ['BTCUSDT', 'binance-usdm'],
      ['ETHUSDT', 'binance-usdm'],
    ],
  );
});
