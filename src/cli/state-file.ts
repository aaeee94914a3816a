/**
 * `state.bin`: an engine's snapshot and how far each input had been read, so that a run can be continued with the same files
 * or with those that follow. Layout: magic `MNTRSTAT`, u32 length of the JSON, u32 zero, the JSON padded to 8 bytes, the snapshot.
 */
import { fail } from '../core/errors.ts';

const MAGIC = 'MNTRSTAT';
const HEADER_BYTES = 16;

/** How far an input was read, known again by its content. */
export interface InputPosition {
  readonly sha256: string;
  readonly name: string;
  /** Rows of it that the engine has seen. */
  readonly rows: number;
}

export interface StateFile {
  readonly inputs: readonly InputPosition[];
  readonly snapshot: Uint8Array;
}

export function encodeState({ inputs, snapshot }: StateFile): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify({ inputs }));
  const start = HEADER_BYTES + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + snapshot.length);
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(8, text.length, true);
  bytes.set(text, HEADER_BYTES);
  bytes.set(snapshot, start);
  return bytes;
}

export function decodeState(bytes: Uint8Array, where: string): StateFile {
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC)
    fail('state', where, 'a state.bin that build or replay wrote', `${bytes.length} bytes of something else`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const start = HEADER_BYTES + Math.ceil(length / 8) * 8;
  if (bytes.length < start) fail('state', where, `at least ${start} bytes`, `${bytes.length}: it is cut`);
  const { inputs } = JSON.parse(new TextDecoder().decode(bytes.subarray(HEADER_BYTES, HEADER_BYTES + length))) as {
    inputs: InputPosition[];
  };
  return { inputs, snapshot: bytes.subarray(start) };
}
