/** The runner in plain Python: what it leaves behind when it is stopped, and what its line for pytest raises. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { verifyForeign } from 'minotaur/runs';
import { temporaryFolder } from './cli.ts';
import { writeBarsFile } from './foreign/bars.ts';
import { pandasPython, plainPython } from './foreign/interpreters.ts';

const folder = temporaryFolder();
const python = plainPython();
const skip = python === undefined ? 'no Python 3.9 or later' : false;
const bars = writeBarsFile(join(folder, 'bars.csv'), 200);
const plugin = join(import.meta.dirname, '../packages/minotaur/python');

function code(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function isGone(pid: number): Promise<boolean> {
  for (let k = 0; k < 100; k++) {
    try {
      process.kill(pid, 0);
      const stat = `/proc/${pid}/stat`;
      if (existsSync(stat) && readFileSync(stat, 'utf8').includes(') Z ')) return true;
    } catch {
      return true;
    }
    await setTimeout(50);
  }
  return false;
}

/** A function that notes its own process and the runner's, and does not come to an end. */
const ENDLESS = (pids: string): string => `import os, time
def make(t):
    with open(${JSON.stringify(`${pids}.new`)}, 'w') as f:
        f.write(f'{os.getpid()} {os.getppid()}')
    os.replace(${JSON.stringify(`${pids}.new`)}, ${JSON.stringify(pids)})
    time.sleep(60)
`;

const isWindows = process.platform === 'win32';

test(
  'a run that is stopped, and a runner that is ended, leave nothing running',
  { skip: skip || isWindows },
  async () => {
    const ways = ['abort', 'SIGINT', 'SIGTERM', ...(process.platform === 'linux' ? ['SIGKILL' as const] : [])] as const;
    const each = ways.map(async (way) => {
      const pids = join(folder, way);
      const foreign = `${code(`endless_${way.toLowerCase()}.py`, ENDLESS(pids))}:make`;
      const stop = new AbortController();
      const run = verifyForeign({ file: bars, foreign, python, signal: stop.signal });
      const ended = assert.rejects(run);
      while (!existsSync(pids)) await setTimeout(20);
      const [child, runner] = readFileSync(pids, 'utf8').split(' ').map(Number);
      if (way === 'abort') stop.abort(new Error('stopped'));
      else process.kill(runner, way);
      await ended;
      assert.ok(await isGone(child), `${way} leaves the code running`);
      assert.ok(await isGone(runner), `${way} leaves the runner`);
    });
    await Promise.all(each);
  },
);

/** What `verify` of the plugin raises where the command prints such reports and ends so; in one interpreter. */
function raised(cases: readonly (readonly [report: unknown, status: number])[]): string[] {
  const printed = code('cases.json', JSON.stringify(cases));
  const words = `import json, types
import minotaur_verify as m
said = []
for report, status in json.load(open(${JSON.stringify(printed)})):
    done = types.SimpleNamespace(returncode=status, stdout=json.dumps(report), stderr='')
    m.subprocess = types.SimpleNamespace(run=lambda *a, **k: done, PIPE=None)
    try:
        m.verify('f.py:make', bars='b.csv')
        said.append('')
    except AssertionError as e:
        said.append(str(e))
print(json.dumps(said))
`;
  const env = { ...process.env, PYTHONPATH: plugin, PYTHONDONTWRITEBYTECODE: '1' };
  return JSON.parse(execFileSync(python as string, ['-c', words], { env, encoding: 'utf8' })) as string[];
}

test('the line for pytest raises whatever does not hold, and says what could not be tested', { skip }, () => {
  const clean = { name: 'x', verdict: 'clean', fails: false, text: '' };
  const sound = { holds: true, columns: [clean], findings: [], live: null };
  const first = { row: 4, batch: 1, live: 2 };
  const differs = { columns: [{ name: 'x', compared: 9, differ: 3, rounded: 0, first }], onlyBatch: [], onlyLive: [] };
  const apart = { columns: [], onlyBatch: ['x'], onlyLive: ['y'] };
  const untested = { name: 'x', verdict: 'untested', fails: false, text: 'is 1 in every row' };
  const said = raised([
    [sound, 0],
    [{ ...sound, holds: false, live: differs }, 1],
    [{ ...sound, holds: false, live: apart }, 1],
    [{ ...sound, holds: false }, 1],
    [{ ...sound, columns: [untested] }, 2],
    ['no report', 2],
  ]);
  assert.equal(said[0], '');
  assert.match(said[1], /does not hold:\nx: differs in 3 of 9 rows, first in row 5: 1 in batch, 2 live/);
  assert.match(said[2], /no column in common/);
  assert.match(said[3], /f\.py:make does not hold/);
  assert.match(said[4], /could not answer:\nx: is 1 in every row/);
  assert.match(said[5], /could not answer/);
});

const HOLES = `import array, sys
import minotaur_verify as m
v = array.array('d', [1.7e15, float('nan')])
spec = lambda form: {'name': 't', 'type': 'time', 'as': form}
for form in ('utc', 'naive', 's', 'ns'):
    assert m.plain_column(spec(form), v)[1] is None, form
assert m.plain_column(spec('s'), v)[0] == 1700000000
assert m.plain_column(spec('utc'), v)[0].year == 2023
if 'numpy' in sys.argv:
    import numpy as np, pandas as pd
    for form in ('utc', 'naive', 's', 'ns'):
        for made in (m.numpy_column(np, spec(form), v), m.pandas_column(pd, np, spec(form), v)):
            assert list(pd.isna(made)) == [False, True], (form, made)
    assert m.numpy_column(np, spec('s'), v[:1]).dtype == np.int64
    assert m.pandas_column(pd, np, spec('utc'), v)[0] == pd.Timestamp('2023-11-14 22:13:20', tz='UTC')
`;

test('a column of times may have holes', { skip }, () => {
  const env = { ...process.env, PYTHONPATH: plugin, PYTHONDONTWRITEBYTECODE: '1' };
  execFileSync(python as string, ['-c', HOLES], { env });
  const pandas = pandasPython();
  if (pandas !== undefined) execFileSync(pandas, ['-c', HOLES, 'numpy'], { env });
});
