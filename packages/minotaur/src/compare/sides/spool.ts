/** A table that comes row by row, kept column by column in a file of its own, which goes when it is closed. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Rows of a block: a column of it is 64 KiB. */
const BLOCK = 8192;

export interface Spool {
  /** Takes the next row; `values` has one for each column. */
  add(values: ArrayLike<number>): void;
  readonly rows: number;
  /** Forgets all rows but the first `count`. */
  keep(count: number): void;
  /** Column `k`, whole, in `into` where that is given. */
  read(k: number, into?: Float64Array): Float64Array;
  close(): void;
}

export function createSpool(width: number): Spool {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-compare-'));
  const file = openSync(join(folder, 'columns'), 'w+');
  const block = new Float64Array(BLOCK * width);
  const bytes = new Uint8Array(block.buffer);
  // `held` is the block of the file that `block` is: where all rows of it were forgotten, it is not that of the last row.
  let [rows, written, held] = [0, 0, 0];
  /** A block of which some rows are missing is written whole, and written again when they are there. */
  const write = (): void => {
    if (rows === written) return;
    const place = held * bytes.length;
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, place + at);
    written = rows;
  };
  return {
    add(values) {
      const row = rows % BLOCK;
      if (row === 0) held = rows / BLOCK;
      for (let k = 0; k < width; k++) block[k * BLOCK + row] = values[k];
      rows++;
      if (rows % BLOCK === 0) write();
    },
    get rows() {
      return rows;
    },
    keep(count) {
      const needed = Math.floor(count / BLOCK);
      if (count < rows && needed !== held) {
        write();
        held = needed;
        const place = held * bytes.length;
        for (let at = 0; at < bytes.length;) at += readSync(file, bytes, at, bytes.length - at, place + at);
      }
      rows = count;
      written = Math.min(written, count);
    },
    read(k, out = new Float64Array(rows)) {
      write();
      for (let from = 0; from < rows; from += BLOCK) {
        const count = Math.min(BLOCK, rows - from);
        const part = new Uint8Array(out.buffer, out.byteOffset + from * 8, count * 8);
        const place = (from / BLOCK) * bytes.length + k * BLOCK * 8;
        for (let at = 0; at < part.length;) at += readSync(file, part, at, part.length - at, place + at);
      }
      return out;
    },
    close() {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
