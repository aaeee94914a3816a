/** Words of Thrift's compact protocol, in which Parquet says what a file is: of wide tables there are thousands of structures. */
import type { ByteWriter } from 'hyparquet-writer';

/** Kinds of fields and of a list's elements. */
export const [I32, I64, TEXT, LIST, STRUCT] = [5, 6, 8, 9, 12] as const;

/** Elements whose number fits into the first byte of a list; 15 says that it is behind. */
const FEW = 14;

const UTF8 = new TextEncoder();

/** The head of a field, which is named by its distance from the one before it. */
export function appendField(bytes: ByteWriter, distance: number, kind: number): void {
  bytes.appendUint8((distance << 4) | kind);
}

/** Ends a structure. */
export function appendStop(bytes: ByteWriter): void {
  bytes.appendUint8(0);
}

/** A number from 0 to 2^52, as I32 and I64 have it. */
export function appendCount(bytes: ByteWriter, value: number): void {
  let rest = 2 * value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.appendUint8((rest % 128) + 128);
  bytes.appendUint8(rest);
}

export function appendText(bytes: ByteWriter, text: string): void {
  const words = UTF8.encode(text);
  bytes.appendVarInt(words.length);
  bytes.appendBytes(words);
}

/** The head of a list. */
export function appendList(bytes: ByteWriter, length: number, kind: number): void {
  bytes.appendUint8((Math.min(length, FEW + 1) << 4) | kind);
  if (length > FEW) bytes.appendVarInt(length);
}

/** A field that is a number. */
export function appendNumber(bytes: ByteWriter, distance: number, kind: typeof I32 | typeof I64, value: number): void {
  appendField(bytes, distance, kind);
  appendCount(bytes, value);
}
