/** Foreign code in the user's own Python, in a command and line by line; and what is said where it cannot run. Plain Python is enough. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifyForeign, type ForeignOptions, type ForeignReport } from 'minotaur/runs';
import { foreignLines } from '../packages/minotaur/src/cli/print/foreign.ts';
import { foreignPage } from '../packages/minotaur/src/pages/foreign-page.ts';
import { temporaryFolder } from './cli.ts';
import { writeBarsFile } from './foreign/bars.ts';
import { plainPython } from './foreign/interpreters.ts';
import { commandLine } from './in-process.ts';

const folder = temporaryFolder();
const python = plainPython();
const skip = python === undefined ? 'no Python 3.9 or later' : false;
const bars = writeBarsFile(join(folder, 'bars.csv'), 400);
const planted = join(import.meta.dirname, 'foreign/planted_plain.py');

function code(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const run = (options: Omit<Partial<ForeignOptions>, 'file'>): Promise<ForeignReport> =>
  verifyForeign({ file: bars, python, ...options });

test('the command: words, JSON, a page, and exit codes', { skip }, async () => {
  const words = ['verify', '--foreign', `${planted}:make`, '--bars', bars, '--python', python ?? '', '--runs', '60'];
  const bad = await commandLine(folder, [...words, '--report', 'foreign.html']);
  assert.equal(bad.status, 1, bad.stderr);
  assert.match(bad.stdout, /FUTURE {4}future_next: reads the future/);
  assert.match(bad.stdout, /17 columns: 10 future, 2 unstable, 5 clean\. It does not hold\. \d+ runs/);
  const sound = code('sound.py', 'def make(t):\n  return {"x": [v / 2 for v in t["close"]]}\n');
  const good = await commandLine(folder, [
    'verify',
    '--foreign',
    `${sound}:make`,
    '--trades',
    bars,
    '--python',
    python ?? '',
    '--json',
  ]);
  assert.equal(good.status, 0, good.stderr);
  assert.equal((JSON.parse(good.stdout) as ForeignReport).columns[0].verdict, 'clean');
  assert.equal((await commandLine(folder, ['verify', '--foreign', 'a.py:make'])).status, 2);
});

const USUAL = `
def mean(c, i, n): return sum(c[i - n + 1:i + 1]) / n
def make(t):
    c = t["close"]
    rows = range(len(c))
    m = mean(c, len(c) - 1, len(c))
    d = (sum((x - m) ** 2 for x in c) / len(c)) ** 0.5
    return {
        "sma_20": [mean(c, i, 20) if i >= 19 else None for i in rows],
        "level": [mean(c, i + 10, 21) if 10 <= i < len(c) - 10 else None for i in rows],
        "z": [(x - m) / d for x in c],
        "odd": [(i * i * 7) % 23 + x / 1e6 for i, x in enumerate(c)],
    }
`;

test('columns of the catalogue are named, and for those that look ahead the cure', { skip }, async () => {
  const report = await run({ foreign: `${code('usual.py', USUAL)}:make`, runs: 40 });
  const found = report.recognised.map(({ name, expression, form }) => [name, expression, form]);
  assert.deepEqual(found, [
    ['sma_20', 'sma(close, 20)', 'same'],
    ['level', 'sma(close, 21)', 'early'],
    ['z', 'rolling_zscore(close, 500)', 'zscore'],
  ]);
  const said = foreignLines(report);
  assert.match(said, /\nCURE {6}level: is sma\(close, 21\) 10 rows early/);
  assert.match(said, /\nCURE {6}z: is scaled by mean and deviation of the whole/);
  assert.match(said, /\nours {6}sma_20: is sma\(close, 20\), /);
  assert.match(foreignPage(report), /In the catalogue/);
});

test('planted faults in plain Python are found as what they are, and sound features are not', { skip }, async () => {
  const report = await run({ foreign: `${planted}:make` });
  for (const { name, verdict, text } of report.columns) assert.equal(verdict, name.split('_')[0], `${name}: ${text}`);
  assert.equal(report.columns.filter(({ verdict }) => verdict === 'future').length, 10);
  assert.equal(report.columns.find(({ name }) => name === 'future_centred')?.reach?.rows, 5);
  const world = report.findings.filter(({ name }) => name === 'world').map(({ text }) => text);
  assert.match(world.join('\n'), /draws at random/);
  assert.match(world.join('\n'), /asks the clock: time\.time, planted_plain\.py line \d+/);
  const page = foreignPage(report);
  const lacking = { ...report, input: { ...report.input, leftOut: ['symbol', 'side'] } };
  assert.match(foreignLines(lacking), /not given +symbol, side/);
  for (const part of ['It does not hold', 'future_centred', 'a dict of lists']) assert.ok(page.includes(part), part);
  assert.doesNotMatch(page, /undefined|NaN|\[object/);
});

test('a list of rows, an interpreter for every run, and a time zone of no column', { skip }, async () => {
  const report = await run({ foreign: `${planted}:rows`, frame: 'rows', fresh: true, cuts: 1, runs: 12 });
  assert.deepEqual(
    report.columns.map(({ verdict }) => verdict),
    ['clean', 'clean'],
  );
  assert.ok(report.ran.some(([, text]) => text.includes('an interpreter of its own')));
});

test('code that fails is told with its line', { skip }, async () => {
  const broken = code('broken.py', 'def make(t):\n  return {"x": t["closed"]}\n');
  await assert.rejects(
    run({ foreign: `${broken}:make` }),
    /expected columns, found KeyError: 'closed' \(broken\.py line 2\)/,
  );
  const syntax = code('syntax.py', 'def make(t)\n  return t\n');
  await assert.rejects(
    run({ foreign: `${syntax}:make` }),
    /code that can be loaded, found SyntaxError: .* \(syntax\.py line 1\)/,
  );
});

test('a label that is no column is told after the first run', { skip }, async () => {
  const noted = join(folder, 'labelled');
  const text = `def make(t):\n  open(${JSON.stringify(noted)}, 'a').write('.')\n  return {"x": t["close"][1:] + [0]}\n`;
  await assert.rejects(
    run({ foreign: `${code('labelled.py', text)}:make`, labels: ['y'] }),
    /columns of the code: x, found 'y'/,
  );
  assert.equal(readFileSync(noted, 'utf8'), '.');
});

test('where nothing could be tested it is not said that nothing fails', { skip }, async () => {
  const one = code('one.py', 'def make(t):\n  return {"x": [1] * len(t["close"])}\n');
  const words = ['verify', '--foreign', `${one}:make`, '--bars', bars, '--python', python ?? '', '--runs', '5'];
  const { status, stdout } = await commandLine(folder, words);
  assert.equal(status, 2);
  assert.match(stdout, /1 untested\. Nothing could be tested\./);
});

test('what does not fit together is refused before anything runs', async () => {
  const none = { file: bars };
  await assert.rejects(verifyForeign(none), /one of --foreign, --cmd and --freqtrade, or --live, found none/);
  await assert.rejects(verifyForeign({ ...none, foreign: 'a.py', cmd: 'b' }), /found a\.py, b/);
  await assert.rejects(verifyForeign({ ...none, cmd: 'program in out' }), /\{in\} in the command/);
  await assert.rejects(verifyForeign({ ...none, foreign: 'a.py', limit: 20 }), /at least 100 rows, found 20/);
  await assert.rejects(
    verifyForeign({ ...none, foreign: 'a.py', python: join(folder, 'nowhere') }),
    /a Python interpreter, 3\.9 or later/,
  );
  await assert.rejects(verifyForeign({ ...none, foreign: 'a.py', timeColumn: 'when' }), /a column when/);
});

const LIVE = `import sys
names = sys.stdin.readline().strip().split(',')
print('move,ema', flush=True)
last = level = None
for i, line in enumerate(sys.stdin):
    close = float(line.strip().split(',')[names.index('close')])
    level = close if level is None else level + 0.1 * (close - level)
    print(f"{'' if last is None else repr(close - last)},{level + (0.5 if i > 200 else 0)!r}", flush=True)
    last = close
`;
const BATCH = `def make(t):
    c, out = t['close'], []
    for i, x in enumerate(c):
        out.append(x if i == 0 else out[-1] + 0.1 * (x - out[-1]))
    return {'move': [None] + [b - a for a, b in zip(c, c[1:])], 'ema': out}
`;

test('a live program, line by line, against its batch', { skip }, async () => {
  const live = `${python} ${code('live.py', LIVE)}`;
  const report = await run({ foreign: `${code('batch.py', BATCH)}:make`, live, runs: 30 });
  assert.equal(report.holds, false);
  const [move, ema] = report.live?.columns ?? [];
  assert.deepEqual(move, { name: 'move', compared: 400, differ: 0, rounded: 0, first: null });
  assert.equal(ema.differ, 199);
  assert.equal(ema.first?.row, 201);
  const other = code('other.py', LIVE.replace('move,ema', 'step,level'));
  const apart = await run({ foreign: `${code('batch.py', BATCH)}:make`, live: `${python} ${other}`, runs: 30 });
  assert.equal(apart.holds, false);
  assert.match(foreignLines(apart), /LIVE +live and batch have no column in common[^]*It does not hold/);
  const hungry = code('hungry.py', 'import sys\nprint("x", flush=True)\nsys.stdin.read()\n');
  await assert.rejects(
    run({ foreign: `${code('batch.py', BATCH)}:make`, live: `${python} ${hungry}`, runs: 2, timeout: 5 }),
    /no line within 5 s for row 1/,
  );
});
