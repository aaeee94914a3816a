/** `init --from`: the configuration that it writes is built, and its rows are compared with the table that it was written for. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { build, initFrom, simulate, type CompareReport, type InitFromReport } from 'minotaur/runs';
import { dataFile, minotaur, needsData, readRows, temporaryFolder } from './cli.ts';
import { writeBarsFile } from './foreign/bars.ts';
import { wordsOf } from './mistakes.ts';
import { REAL_BARS } from './real-files.ts';

const folder = temporaryFolder();
const inFolder = (name: string): string => join(folder, name);

type Cells = readonly (readonly string[])[];

/** The cells of a text table, its header first. */
const cellsOf = (text: string): Cells =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(','));

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const sma = (x: readonly number[], n: number): number[] =>
  x.map((_, i) => (i < n - 1 ? NaN : mean(x.slice(i - n + 1, i + 1))));
const ema = (x: readonly number[], n: number): number[] => {
  let m = x[0];
  return x.map((y) => (m += (2 / (n + 1)) * (y - m)));
};

/** Features as pandas computes them of bars; one looks ahead, and one is of nothing. */
function featuresOf([, ...rows]: Cells): Record<string, readonly number[]> {
  const close = rows.map((row) => Number(row[4]));
  const volume = rows.map((row) => Number(row[5]));
  const slow = ema(close, 26);
  const smooth = sma(close, 20);
  return {
    sma_20: smooth,
    'EMA(close,12)': ema(close, 12),
    macd: ema(close, 12).map((x, i) => x - slow[i]),
    'ret 1': close.map((x, i) => x / (close[i - 1] ?? NaN) - 1),
    vol_sma_10: sma(volume, 10),
    centred: smooth.map((_, i) => smooth[i + 10] ?? NaN),
    nothing: close.map((_, i) => (i * i) % 17),
  };
}

/** Writes features beside the first column of bars, which is their time; with the bars where `isWhole`. */
function writeFeatures(name: string, bars: Cells, isWhole = false): string {
  const features = featuresOf(bars);
  const names = Object.keys(features).map((one) => (one.includes(',') ? `"${one}"` : one));
  const lines = bars.map((row, i) => {
    const own = isWhole ? row : row.slice(0, 1);
    const cells =
      i === 0 ? names : Object.values(features).map((x) => (Number.isNaN(x[i - 1]) ? '' : String(x[i - 1])));
    return [...own, ...cells].join(',');
  });
  writeFileSync(inFolder(name), `${lines.join('\n')}\n`);
  return name;
}

/** Bars with other times. */
const moved = (cells: Cells, by: number): Cells =>
  cells.map((row, i) => (i === 0 ? row : [new Date(Date.parse(row[0]) + by).toISOString(), ...row.slice(1)]));

const EXPRESSIONS: Readonly<Record<string, string>> = {
  sma_20: 'sma(close, 20)',
  'EMA(close,12)': 'ewm_mean(close, 12)',
  macd: 'ewm_mean(close, 12) - ewm_mean(close, 26)',
  'ret 1': 'pct_change(close, 1)',
  vol_sma_10: 'sma(volume, 10)',
  centred: 'sma(close, 20)',
};

/** Runs `init --from`, then the commands that it says; what was recognised is the same but for what looked ahead. */
function initBuildCompare(name: string, from: string, ...words: readonly string[]): void {
  const made = minotaur('init', '--from', inFolder(from), '--out', inFolder(`${name}.yaml`), ...words, '--json');
  assert.equal(made.status, 0, made.stderr);
  const { columns, commands } = JSON.parse(made.stdout) as InitFromReport;
  const known = columns.filter(({ name: column }) => column in EXPRESSIONS || column === 'nothing');
  assert.deepEqual(Object.fromEntries(known.map(({ name: column, expression }) => [column, expression])), {
    ...EXPRESSIONS,
    nothing: null,
  });
  assert.equal(columns.find((column) => column.name === 'centred')?.form, 'early');
  const [built, compared] = commands.map((command) =>
    minotaur(...wordsOf(command.replace('npx minotaur ', '')), '--json'),
  );
  assert.equal(built.status, 0, built.stderr);
  assert.equal(compared.status, 1, compared.stderr);
  const { findings, differing, columns: many } = JSON.parse(compared.stdout) as CompareReport;
  // Bars that go on beyond the table give rows that it has not.
  const expected = name === 'inner' ? ['span'] : [];
  assert.deepEqual([findings.map((one) => one.name), many], [expected, columns.length - 1]);
  assert.deepEqual(
    differing.map((column) => column.name),
    ['centred'],
  );
}

const bars = cellsOf(readFileSync(writeBarsFile(inFolder('bars.csv'), 600), 'utf8'));

