/** Columns as rows of features have them, made by a seed: near zero, price levels, heavy tails, flags, few values, gaps. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { mulberry32 } from '../packages/core/src/base/random.ts';

/** Column `c` of `rows` rows. */
export function benchColumn(c: number, rows: number): Float64Array {
  const random = mulberry32(c + 1);
  const column = new Float64Array(rows);
  let level = 60_000;
  for (let i = 0; i < rows; i++) {
    // Nearly normal, and cheap.
    const x = random() + random() + random() - 1.5;
    level += 10 * x;
    const kind = c % 8;
    if (kind < 3) column[i] = x;
    else if (kind === 3) column[i] = level;
    else if (kind === 4) column[i] = x / (0.01 + random());
    else if (kind === 5) column[i] = x > 0.9 ? 1 : 0;
    else if (kind === 6) column[i] = Math.round(4 * x);
    else column[i] = i % 50 < c % 40 ? NaN : x;
  }
  return column;
}

/** Labels that some of the first columns say something of. */
export function benchLabels(columns: readonly Float32Array[], rows: number): Float64Array {
  const random = mulberry32(77);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const score = columns[0][i] + columns[1][i] * columns[2][i] + 0.5 * columns[8][i] * columns[8][i] - 0.4;
    y[i] = random() < 1 / (1 + Math.exp(-2 * score)) ? 1 : 0;
  }
  return y;
}

/** Writes columns one behind the other, as numpy maps them. */
export function writeColumns(path: string, columns: Iterable<Float32Array | Float64Array>): void {
  const file = openSync(path, 'w');
  for (const { buffer, byteOffset, byteLength } of columns)
    writeSync(file, new Uint8Array(buffer, byteOffset, byteLength));
  closeSync(file);
}
