/** Foreign code in pandas and numpy: every planted fault is found, no sound feature is; strategies; the line for pytest; mistakes. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifyForeign, type ForeignOptions, type ForeignReport } from 'minotaur/runs';
import { temporaryFolder } from '../cli.ts';
import { writeBarsFile } from '../foreign/bars.ts';
import { answers, pandasPython, plainPython } from '../foreign/interpreters.ts';

const folder = temporaryFolder();
const python = plainPython();
const skip = python === undefined ? 'no Python 3.9 or later' : false;
const bars = writeBarsFile(join(folder, 'bars.csv'), 400);
const pandas = pandasPython();
const needsPandas = pandas === undefined ? 'no Python with pandas and numpy: .ci/run makes one in out/python' : false;
const needsPolars = pandas !== undefined && answers(pandas, 'import polars') ? false : 'no Python with polars';
const long = writeBarsFile(join(folder, 'long.csv'), 4000);
const FILES = join(import.meta.dirname, '../foreign');

function code(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const run = (options: Omit<Partial<ForeignOptions>, 'file'>): Promise<ForeignReport> =>
  verifyForeign({ file: bars, python, ...options });

/** Columns by what their names say that they have to be found as. */
function requireNamed({ columns }: ForeignReport): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name, verdict, text } of columns) {
    const [expected] = name.split('_');
    assert.equal(verdict, expected, `${name}: ${text}`);
    counts[expected] = (counts[expected] ?? 0) + 1;
  }
  return counts;
}

const inPandas = (name: string, options: Partial<ForeignOptions> = {}): Promise<ForeignReport> =>
  verifyForeign({ file: long, python: pandas, foreign: join(FILES, name), ...options });

test('31 planted leaks in pandas', { skip: needsPandas }, async () => {
  const report = await inPandas('planted_pandas.py:future', { runs: 250 });
  assert.deepEqual(requireNamed(report), { future: 31 });
  const reach = (name: string): number | undefined =>
    report.columns.find((column) => column.name === name)?.reach?.rows;
  assert.equal(reach('future_centred_window'), 10);
  assert.equal(reach('future_return_ahead'), 5);
});

test('planted leaks and sound features in numpy', { skip: needsPandas }, async () => {
  assert.deepEqual(requireNamed(await inPandas('planted_numpy.py:make')), { future: 11, clean: 6 });
  const array = await inPandas('planted_numpy.py:array', { frame: 'numpy' });
  assert.deepEqual(
    array.columns.map(({ name, verdict }) => [name, verdict]),
    [['value', 'clean']],
  );
});

const POLARS = `import polars as pl
def eager(df):
    c = pl.col('close')
    word = pl.when(c > pl.col('open')).then(pl.lit('up')).otherwise(pl.lit('down'))
    return df.select(pl.col(df.columns[0]).alias('when'), clean_sma=c.rolling_mean(20), clean_word=word)
def lazy(df):
    return df.lazy().select(future_next=pl.col('close').shift(-1), clean_last=pl.col('close').shift(1))
def series(df):
    return df['close'].shift(-3)
`;

test('frames of polars, lazy or not; a column of times or words is no expression', { skip: needsPolars }, async () => {
  const file = code('pol.py', POLARS);
  const inPolars = (name: string): Promise<ForeignReport> =>
    verifyForeign({ file: bars, python: pandas, foreign: `${file}:${name}`, runs: 24, cuts: 3 });
  const eager = await inPolars('eager');
  assert.deepEqual(
    eager.columns.map(({ name, verdict }) => `${name} ${verdict}`),
    ['when clean', 'clean_sma clean', 'clean_word clean'],
  );
  assert.deepEqual(
    eager.recognised.map(({ name, expression }) => [name, expression]),
    [['clean_sma', 'sma(close, 20)']],
  );
  assert.ok(eager.ran.some(([, text]) => text === 'a polars data frame'));
  assert.deepEqual(requireNamed(await inPolars('lazy')), { future: 1, clean: 1 });
  assert.equal((await inPolars('series')).columns[0].verdict, 'future');
});

test('edges, and what differs from run to run', { skip: needsPandas }, async () => {
  assert.deepEqual(requireNamed(await inPandas('planted_pandas.py:edge')), { edge: 3, clean: 1 });
  const report = await inPandas('planted_pandas.py:unstable');
  assert.deepEqual(requireNamed(report), { unstable: 9, clean: 1 });
  const world = report.findings
    .filter(({ name }) => name === 'world')
    .map(({ text }) => text)
    .join('\n');
  for (const seen of ['writes files', 'asks the clock', 'draws at random']) assert.ok(world.includes(seen), seen);
});

