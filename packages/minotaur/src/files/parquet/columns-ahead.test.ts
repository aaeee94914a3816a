import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { keepingThreads, prepareThread } from '../../node/threads.ts';
import { simulate } from '../simulate.ts';
import { writeTrades } from '../trades/write-trades.ts';
import { columnsAhead } from './columns-ahead.ts';
import { keepingBeginnings } from './beginnings.ts';
import { createFileHasher } from './file-hashes.ts';
import { FLAT_FIELDS, type FlatTrades } from './flat-columns.ts';
import { openFlatTrades } from './flat-trades.ts';
import { prepareAhead } from './prepare-ahead.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-ahead-'));
after(() => rmSync(folder, { recursive: true }));

const ROWS = 9000;
const of = <T>(value: (i: number) => T): T[] => Array.from({ length: ROWS }, (_, i) => value(i));

/** Nine groups, with words for sides; those of three groups are not all known. */
function wordsFile(): FlatTrades {
  const file = join(folder, 'words.parquet');
  const word = (i: number): string => (i % 3000 === 7 ? `huh ${i}` : i % 3 === 0 ? 'sell' : 'buy');
  const columnData = [
    { name: 'id', data: of((i) => BigInt(i) * 5_000_000_000n) },
    { name: 'time', data: of((i) => 1_700_000_000_000_000n + BigInt(i) * 1000n) },
    { name: 'price', data: of((i) => 100 + (i % 77) / 100), type: 'DOUBLE' as const },
    { name: 'qty', data: of((i) => Math.sin(i) ** 2), type: 'DOUBLE' as const },
    { name: 'side', data: of(word), type: 'STRING' as const },
  ];
  writeFileSync(file, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 1000 })));
  return flatOf(file);
}

function flatOf(file: string): FlatTrades {
  const reader = openFlatTrades(file, {});
  assert.ok(reader !== undefined);
  return reader.flat;
}

const large = join(folder, 'large.parquet');
await writeTrades(large, simulate({ trades: 500_000, seed: 3 }));

/** Check sums of all columns of the files, and the words. */
async function read(flats: readonly FlatTrades[], isAhead: boolean, pause = 0): Promise<string[]> {
  const ahead = columnsAhead(flats, isAhead);
  const found: string[] = [];
  try {
    for (const { groups } of flats)
      for (const { rows } of groups) {
        const { columns, words } = await ahead.next();
        ahead.pass();
        // In this time the thread comes as far as there is room, and no farther.
        if (pause > 0) await setTimeout(pause);
        assert.equal(columns.price.length, rows);
        for (const field of FLAT_FIELDS) {
          const { buffer, byteOffset, byteLength } = columns[field];
          found.push(`${field} ${crc32(new Uint8Array(buffer, byteOffset, byteLength))}`);
        }
        found.push(JSON.stringify([...words]));
      }
  } finally {
    ahead.close();
  }
  return found;
}

void test('with a thread and without: the same columns, words included, of several files', async () => {
  const flats = [wordsFile(), flatOf(large), wordsFile()];
  const alone = await read(flats, false);
  assert.equal(alone.filter((text) => /^\[\[7,"huh (\d00)?7"\]\]$/.test(text)).length, 6);
  assert.equal(alone.length, 6 * (9 + 4 + 9));
  for (const pause of [0, 30]) {
    const both = await read(flats, true, pause);
    assert.equal(
      both.findIndex((text, i) => text !== alone[i]),
      -1,
    );
  }
});

void test('a page that is none is refused in its turn and in the same words, whoever comes to it', async () => {
  const bytes = readFileSync(large);
  // The mark of a compressed page of the third group.
  const { at } = flatOf(large).groups[2].places.price;
  bytes.fill(0xff, bytes.indexOf('28b52ffd', at, 'hex'), bytes.indexOf('28b52ffd', at, 'hex') + 4);
  const damaged = join(folder, 'damaged.parquet');
  writeFileSync(damaged, bytes);
  const flat = flatOf(damaged);
  for (const isAhead of [false, true]) {
    const ahead = columnsAhead([flat], isAhead);
    for (let g = 0; g < 2; g++) {
      await ahead.next();
      ahead.pass();
      await setTimeout(50);
    }
    await assert.rejects(ahead.next(), /damaged\.parquet: expected a complete Parquet file, found Unknown frame/);
    ahead.close();
  }
});

void test('closed at any moment, the thread ends', async () => {
  for (let taken = 0; taken < 4; taken++) {
    const ahead = columnsAhead([flatOf(large)], true);
    for (let g = 0; g < taken; g++) await ahead.next().then(() => ahead.pass());
    ahead.close();
  }
});

const hashOf = (file: string) => {
  const bytes = readFileSync(file);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
};

