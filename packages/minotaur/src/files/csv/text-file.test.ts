import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { namedChunks } from './text-file.ts';
import { containerOf, textFileOf } from './text-stream.ts';
import { readCsvHead, createCsvScanner, scanFile } from './csv.ts';

/** What is read of a text that comes in pieces. */
async function readOf(pieces: readonly Uint8Array[]): Promise<string> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield await Promise.resolve(piece);
  }
  const read: Uint8Array[] = [];
  for await (const chunk of namedChunks({ file: 'trades.csv', container: 'gzip' }, chunks)) read.push(chunk.slice());
  return Buffer.concat(read).toString('latin1');
}

/** Every way to cut a text before its first five bytes are over, and an empty piece here and there. */
function* cut(text: Buffer): Generator<Buffer[]> {
  const most = Math.min(text.length, 5);
  for (let cuts = 0; cuts < 1 << most; cuts++) {
    const pieces: Buffer[] = [];
    let from = 0;
    for (let at = 1; at <= most; at++) {
      if ((cuts & (1 << (at - 1))) === 0) continue;
      pieces.push(text.subarray(from, at), Buffer.alloc(0));
      from = at;
    }
    yield [...pieces, text.subarray(from)];
  }
}

test('a mark of byte order is left out however it is cut; what only begins like one stays', async () => {
  const mark = '\xef\xbb\xbf';
  for (const [text, expected] of [
    [`${mark}time,price`, 'time,price'],
    [`${mark}${mark}time`, `${mark}time`],
    [mark, ''],
    ['\xef\xbbtime', '\xef\xbbtime'],
    ['\xeftime', '\xeftime'],
    ['\xef\xbb', '\xef\xbb'],
    ['\xef\xef\xbb\xbf', '\xef\xef\xbb\xbf'],
    ['time,price', 'time,price'],
    ['', ''],
  ])
    for (const pieces of cut(Buffer.from(text, 'latin1')))
      assert.equal(await readOf(pieces), expected, pieces.map((piece) => piece.toString('hex')).join(' '));
});

test('tables whose mark is in frames of its own, as gzip and zstd may have it, have the names that they have', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-mark-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const bytes = Buffer.from('\ufefftime,price\n1,2\n3,4\n');
  const plain = (piece: Buffer): Buffer => piece;
  for (const [name, pack] of Object.entries({ plain, gzip: gzipSync, zstd: zstdCompressSync })) {
    const path = join(folder, name);
    writeFileSync(path, Buffer.concat([0, 1, 2, 3].map((at) => pack(bytes.subarray(at, at < 3 ? at + 1 : undefined)))));
    const container = await containerOf(path);
    assert.ok(container !== 'parquet');
    const file = textFileOf(path, container);
    const { first, rows } = await readCsvHead(file);
    assert.deepEqual(
      [first, rows],
      [
        ['time', 'price'],
        [
          ['1', '2'],
          ['3', '4'],
        ],
      ],
      name,
    );
    const scanner = createCsvScanner(path, 44, 2);
    let lines = 0;
    for await (const _ of scanFile(file, scanner, () => ++lines > 0)) assert.fail('nobody asked for a pause');
    assert.equal(lines, 3, name);
  }
});