test('rows that come late, or by the future', { skip: needsPandas }, async () => {
  const said = async (name: string): Promise<string> => {
    const report = await inPandas(`planted_pandas.py:${name}`);
    assert.equal(report.holds, false);
    return report.findings
      .filter(({ fails }) => fails)
      .map(({ text }) => text)
      .join();
  };
  assert.match(await said('last_row_dropped'), /the last 1 of them are not there/);
  assert.match(await said('rows_by_future'), /depends on what comes after it/);
});

test('labels and a training span that are declared', { skip: needsPandas }, async () => {
  assert.deepEqual(requireNamed(await inPandas('planted_pandas.py:labels', { labels: ['label_up'] })), {
    label: 1,
    future: 1,
    clean: 1,
  });
  assert.deepEqual(requireNamed(await inPandas('planted_pandas.py:scaler', { trained: 2000 })), {
    clean: 2,
    future: 1,
  });
  const undeclared = await inPandas('planted_pandas.py:scaler');
  assert.equal(undeclared.columns.find(({ name }) => name === 'clean_scaled')?.verdict, 'future');
});

test('what cannot be found is named for what it is', { skip: needsPandas }, async () => {
  const cached = await inPandas('planted_pandas.py:cached');
  assert.deepEqual(requireNamed(cached), { untested: 1 });
  const missed = await inPandas('planted_pandas.py:not_found');
  assert.deepEqual(requireNamed(missed), { clean: 2 });
  assert.match(missed.findings.map(({ text }) => text).join(), /names a clock: now\(\) in not_found/);
});

test('sound features in pandas raise no alarm', { skip: needsPandas }, async () => {
  const report = await inPandas('clean_pandas.py:make');
  const alarms = report.columns
    .filter(({ verdict }) => verdict !== 'clean')
    .map(({ name, text }) => `${name}: ${text}`);
  assert.deepEqual(alarms, []);
  assert.equal(report.columns.length, 46);
  assert.equal(report.holds, true);
  for (const name of ['dropped_head', 'hours', 'in_place', 'unsorted']) {
    const other = await inPandas(`clean_pandas.py:${name}`);
    assert.ok(other.holds && other.answered, `${name}: ${JSON.stringify(other.findings)}`);
  }
});

test('a strategy of freqtrade, with what stands in for it', { skip: needsPandas }, async () => {
  const strategy = join(FILES, 'strategy.py');
  const file = writeBarsFile(join(folder, 'five.csv'), 1200, 6, 5);
  const report = await verifyForeign({ file, python: pandas, freqtrade: strategy, cuts: 4, runs: 60 });
  const verdicts = Object.fromEntries(report.columns.map(({ name, verdict }) => [name, verdict]));
  assert.equal(verdicts['future_high'], 'future');
  for (const name of ['ema', 'crossed', 'close_1h', 'ema_1h', 'sma_4h']) assert.equal(verdicts[name], 'clean', name);
  assert.match(report.ran.map(([, text]) => text).join('\n'), /freqtrade, which is not installed|the exchange/);
  await assert.rejects(
    verifyForeign({ file: long, python: pandas, freqtrade: strategy }),
    /bars of 5m, the timeframe of the strategy/,
  );
});

test('the line for pytest', { skip: needsPandas }, () => {
  const runner = join(import.meta.dirname, '../../packages/minotaur/python');
  const main = join(import.meta.dirname, '../../packages/minotaur/src/cli/main.ts');
  const line = code(
    'line.py',
    `import sys
sys.path.insert(0, ${JSON.stringify(runner)})
from minotaur_verify import verify
verify('sound.py:make', bars=${JSON.stringify(bars)}, labels=['y'])
try:
    verify('sound.py:make', bars=${JSON.stringify(bars)})
except AssertionError as error:
    print(error)
`,
  );
  code('sound.py', 'def make(t):\n  c = t["close"]\n  return {"y": c[1:] + [None], "x": [v / 2 for v in c]}\n');
  const env = { ...process.env, MINOTAUR: `${process.execPath} --conditions=minotaur-source ${main}` };
  const said = execFileSync(pandas as string, [line], { cwd: folder, env, encoding: 'utf8' });
  assert.match(said, /sound\.py:make does not hold:\ny: reads the future: 1 rows ahead/);
});

