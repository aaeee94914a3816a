/** A user's operator with a leak: found, shrunk to a few trades, and the command that is printed fails on them. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { writeTrades } from '../../packages/minotaur/src/files/trades/write-trades.ts';
import { market, severalMarket } from '../../packages/minotaur/src/verify/self-test/market.ts';
import { minotaur, temporaryFolder, type Outcome } from '../cli.ts';

const folder = temporaryFolder();

/** A module with an operator of the user's own on the clock `main`. */
function userConfig(name: string, clock: string, run: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(
    path,
    `export default { clocks: { main: ${clock} }, features: { main: ['close', 'ema(close, 10)', 'own(close) as own'] }, operators: [{
  name: 'own', family: 'mine', version: 1, summary: 's', formula: 'f', source: 't', inputs: ['x'], outputs: ['value'], params: [], lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }), nan: 'window', history: () => 0, slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => { for (let i = from; i < to; i++) out[i] = ${run}; } }] };`,
  );
  return path;
}

interface Found {
  readonly name: string;
  readonly holds: boolean;
  readonly first: { readonly feature: string };
  readonly repro: { readonly file: string; readonly events: number; readonly command: string } | null;
}

function verifyJson(...args: readonly string[]): { status: number | null; checks: Found[] } {
  const { status, stdout, stderr } = minotaur('verify', ...args, '--json');
  assert.equal(stderr, '');
  return { status, checks: (JSON.parse(stdout) as { checks: Found[] }).checks };
}

/** Runs what was printed, as a shell would split it. */
const again = (command: string): Outcome => minotaur(...command.split(' ').slice(2));

test('a leak in a rare branch is found, shrunk to a few dozen trades, and fails again', async () => {
  const trades = join(folder, 'trades.csv.gz');
  await writeTrades(trades, [market(30_000, 4)]);
  const leak = 'i + 1 < to && x[i] > 60010 ? (x[i] + x[i + 1]) / 2 : x[i]';
  const config = userConfig('leak', "{ bars: 'dollar', threshold: 50000 }", leak);
  const checks = ['parity', 'lookahead', 'blocks'];
  const args = ['--trades', trades, '--config', config, '--checks', checks.join(','), '--repro', join(folder, 'small')];
  const { status, checks: found } = verifyJson(...args);
  assert.equal(status, 1);
  assert.deepEqual(
    found.map((check) => check.name),
    checks,
  );
  for (const { name, holds, first, repro } of found) {
    assert.ok(!holds && repro !== null, name);
    assert.equal(first.feature, 'own(close)');
    assert.ok(repro.events <= 36, `${name}: ${repro.events} trades`);
    const lines = gunzipSync(readFileSync(repro.file)).toString().trim().split('\n');
    assert.equal(lines.length - 1, repro.events);
    const { status: failed, stdout } = again(repro.command);
    assert.equal(failed, 1, repro.command);
    assert.match(stdout, new RegExp(`FAILS {2}${name}[\\s\\S]*own\\(close\\)`));
  }
});

test('bars are shrunk too', () => {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const open = 1_700_000_000_000_000 + i * 60_000_000;
    const price = 100 + ((i * 37) % 11);
    return [open, open + 60_000_000, price, price + 1, price - 1, price, 5 + (i % 3)].join(',');
  });
  const bars = join(folder, 'bars.csv');
  writeFileSync(bars, ['open_time,close_time,open,high,low,close,volume', ...rows].join('\n'));
  const config = userConfig('local', "{ bars: 'given' }", 'x[i] === 105 ? new Date(0).getHours() : x[i]');
  const args = ['--bars', bars, '--config', config, '--checks', 'purity', '--repro', join(folder, 'small')];
  const { repro } = verifyJson(...args).checks[0];
  assert.ok(repro !== null);
  assert.equal(repro.events, 1);
  assert.equal(again(repro.command).status, 1);
});

