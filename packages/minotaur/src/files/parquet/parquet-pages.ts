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

function encodeTexts(texts: readonly string[]): Uint8Array {
  let last: string | undefined;
  let encoded = Buffer.alloc(0);
  const parts = texts.map((text) => {
    if (text !== last) {
      const body = Buffer.from(text, 'utf8');
      encoded = Buffer.alloc(4 + body.length);
      encoded.writeUInt32LE(body.length, 0);
      body.copy(encoded, 4);
      last = text;
    }
    return encoded;
  });
  return Buffer.concat(parts);
}
