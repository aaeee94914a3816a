/** What an ONNX file says of itself: its `metadata_props`, read from the protocol buffers wire format. */
import { fail } from 'minotaur-core/internal/base/errors';

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
/** Field of a ModelProto that holds a pair of key and value, and their fields in it. */
const METADATA_PROPS = 14;
const KEY = 1;
const VALUE = 2;

/** `metadata_props` of an ONNX file, by key. */
export function readMetadata(file: Buffer, where: string): Map<string, string> {
  const found = new Map<string, string>();
  readFields(file, where, (field, body) => {
    if (field !== METADATA_PROPS) return;
    const entry = ['', '', ''];
    readFields(body, where, (part, value) => (entry[part] = value.toString('utf8')));
    found.set(entry[KEY], entry[VALUE]);
  });
  return found;
}

/** Calls `onBytes` with every length-delimited field of a message, and passes over the others. */
function readFields(data: Buffer, where: string, onBytes: (field: number, body: Buffer) => void): void {
  let at = 0;
  const number = (): number => {
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
    else if (wire === FIXED64) at += 8;
    else if (wire === FIXED32) at += 4;
    else if (wire === BYTES) {
      const length = number();
      if (at + length > data.length) fail('input', where, 'an ONNX file', `a field that ends after the file`);
      onBytes(Math.floor(key / 8), data.subarray(at, at + length));
      at += length;
    } else fail('input', where, 'an ONNX file', `wire type ${wire} at byte ${at}`);
  }
}
