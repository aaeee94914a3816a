import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openOutputDirectory, partialFile, sha256OfFile } from './atomic.ts';

const OWNED = ['rows.parquet', 'bars', 'state.bin', 'manifest.json'];
const folder = mkdtempSync(join(tmpdir(), 'minotaur-files-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A process id that is not in use any more. */
const gone = spawnSync(process.execPath, ['-e', '']).pid;

function write(directory: string, version: string, names: readonly string[] = OWNED): void {
  for (const name of names) {
    if (name === 'bars') {
      mkdirSync(join(directory, 'bars'), { recursive: true });
      writeFileSync(join(directory, 'bars/short.parquet'), version);
    } else writeFileSync(join(directory, name), version);
  }
}

function state(directory: string): Record<string, string> {
  const read = (name: string): string =>
    readFileSync(join(directory, name === 'bars' ? 'bars/short.parquet' : name), 'utf8');
  return Object.fromEntries(
    readdirSync(directory)
      .sort()
      .map((name) => [name, read(name)]),
  );
}

const all = (version: string) => Object.fromEntries([...OWNED].sort().map((name) => [name, version]));

test("outputs appear together, replace the previous ones, and leave others' files alone", async () => {
  const directory = join(folder, 'a/b');
  const first = openOutputDirectory(directory, OWNED);
  write(first.path, '1');
  await first.commit();
  assert.deepEqual(state(directory), all('1'));
  writeFileSync(join(directory, 'notes.txt'), 'mine');
  const second = openOutputDirectory(directory, OWNED);
  write(second.path, '2', ['rows.parquet', 'manifest.json']);
  await second.commit();
  second.abort();
  assert.deepEqual(state(directory), { 'manifest.json': '2', 'notes.txt': 'mine', 'rows.parquet': '2' });
  const third = openOutputDirectory(directory, OWNED);
  write(third.path, '3');
  third.abort();
  assert.deepEqual(Object.values(state(directory)), ['2', 'mine', '2']);
});

test('a run killed before, while and after it moved the previous outputs is undone or completed by the next', () => {
  /** [what stands in the directory, what the killed run had set aside and where, what the next run must find] */
  const cases: [string, (d: string) => void, Record<string, string>][] = [
    [
      'writing',
      (d) => {
        write(d, '1');
        mkdirSync(join(d, `.partial-${gone}`));
        write(join(d, `.partial-${gone}`), '2');
      },
      all('1'),
    ],
    [
      'moving the old out',
      (d) => {
        write(d, '1');
        mkdirSync(join(d, `.leaving-${gone}`));
        for (const name of ['manifest.json', 'bars']) renameSync(join(d, name), join(d, `.leaving-${gone}`, name));
      },
      all('1'),
    ],
    [
      'moving the new in',
      (d) => {
        mkdirSync(join(d, `.old-${gone}`));
        write(join(d, `.old-${gone}`), '1');
        write(d, '2', ['rows.parquet', 'bars']);
      },
      all('1'),
    ],
    [
      'first outputs half moved in',
      (d) => {
        mkdirSync(join(d, `.old-${gone}`));
        write(d, '2', ['rows.parquet', 'bars']);
      },
      {},
    ],
    [
      'removing the old',
      (d) => {
        mkdirSync(join(d, `.old-${gone}`));
        write(join(d, `.old-${gone}`), '1', ['bars']);
        write(d, '2');
      },
      all('2'),
    ],
  ];
  for (const [name, prepare, expected] of cases) {
    const directory = mkdtempSync(join(folder, 'case-'));
    prepare(directory);
    openOutputDirectory(directory, OWNED).abort();
    assert.deepEqual(state(directory), expected, name);
  }
});

test('files that are made durable beside others appear with them; where one cannot be, what was there stays', async () => {
  const directory = mkdtempSync(join(folder, 'forced-'));
  const first = openOutputDirectory(directory, OWNED);
  write(first.path, '1', ['rows.parquet', 'bars']);
  for (const name of ['rows.parquet', 'bars/short.parquet']) first.force(name);
  write(first.path, '1', ['state.bin', 'manifest.json']);
  const committed = first.commit();
  assert.equal(existsSync(join(directory, 'manifest.json')), false, 'nothing is moved before all is durable');
  await committed;
  assert.deepEqual(state(directory), all('1'));
  const second = openOutputDirectory(directory, OWNED);
  write(second.path, '2');
  second.force('gone.parquet');
  second.force('rows.parquet');
  symlinkSync('nowhere', join(second.path, 'bars/gone.parquet'));
  await assert.rejects(second.commit(), /a place that can be written, with room enough/);
  second.abort();
  assert.deepEqual(state(directory), all('1'));
});

test('kill -9 at any time leaves complete outputs of one run', async () => {
  const directory = mkdtempSync(join(folder, 'kill-'));
  const script = `
    import { mkdirSync, writeFileSync } from 'node:fs';
    import { openOutputDirectory } from ${JSON.stringify(join(import.meta.dirname, 'atomic.ts'))};
    for (let v = 0; ; v++) {
      const out = openOutputDirectory(process.argv[1], ${JSON.stringify(OWNED)});
      mkdirSync(out.path + '/bars');
      const version = process.pid + '.' + v;
      for (const f of ['rows.parquet', 'bars/short.parquet', 'state.bin', 'manifest.json']) writeFileSync(out.path + '/' + f, version);
      await out.commit();
      if (v === 0) console.log('first');
    }`;
  for (let round = 0; round < 8; round++) {
    const child = spawn(
      process.execPath,
      ['--conditions=minotaur-source', '--input-type=module-typescript', '--no-warnings', '-e', script, directory],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve);
      child.once('exit', () => reject(new Error('the child ended before its first outputs')));
    });
    await new Promise((resolve) => setTimeout(resolve, 3 + round * 5));
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exit;
    if (existsSync(join(directory, 'manifest.json'))) {
      const found = OWNED.map((name) =>
        readFileSync(join(directory, name === 'bars' ? 'bars/short.parquet' : name), 'utf8'),
      );
      assert.equal(new Set(found).size, 1, found.join(' '));
    }
    openOutputDirectory(directory, OWNED).abort();
    const found = state(directory);
    assert.deepEqual(Object.keys(found), [...OWNED].sort());
    assert.equal(new Set(Object.values(found)).size, 1);
  }
});

test('a single file appears whole; leftovers of killed runs go', () => {
  const target = join(folder, 'single/x.csv');
  mkdirSync(join(folder, 'single'));
  writeFileSync(join(folder, `single/.x.csv.partial1-${gone}`), 'left');
  const file = partialFile(target);
  writeFileSync(file.path, 'whole');
  assert.equal(existsSync(target), false);
  file.commit();
  file.abort();
  assert.deepEqual(readdirSync(join(folder, 'single')), ['x.csv']);
  assert.throws(() => partialFile(join(target, 'x')), /a directory, or a name that is free, found a file/);
});

test('SHA-256 and size of a file', async () => {
  const path = join(folder, 'hash.bin');
  const bytes = Buffer.alloc(3_000_000, 'minotaur');
  writeFileSync(path, bytes);
  assert.deepEqual(await sha256OfFile(path), {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: 3_000_000,
  });
  await assert.rejects(sha256OfFile(join(folder, 'absent')), /a readable file/);
});