void test('asked for them, the thread hashes all files, however far their columns are read', async () => {
  const flats = [wordsFile(), flatOf(large), wordsFile()];
  const expected = flats.map(({ file }) => hashOf(file));
  for (const taken of [0, 5, 22]) {
    const ahead = columnsAhead(flats, true);
    const hashes = ahead.hashes();
    for (let g = 0; g < taken; g++) await ahead.next().then(() => ahead.pass());
    ahead.close();
    assert.deepEqual(await hashes, expected, `${taken} groups`);
  }
  // Whoever needs them before the first row waits for nobody.
  const ahead = columnsAhead(flats, true);
  assert.deepEqual(await ahead.hashes(), expected);
  assert.equal((await ahead.next()).columns.price.length, 1000);
  ahead.close();
});

/** Prepares the thread with a file, has `meanwhile` done when it has had time to hash it, and asks for columns and the hash. */
async function hashedBefore(meanwhile: (file: string) => void) {
  const file = join(folder, 'before.parquet');
  copyFileSync(large, file);
  return keepingThreads(async () => {
    const module = new URL('./columns-ahead.ts', import.meta.url).href;
    prepareThread(module, 'small', { name: 'hashBefore', with: [file] });
    await setTimeout(1500);
    meanwhile(file);
    const ahead = columnsAhead([flatOf(file)], true);
    const hashes = await ahead.hashes();
    ahead.close();
    return { hashes, expected: [hashOf(file)] };
  });
}

void test('what a prepared thread has hashed is hashed once; anew where the file is another one meanwhile', async () => {
  const same = await hashedBefore(() => undefined);
  assert.deepEqual(same.hashes, same.expected);
  const other = await hashedBefore((file) => copyFileSync(join(folder, 'words.parquet'), file));
  assert.deepEqual(other.hashes, other.expected);
});

void test('a file that is opened again while a run goes on is decoded once, and anew where it is another one', async () => {
  const file = join(folder, 'twice.parquet');
  const firstPrice = async (): Promise<number> => {
    const ahead = columnsAhead([flatOf(file)], false);
    const { columns } = await ahead.next();
    ahead.close();
    return columns.price[0];
  };
  await writeTrades(file, simulate({ trades: 1000, seed: 4 }));
  await keepingBeginnings(async () => {
    const first = await firstPrice();
    assert.equal(await firstPrice(), first);
    await writeTrades(file, simulate({ trades: 1000, seed: 5, price: 30_000 }));
    assert.notEqual(await firstPrice(), first);
  });
});

void test('a reader that is refused waits for no hashes', async () => {
  const ahead = columnsAhead([flatOf(large)], true);
  const refused = new AbortController();
  const hashes = ahead.hashes(refused.signal);
  refused.abort();
  await ahead.next();
  ahead.close();
  assert.equal(await hashes, undefined);
});

void test('where no thread hashes, or a file is gone, there are no hashes, and columns are read as ever', async () => {
  const alone = columnsAhead([flatOf(large)], false);
  assert.equal(await alone.hashes(), undefined);
  alone.close();
  const lost = join(folder, 'lost.parquet');
  writeFileSync(lost, readFileSync(large));
  const flats = [flatOf(large), flatOf(lost)];
  rmSync(lost);
  const ahead = columnsAhead(flats, true);
  assert.equal(await ahead.hashes(), undefined);
  for (let g = 0; g < flats[0].groups.length; g++) await ahead.next().then(() => ahead.pass());
  await assert.rejects(ahead.next(), /lost\.parquet: expected a complete Parquet file, found ENOENT/);
  ahead.close();
  const gone = createFileHasher([large, lost]);
  assert.equal(gone.isBefore(0, 1), true);
  while (!gone.isDone) gone.step();
  assert.equal(gone.hashes, undefined);
  gone.close();
});

void test('a hash that keeps pace knows how far it has come', () => {
  const { length } = readFileSync(large);
  const hasher = createFileHasher([large, large]);
  assert.ok(length > 1 << 20, 'more than a piece');
  hasher.step();
  assert.deepEqual(
    [hasher.isBefore(0, 1 << 20), hasher.isBefore(0, (1 << 20) + 1), hasher.isBefore(1, 0)],
    [false, true, true],
  );
  while (!hasher.isDone) hasher.step();
  assert.deepEqual(hasher.hashes, [hashOf(large), hashOf(large)]);
  assert.equal(hasher.isBefore(1, length), false);
});

void test('names that nothing can be found out about are left to whoever opens them', () => {
  const loop = join(folder, 'loop.parquet');
  symlinkSync(loop, loop);
  for (const name of [loop, `${'x'.repeat(300)}.parquet`, join(large, 'in.parquet'), join(folder, 'none.parquet')])
    prepareAhead([large, name]);
});