/** A module of several instruments, or one, with a series; the operator of the user's own sees how long a block is. */
function seriesConfig(name: string, instruments: readonly string[]): string {
  const path = join(folder, `${name}.mjs`);
  const clocks = instruments.map((of) => `${of}: { of: '${of}', bars: 'tick', threshold: 3 }`).join(', ');
  const features = instruments.map((of) => `${of}: ['close']`).join(', ');
  const listed = instruments.map((of) => `${of}: {}`).join(', ');
  writeFileSync(
    path,
    `export default { ${listed === '' ? '' : `instruments: { ${listed} },`}
  clocks: { ${clocks === '' ? "main: { bars: 'tick', threshold: 3 }" : clocks}, rate: { series: ['bid'], maxAge: '1min' }, calm: { series: ['level'], delay: '1s' } },
  features: { ${features === '' ? "main: ['close']" : features}, rate: ['bid'], calm: ['level'], rows: ['own(bid_rate) as own'] }, operators: [{
  name: 'own', family: 'mine', version: 1, summary: 's', formula: 'f', source: 't', inputs: ['x'], outputs: ['value'], params: [], lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }), nan: 'window', history: () => 0, slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => { for (let i = from; i < to; i++) out[i] = x[i] > 6 ? x[i] + to - i : x[i]; } }] };`,
  );
  return path;
}

/** Rows of both series every ten seconds from the first trade on: \`bid\` goes round 0 to 9. */
function seriesFiles(first: number, last: number): string[] {
  const times = Array.from({ length: Math.ceil((last - first) / 10e6) }, (_, i) => first + i * 10_000_000);
  const [rate, calm] = [join(folder, 'rate.csv'), join(folder, 'calm.csv')];
  const line = (time: number, i: number): string => `${time},${time + 500_000},${i % 10}`;
  writeFileSync(rate, ['time,available_at,bid', ...times.map(line)].join('\n'));
  writeFileSync(calm, ['time,level', ...times.map((time, i) => `${time},${i}`)].join('\n'));
  return ['--series', `rate=${rate}`, `calm=${calm}`];
}

test('a failure in a chain with series is a few trades and a few rows of each series', async () => {
  const names = ['perp', 'spot'];
  const lanes = severalMarket(names, 3000, 4);
  for (const instruments of [names, []]) {
    const config = seriesConfig(`series-${instruments.length}`, instruments);
    const used = instruments.length === 0 ? ['perp'] : instruments;
    const files = used.map((name) => join(folder, `${name}.csv.gz`));
    for (const [k, name] of used.entries()) await writeTrades(files[k], [lanes[name]]);
    const trades = files.map((file, k) => (instruments.length === 0 ? file : `${used[k]}=${file}`));
    const { time, length } = lanes['perp'];
    const series = seriesFiles(time[0], time[length - 1]);
    const small = join(folder, `small-${instruments.length}`);
    const args = ['--trades', ...trades, ...series, '--config', config, '--checks', 'parity', '--repro', small];
    const [{ holds, repro }] = verifyJson(...args).checks;
    assert.ok(!holds && repro !== null);
    assert.ok(repro.events <= 40, `${repro.events} events`);
    assert.match(repro.command, /--series rate=\S*parity\.rate\.csv calm=\S*parity\.calm\.csv/);
    assert.match(repro.file, /parity\.rate\.csv/);
    const rows = readFileSync(join(small, 'parity.rate.csv'), 'utf8').trim().split('\n');
    assert.equal(rows[0], 'time,available_at,bid');
    assert.ok(rows.slice(1).some((row) => Number(row.split(',')[2]) > 6));
    const { status, stdout, stderr } = again(repro.command);
    assert.equal(status, 1, `${repro.command}: ${stderr}`);
    assert.match(stdout, /FAILS {2}parity[\s\S]*own: expected/);
  }
});

test('nothing is written where everything holds', () => {
  const trades = join(folder, 'trades.csv.gz');
  const config = userConfig('sound', "{ bars: 'dollar', threshold: 50000 }", 'x[i]');
  const args = ['--trades', trades, '--config', config, '--checks', 'parity', '--repro', join(folder, 'none')];
  const { status, checks: found } = verifyJson(...args);
  assert.equal(status, 0);
  assert.equal(found[0].repro, null);
});
