/** As much of the protocol buffers wire format as an ONNX file needs. */
import { fail } from 'minotaur-core/internal/base/errors';
const VARINT = 0;
const BYTES = 2;
const FIXED32 = 5;
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}
const tag = (field, wire) => varint(field * 8 + wire);
/** A field with a whole number, not negative. */
export const int = (field, value) => Buffer.concat([tag(field, VARINT), varint(value)]);
export const bytes = (field, value) => Buffer.concat([tag(field, BYTES), varint(value.length), value]);
export const text = (field, value) => bytes(field, Buffer.from(value, 'utf8'));
export const message = (field, parts) => bytes(field, Buffer.concat(parts));
export const ints = (field, values) => message(field, values.map(varint));
export function floatBytes(values) {
  const body = Buffer.alloc(4 * values.length);
  for (let i = 0; i < values.length; i++) body.writeFloatLE(values[i], 4 * i);
  return body;
}
/** Calls `onBytes` with every length-delimited field of a message, and passes over the others. */
export function readFields(data, onBytes, where) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      if (at >= data.length) fail('input', where, 'an ONNX file', `a message that ends early, at byte ${at}`);
      const byte = data[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < data.length) {
    const key = number();
    const wire = key % 8;
    if (wire === VARINT) number();
    else if (wire === 1) at += 8;
    else if (wire === FIXED32) at += 4;
    else if (wire === BYTES) {
      const length = number();
      if (at + length > data.length) fail('input', where, 'an ONNX file', `a field that ends after the file`);
      onBytes(Math.floor(key / 8), data.subarray(at, at + length));
      at += length;
    } else fail('input', where, 'an ONNX file', `wire type ${wire} at byte ${at}`);
  }
}
