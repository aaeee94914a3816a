/** Runs that have nothing to show say so, say what would mend it, and leave what was there; how long warm-up takes is said before. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { build, type WarmupForecast } from '../packages/minotaur/src/runs.ts';
import { minotaur, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const [parquet, text] = [at('t.parquet'), at('t.csv.gz')];
for (const file of [parquet, text])
  assert.equal(minotaur('simulate', '--trades', '60000', '--seed', '7', '--out', file).status, 0);

function config(name: string, value: unknown): string {
  writeFileSync(at(name), JSON.stringify(value));
  return at(name);
}

const huge = config('huge.json', { clocks: { short: { bars: 'dollar', threshold: 1e15 } } });
const short = { bars: 'dollar', threshold: 200_000, suffix: '_s' };
const fine = config('fine.json', { clocks: { short }, features: { short: ['close', 'sma(close, 20)'] } });
const slow = config('slow.json', {
  clocks: { short, hour: { bars: 'time', every: '1hour' } },
  features: { short: ['close'], hour: ['sma(close, 30)'] },
});

test('no row at all: exit 2 with what is missing, and what was there before stays', () => {
  const out = at('kept');
  run('build', '--trades', parquet, '--config', fine, '--out', out);
  const before = readFileSync(join(out, 'manifest.json'), 'utf8');
  for (const command of ['build', 'replay']) {
    const { status, stderr } = minotaur(command, '--trades', parquet, '--config', huge, '--out', out, '--force');
    assert.equal(status, 2);
    assert.match(stderr, /clocks\.short, whose bars emit the rows/);
    assert.match(stderr, /expected .*a turnover of 1,000,000,000,000,000\): a lower threshold, or more input/);
    assert.match(stderr, /found +no bar in 60,000 trades/);
  }
  assert.equal(readFileSync(join(out, 'manifest.json'), 'utf8'), before);
  minotaur('build', '--trades', parquet, '--config', huge, '--out', at('none'));
  assert.ok(!existsSync(at('none')));
});

test('every trade dropped: exit 2, and how many for what', () => {
  const lines = Array.from({ length: 50 }, (_, i) => `${i + 1},-5,1,5,${1_700_000_000_000 + i},true,true`);
  writeFileSync(at('bad.csv'), `${lines.join('\n')}\n`);
  const { status, stderr } = minotaur('build', '--trades', at('bad.csv'), '--config', fine, '--out', at('bad'));
  assert.equal(status, 2);
  assert.match(
    stderr,
    /trades\n +expected at least 99 % of them to be used.*\n +found +none: 50 invalid; the first at .*bad\.csv line 1/,
  );
});

test('a state is worth having where no row came of it', () => {
  const first = run('build', '--trades', parquet, '--config', huge, '--limit', '1000', '--out', at('first'));
  assert.equal(first.counts.rows, 0);
  const state = join(at('first'), 'state.bin');
  const rest = minotaur('build', '--trades', parquet, '--config', huge, '--from', state, '--out', at('rest'));
  assert.equal(rest.status, 0, rest.stderr);
  assert.match(rest.stdout, /no row came of it: the clock that drives has closed no bar/);
});

test('no ready row: said before the build and after it, with the clock, the column and what would mend it', () => {
  const { status, stdout } = minotaur('build', '--trades', parquet, '--config', slow, '--out', at('slow'));
  assert.equal(status, 0);
  const [before, after] = stdout.split(`${parquet}: `);
  assert.match(before, /needs {5}short 1 bars: about [\d.]+ s, [\d,]+ trades, turnover 2[01]\d,\d{3}\n/);
  assert.match(before, /hour 31 bars for sma_30_hour: about 31\.0 h, [\d,]+ trades, turnover [\d,]+\n/);
  assert.match(before, /no row will be ready: the files span about [34]\d\.\d min, too little for hour\n/);
  assert.match(before, /what would mend it: .*ready\.ignore \(sma_30_hour\)/);
  assert.match(after, /no row is ready: hour has [01] of 31 bars\n +what would mend it/);
  const silent = minotaur('build', '--trades', parquet, '--config', fine, '--out', at('fine'));
  assert.doesNotMatch(silent.stdout, /no row|mend/);
});

test('a program is told the same, from text and Parquet alike; what closes bars by time and count is exact, the rest is typical', async () => {
  const clocks = {
    dollar: { bars: 'dollar', threshold: 200_000 },
    tick: { bars: 'tick', threshold: 50 },
    volume: { bars: 'volume', threshold: 2 },
    both: { from: 'dollar', count: 10 },
    minute: { bars: 'time', every: '1min' },
    quarter: { from: 'minute', every: '15min' },
    run: { bars: 'tickRun', expectedTicks: 100 },
  } as const;
  const features = Object.fromEntries(Object.keys(clocks).map((name) => [name, ['sma(close, 10)']]));
  const told: WarmupForecast[] = [];
  for (const file of [parquet, text]) {
    const onWarmup = (forecast: WarmupForecast): void => void told.push(forecast);
    await build({ config: { clocks, features }, trades: [file], out: at('program'), onWarmup });
  }
  const [a, b] = told;
  assert.deepEqual(a.clocks, b.clocks);
  const [dollar, tick, volume, both, minute, quarter, runs] = a.clocks;
  assert.deepEqual([dollar.bars, dollar.because], [10, 'sma_10_dollar']);
  assert.deepEqual([tick.trades, runs.trades], [500, 1000]);
  // The trade that closes a bar is in it whole.
  const over = (dollar.turnover ?? 0) / 2_000_000;
  assert.ok(over > 1.01 && over < 1.15, `${over} of the threshold`);
  assert.ok(Math.abs((both.turnover ?? 0) / 20_000_000 / over - 1) < 0.01);
  assert.deepEqual([minute.seconds, quarter.seconds], [660, 9900]);
  const rate = (tick.trades ?? 0) / (tick.seconds ?? 0);
  assert.ok(rate > 10 && rate < 60, `${rate} trades a second`);
  assert.ok(Math.abs((volume.turnover ?? 0) / 20 / 60_000 - 1) < 0.15, 'a price near 60,000');
  // 60,000 trades at some 25 a second.
  for (const { spanSeconds } of told)
    assert.ok((spanSeconds ?? 0) > 1950 && (spanSeconds ?? 0) < 3150, `${spanSeconds} s`);
  assert.deepEqual(a.tooShortFor, ['quarter']);
});

test('files that do not stand in order of time are refused as that, and not called too short before', () => {
  const [head, ...rows] = gunzipSync(readFileSync(text)).toString().trimEnd().split('\n');
  const part = (name: string, from: number, to: number): string => {
    writeFileSync(at(name), `${[head, ...rows.slice(from, to)].join('\n')}\n`);
    return at(name);
  };
  const files = [part('second.csv', 40_000, 60_000), part('first.csv', 0, 30_000)];
  const { status, stdout, stderr } = minotaur('build', '--trades', ...files, '--config', slow, '--out', at('turned'));
  assert.equal(status, 2);
  assert.match(stderr, /first\.csv line 2 \(disorder\)/);
  assert.match(stdout, /^needs {5}short/);
  assert.doesNotMatch(stdout, /span|-\d/);
});

test('verify of what compares nothing: not answered, exit 2; a check that fails is an answer all the same', () => {
  const flags = ['verify', '--trades', parquet, '--limit', '5000', '--checks', 'parity,readiness'];
  const said = minotaur(...flags, '--config', huge);
  assert.equal(said.status, 2, said.stderr);
  assert.match(said.stdout, /^not answered {2}parity /m);
  assert.match(said.stdout, /Not answered, because nothing was compared: parity, readiness\. More input/);
  const asked = minotaur(...flags, '--config', huge, '--json');
  assert.equal(asked.status, 2);
  const verdict = JSON.parse(asked.stdout) as { holds: boolean; answered: boolean; checks: { answered: boolean }[] };
  assert.deepEqual([verdict.holds, verdict.answered], [false, false]);
  assert.deepEqual(
    verdict.checks.map(({ answered }) => answered),
    [false, false],
  );
  assert.equal(minotaur(...flags, '--config', fine).status, 0);
});

test('trades that all wait: said so at the start, and no reason to lose them where a run goes on', () => {
  const waiting = config('waiting.json', {
    clocks: { short: { bars: 'tick', threshold: 5 } },
    trades: { reorder: { within: '1s' } },
  });
  const lines = (from: number, to: number): string =>
    Array.from(
      { length: to - from },
      (_, i) => `${from + i},5,1,5,${1_700_000_000_000 + 100 * (from + i)},true,true\n`,
    ).join('');
  writeFileSync(at('few.csv'), lines(1, 6));
  const few = minotaur('build', '--trades', at('few.csv'), '--config', waiting, '--out', at('few'));
  assert.equal(few.status, 2);
  assert.match(few.stderr, /some that wait no longer \(`reorder` within 1s\)\n +found +5 that wait/);
  writeFileSync(at('first.csv'), lines(1, 60));
  writeFileSync(at('second.csv'), lines(60, 62));
  writeFileSync(at('third.csv'), lines(62, 120));
  run('build', '--trades', at('first.csv'), '--config', waiting, '--out', at('w1'));
  run(
    'build',
    '--trades',
    at('second.csv'),
    '--config',
    waiting,
    '--from',
    join(at('w1'), 'state.bin'),
    '--out',
    at('w2'),
  );
  const rest = run(
    'build',
    '--trades',
    at('third.csv'),
    '--config',
    waiting,
    '--from',
    join(at('w2'), 'state.bin'),
    '--out',
    at('w3'),
  );
  writeFileSync(at('all.csv'), lines(1, 120));
  assert.equal(rest.digest, run('build', '--trades', at('all.csv'), '--config', waiting, '--out', at('whole')).digest);
});
