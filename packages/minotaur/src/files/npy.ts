/** Arrays as NumPy reads them: `.npy` format 1.0, little-endian, C order, appended to in pieces. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { writing } from '../node/writing.ts';

export interface NpyType {
  /** NumPy's name of it. */
  readonly dtype: string;
  readonly bytes: number;
}

export const FLOAT32: NpyType = { dtype: '<f4', bytes: 4 };
export const FLOAT64: NpyType = { dtype: '<f8', bytes: 8 };
export const INT64: NpyType = { dtype: '<i8', bytes: 8 };
export const INT8: NpyType = { dtype: '|i1', bytes: 1 };

export interface NpyWriter {
  /** Appends whole rows, as they lie in memory. */
  append(values: ArrayBufferView): void;
  /** Completes the file; returns its shape. */
  finish(): readonly number[];
  /** Closes the file as it is; nothing happens after `finish`. */
  abort(): void;
}

/** Room for any shape of ours, and the multiple of 64 that the format wants. */
const HEADER = 128;

/** The header of an array of this type and shape: magic, version 1.0, length of the text, the text. */
export function npyHeader({ dtype }: NpyType, shape: readonly number[]): Buffer {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const header = Buffer.alloc(HEADER, ' ');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(HEADER - 10, 8);
  header.write(text, 10, 'latin1');
  header.write('\n', HEADER - 1, 'latin1');
  return header;
}

/** Starts an array of unknown length: of single values, or of rows of `width` values. */
export function createNpyWriter(path: string, type: NpyType, width?: number): NpyWriter {
  const handle = writing(path, () => openSync(path, 'w'));
  const rowBytes = type.bytes * (width ?? 1);
  let open = true;
  let bytes = 0;
  const write = (view: Uint8Array, position: number): void =>
    writing(path, () => {
      for (let at = 0; at < view.length;) at += writeSync(handle, view, at, view.length - at, position + at);
    });
  const close = (): void => {
    if (open) closeSync(handle);
    open = false;
  };
  return {
    append({ buffer, byteOffset, byteLength }) {
      write(new Uint8Array(buffer, byteOffset, byteLength), HEADER + bytes);
      bytes += byteLength;
    },
    finish() {
      const rows = bytes / rowBytes;
      const shape = width === undefined ? [rows] : [rows, width];
      write(npyHeader(type, shape), 0);
      close();
      return shape;
    },
    abort: close,
  };
}
