/** As much of the protocol buffers wire format as writing an ONNX file needs. */

const VARINT = 0;
const BYTES = 2;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}

const tag = (field: number, wire: number): Buffer => varint(field * 8 + wire);

/** A field with a whole number, not negative. */
export const int = (field: number, value: number): Buffer => Buffer.concat([tag(field, VARINT), varint(value)]);

export const bytes = (field: number, value: Uint8Array): Buffer =>
  Buffer.concat([tag(field, BYTES), varint(value.length), value]);

export const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value, 'utf8'));

export const message = (field: number, parts: readonly Uint8Array[]): Buffer => bytes(field, Buffer.concat(parts));

export const ints = (field: number, values: readonly number[]): Buffer => message(field, values.map(varint));

export function floatBytes(values: ArrayLike<number>): Buffer {
  const body = Buffer.alloc(4 * values.length);
  for (let i = 0; i < values.length; i++) body.writeFloatLE(values[i], 4 * i);
  return body;
}
