/** Data pages in Parquet's plain encoding. */
import { fail } from 'minotaur-core/internal/base/errors';

type ColumnType = 'BIGINT' | 'DOUBLE' | 'VARCHAR' | 'BOOLEAN';

export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** Values of a column as a Parquet page in plain encoding, not yet compressed. `where` names the column in errors. */
export function encodePage(
  { type }: TableColumn,
  values: Float64Array | undefined,
  texts: readonly string[] | undefined,
  where: string,
): Uint8Array {
  if (values === undefined) return encodeTexts(texts ?? []);
  if (type === 'BIGINT') return encodeIntegers(values, where);
  if (type === 'BOOLEAN') return encodeBooleans(values, where);
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function encodeIntegers(values: Float64Array, where: string): Uint8Array {
  const words = new Int32Array(values.length * 2);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isSafeInteger(value)) fail('internal', where, 'a safe integer', String(value));
    const high = Math.floor(value / 4_294_967_296);
    words[2 * i] = value - high * 4_294_967_296;
    words[2 * i + 1] = high;
  }
  return new Uint8Array(words.buffer);
}

function encodeBooleans(values: Float64Array, where: string): Uint8Array {
  const bits = new Uint8Array((values.length + 7) >> 3);
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== 0 && values[i] !== 1) fail('internal', where, '0 or 1', String(values[i]));
    bits[i >> 3] |= values[i] << (i & 7);
  }
  return bits;
}

/** Each behind its length. What stands in one row after another is encoded once, and copied by the system. */
function encodeTexts(texts: readonly string[]): Uint8Array {
  const runs: { readonly bytes: Buffer; rows: number }[] = [];
  let last: string | undefined;
  for (const text of texts) {
    if (text === last) runs[runs.length - 1].rows++;
    else runs.push({ bytes: encodeText(text), rows: 1 });
    last = text;
  }
  const page = Buffer.allocUnsafe(runs.reduce((sum, { bytes, rows }) => sum + rows * bytes.length, 0));
  let at = 0;
  for (const { bytes, rows } of runs) page.fill(bytes, at, (at += rows * bytes.length));
  return page;
}

function encodeText(text: string): Buffer {
  const body = Buffer.from(text, 'utf8');
  const bytes = Buffer.alloc(4 + body.length);
  bytes.writeUInt32LE(body.length, 0);
  body.copy(bytes, 4);
  return bytes;
}