test('of bars in a file of their own, the columns are those of the table', () => {
  const from = writeFeatures('features.csv', bars);
  const out = inFolder('words.yaml');
  const said = minotaur('init', '--from', inFolder(from), '--bars', inFolder('bars.csv'), '--out', out);
  assert.equal(said.status, 0, said.stderr);
  assert.match(
    said.stdout.replaceAll(/\s+/g, ' '),
    /^written \S+words\.yaml: 6 of 7 columns of \S+features\.csv, 600 rows /,
  );
  assert.match(said.stdout, /\nAHEAD {5}centred: is sma\(close, 20\) 10 rows early/);
  assert.match(said.stdout, /\nunknown {3}nothing: /);
  assert.match(readFileSync(out, 'utf8'), /# Not recognised:\n# {3}nothing: /);
  initBuildCompare('file', from, '--bars', inFolder('bars.csv'));
});

test('of bars in the table itself, and of times of closes', () => {
  initBuildCompare('whole', writeFeatures('whole.csv', bars, true));
  initBuildCompare('closes', writeFeatures('closes.csv', moved(bars, 60_000)), '--bars', inFolder('bars.csv'));
});

test('of times of closes within bars that go on on both sides, where times of opens are as many', () => {
  const some = (cells: Cells): Cells => [cells[0], ...cells.slice(41, 541)];
  const closes = moved(bars, 60_000);
  const whole = cellsOf(readFileSync(inFolder(writeFeatures('whole-closes.csv', closes)), 'utf8'));
  writeFileSync(
    inFolder('inner.csv'),
    `${some(whole)
      .map((row) => row.join())
      .join('\n')}\n`,
  );
  initBuildCompare('inner', 'inner.csv', '--bars', inFolder('bars.csv'));
  assert.match(readFileSync(inFolder('inner.yaml'), 'utf8'), /^ *-? *close_time|\[close_time/m);
});

test('of trades, bars as long as the rows are apart', async () => {
  const trades = inFolder('trades.csv.gz');
  await simulate({ trades: 60_000, seed: 3, out: trades });
  const names = ['open_time', 'open', 'high', 'low', 'close', 'volume'];
  const clocks = { m: { bars: 'time', every: '5s' } } as const;
  await build({ config: { clocks, features: { m: names } }, trades: [trades], out: inFolder('rows') });
  const rows = (await readRows(inFolder('rows'))).map(([, time, ...cells]) => [
    new Date(time / 1000).toISOString(),
    ...cells.map(String),
  ]);
  assert.ok(rows.length > 200, `${rows.length} bars`);
  initBuildCompare(
    'trades',
    writeFeatures('of-trades.csv', [['time', ...names.slice(1)], ...rows]),
    '--trades',
    trades,
  );
});

test('of real bars', needsData, () => {
  const some = cellsOf(gunzipSync(readFileSync(dataFile(REAL_BARS.file))).toString()).slice(0, 3001);
  writeFileSync(inFolder('real.csv'), `${some.map((row) => row.join()).join('\n')}\n`);
  initBuildCompare('real', writeFeatures('of-real.csv', some), '--bars', inFolder('real.csv'));
});

test('what does not belong together is refused', async () => {
  const from = inFolder(writeFeatures('features.csv', bars));
  const out = inFolder('refused.yaml');
  writeFileSync(
    inFolder('later.csv'),
    `${moved(bars, 86_400_000)
      .map((row) => row.join())
      .join('\n')}\n`,
  );
  await assert.rejects(initFrom({ from, out }), /the bars that its features are of.*no open, high, low, close, volume/);
  await assert.rejects(
    initFrom({ from, bars: [inFolder('later.csv')], out }),
    /nine in ten of them at times at which bars open or close, found 0 of 600; the table from 2023-11-05T/,
  );
  const seldom = inFolder('seldom.csv');
  const every = (_: unknown, i: number): boolean => i % 5 === 0;
  writeFileSync(
    seldom,
    cellsOf(readFileSync(from, 'utf8'))
      .filter(every)
      .map((row) => row.join())
      .join('\n'),
  );
  await assert.rejects(initFrom({ from: seldom, bars: [inFolder('bars.csv')], out }), /one bar apart.*found 5 bars/);
  const twice = inFolder('twice.csv');
  writeFileSync(
    twice,
    `date,a\n${bars
      .slice(1)
      .flatMap(([time]) => [`${time},1`, `${time},2`])
      .join('\n')}\n`,
  );
  await assert.rejects(initFrom({ from: twice, bars: [inFolder('bars.csv')], out }), /each time once/);
  const nothing = inFolder('nothing.csv');
  writeFileSync(
    nothing,
    `date,a\n${bars
      .slice(1)
      .map(([time], i) => `${time},${(i * i) % 17}`)
      .join('\n')}\n`,
  );
  await assert.rejects(initFrom({ from: nothing, bars: [inFolder('bars.csv')], out }), /1 columns, none of which is/);
});