test('code that cannot be loaded, or fails, is told with its line', { skip }, async () => {
  const failing: readonly (readonly [text: string, said: RegExp])[] = [
    ['def make(t)\n  return t\n', /code that can be loaded, found SyntaxError: .* \(c\.py line 1\)/],
    [
      'import nothing_of_this_name\ndef make(t): return t\n',
      /found ModuleNotFoundError: No module named 'nothing_of_this_name' \(c\.py line 1\)/,
    ],
    ['def make(t):\n  return {"x": t["closed"]}\n', /expected columns, found KeyError: 'closed' \(c\.py line 2\)/],
    [
      'def make(t):\n  return {"x": [1, 2], "y": [1]}\n',
      /gave back y with 1 values beside x with 2, where columns of one length/,
    ],
    [
      'def make(t):\n  return {"x": t["close"][:-1]}\n',
      /expected a row for each of the 400, .* found 399 rows without any of them/,
    ],
    ['def make(t):\n  return 5\n', /gave back a int, where a table/],
    [
      'def make(df):\n  return df["close"].shift(1)\n',
      /'list' object has no attribute 'shift' \(c\.py line 2\); it is given a dict of lists, .* --frame/,
    ],
    [
      'def make(t, window): return t\n',
      /expected a function of the table alone; what else it takes needs defaults, found make\(t, window\)/,
    ],
    ['def make(t):\n  return {"x": [[1]] * len(t["close"])}\n', /a number, a time or a text in each cell of x/],
    ['def make(t):\n  return {"close": t["close"]}\n', /expected columns beside those of its input, found none/],
    ['import os\ndef make(t):\n  os._exit(3)\n', /its process ended without an answer/],
    ['import os, signal\ndef make(t):\n  os.kill(os.getpid(), signal.SIGSEGV)\n', /ended by signal 11 \(SIGSEGV\)/],
    ['def other(t): return t\ndef more(t): return t\n', /a function make in c, found the functions other, more/],
  ];
  for (const [text, said] of failing) await assert.rejects(run({ foreign: `${code('c.py', text)}:make` }), said, text);
  await assert.rejects(run({ foreign: 'absent.py:make' }), /a file of Python code, found absent\.py, no such file/);
  await assert.rejects(
    run({ foreign: code('two.py', 'def a(t): return t\ndef b(t): return t\n') }),
    /the name of a function behind a colon/,
  );
  await assert.rejects(
    run({ foreign: code('script.py', 'x = 1\n') }),
    /a function of the table; of a script --cmd takes the command, .* found no function of its own/,
  );
  const slow = code('slow.py', 'import time\ndef make(t):\n  time.sleep(60)\n');
  await assert.rejects(run({ foreign: `${slow}:make`, timeout: 1 }), /no answer within 1 s/);
});

test('labels, a training span and their mistakes', { skip }, async () => {
  const target = code(
    't.py',
    'def make(t):\n  c = t["close"]\n  return {"y": c[1:] + [None], "x": [v / 2 for v in c]}\n',
  );
  assert.equal((await run({ foreign: `${target}:make`, labels: ['y'] })).holds, true);
  await assert.rejects(
    run({ foreign: `${target}:make`, labels: ['z'], runs: 3 }),
    /columns of the code: y, x, found 'z'/,
  );
  await assert.rejects(run({ foreign: `${target}:make`, trained: 'soon' }), /a number of rows, or a time/);
  await assert.rejects(run({ foreign: `${target}:make`, trained: 400 }), /1 to 398/);
});

const PROGRAM = `import csv, sys
rows = list(csv.DictReader(open(sys.argv[1])))
with open(sys.argv[2], 'w') as f:
    f.write('date,next,range\\n')
    for i, r in enumerate(rows):
        f.write(f"{r['date']},{rows[min(i + 1, len(rows) - 1)]['close']},{float(r['high']) - float(r['low'])!r}\\n")
`;

test('any program, by files in and out', { skip }, async () => {
  const program = code('p.py', PROGRAM);
  const report = await run({ cmd: `${python} '${program}' {in} {out}`, cuts: 2, runs: 40 });
  assert.deepEqual(
    report.columns.map(({ name, verdict }) => `${name} ${verdict}`),
    ['next future', 'range clean'],
  );
  await assert.rejects(run({ cmd: 'nowhere-at-all {in} {out}' }), /nowhere-at-all: no such program/);
  const broken = code('broken.py', 'import sys\nsys.exit("no luck")\n');
  await assert.rejects(run({ cmd: `${python} ${broken} {in} {out}` }), /exit code 1: no luck/);
  const silent = code('silent.py', '');
  await assert.rejects(run({ cmd: `${python} ${silent} {in} {out}` }), /wrote no file \{out\}/);
});
