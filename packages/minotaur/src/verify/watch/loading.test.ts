import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { watchLoading, type Loading } from './loading.ts';
import { watchWork } from './watch.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-loading-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function load(name: string, text: string): Promise<{ value: Record<string, () => unknown>; loading: Loading }> {
  const { href } = pathToFileURL(write(name, text));
  return watchLoading(async () => (await import(href)) as Record<string, () => unknown>);
}

const captured: readonly (readonly [string, string])[] = [
  ['Math.log', 'const { log } = Math; export const ask = () => log(2);'],
  ['Date.now', 'const now = Date.now; export const ask = () => now();'],
  ['new Date()', 'const D = Date; export const ask = () => new D();'],
  ['performance.now', 'const now = performance.now.bind(performance); export const ask = () => now();'],
  [
    'Intl.DateTimeFormat.format',
    "const { format } = new Intl.DateTimeFormat('de', { timeZone: 'Europe/Berlin' }); export const ask = () => format(0);",
  ],
  ['process.env.TZ', "const { env } = process; export const ask = () => env['TZ'];"],
];
captured.forEach(([what, text], i) => {
  test(`${what}, taken while a module loaded, is noticed when it is called`, async () => {
    const { value } = await load(`captured-${i}.mjs`, text);
    const asked = watchWork(() => void value['ask']());
    assert.ok(asked?.startsWith(`${what}, captured while the module loaded, at `), asked);
    assert.match(String(asked), new RegExp(`captured-${i}`));
  });
});

test('what a formatter is asked that was made while loading is noticed, too', async () => {
  const { value } = await load(
    'formatter.mjs',
    "const berlin = new Intl.DateTimeFormat('de', { timeZone: 'Europe/Berlin' }); export const ask = () => berlin.format(0);",
  );
  assert.match(watchWork(() => void value['ask']()) ?? '', /^Intl\.DateTimeFormat\.format, at .*formatter\.mjs/);
});

test('a function that was taken works as ever, and alone it says nothing', async () => {
  const { value } = await load(
    'works.mjs',
    'const { log, sqrt } = Math; const D = Date; export const ask = () => [log(1), sqrt(4), new D(5).getTime(), new D(5) instanceof Date];',
  );
  assert.deepEqual(value['ask'](), [0, 2, 5, true]);
});

test('files that were read are named with their digest, however they were read; code is not', async () => {
  write('plain.csv', 'a,b\n1,2\n');
  write('table.json', '{"a": 1}');
  write('required.json', '{"b": 2}');
  write('later.txt', 'later');
  write(
    'helper.mjs',
    "import { readFileSync } from 'node:fs'; export const text = readFileSync(new URL('./plain.csv', import.meta.url), 'utf8');",
  );
  const { loading } = await load(
    'reads.mjs',
    `import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import './helper.mjs';
import table from './table.json' with { type: 'json' };
createRequire(import.meta.url)('./required.json');
await readFile(new URL('./later.txt', import.meta.url));
export const ask = () => table;`,
  );
  assert.ok(loading.watched);
  assert.deepEqual(loading.asked, []);
  const found = new Map(loading.inputs.map((input) => [input.path, input]));
  assert.deepEqual(
    [...found.keys()].toSorted(),
    ['later.txt', 'plain.csv', 'required.json', 'table.json'].map((name) => join(folder, name)),
  );
  const { bytes, sha256 } = found.get(join(folder, 'plain.csv'))!;
  assert.equal(bytes, 8);
  assert.equal(sha256, createHash('sha256').update('a,b\n1,2\n').digest('hex'));
});

test('everything else that was asked is named, once, with its place', async () => {
  const { loading } = await load(
    'asks.mjs',
    `import { get } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
const start = Date.now() + Date.now();
const weights = [1, 2].map((x) => Math.exp(-x));
await fetch('http://127.0.0.1:1/rates').catch(() => {});
get('http://127.0.0.1:1/more').on('error', () => {});
existsSync('nowhere.csv');
try { readFileSync('nowhere.csv'); } catch {}
export const ask = () => [start, weights];`,
  );
  const names = loading.asked.map((question) => question.split(', ')[0]);
  assert.deepEqual(
    names.map((name) => name.replace(`${process.cwd()}/`, '')),
    [
      'Date.now',
      'Math.exp',
      'fetch http://127.0.0.1:1/rates',
      'http.get http://127.0.0.1:1/more',
      'fs.existsSync nowhere.csv',
      'nowhere.csv',
    ],
  );
  assert.match(loading.asked[0], /asks\.mjs:3:/);
  assert.deepEqual(loading.inputs, []);
});

test('what others ask meanwhile does not count', async () => {
  const { href } = pathToFileURL(
    write('quiet.mjs', 'await new Promise((done) => setImmediate(done)); export const ask = () => 1;'),
  );
  const { loading } = await watchLoading(async () => {
    const module = import(href);
    Date.now();
    await module;
  });
  assert.deepEqual(loading, { watched: true, inputs: [], asked: [] });
});

test('a module that had been loaded before was not watched, and that is said', async () => {
  const { href } = pathToFileURL(write('before.mjs', 'const { log } = Math; export const ask = () => log(2);'));
  await import(href);
  const { loading } = await watchLoading(() => import(href));
  assert.deepEqual(loading, { watched: false, inputs: [], asked: [] });
});

test('everything is put back, also where loading fails', async () => {
  const before = [Date, Date.now, Math.log, process.env, Intl.DateTimeFormat];
  await assert.rejects(load('fails.mjs', "throw new Error('no');"), /no/);
  assert.ok(before.every((one, i) => one === [Date, Date.now, Math.log, process.env, Intl.DateTimeFormat][i]));
});
