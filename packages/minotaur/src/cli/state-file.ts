/**
 * `state.bin`: an engine's snapshot and how far each input had been read, so that a run can be continued with the same files
 * or with those that follow. Layout: magic `MNTRSTAT`, u32 length of the JSON, u32 zero, the JSON padded to 8 bytes, the snapshot, and that of
 * the predictor where a model was attached.
 */
import { fail } from 'minotaur-core/internal/base/errors';

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
  /** That of the predictor, where a model was attached. */
  readonly predictor?: Uint8Array | undefined;
}

export function encodeState({ inputs, snapshot, predictor }: StateFile): Uint8Array {
  const head = { inputs, snapshotBytes: snapshot.length };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const start = HEADER_BYTES + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + snapshot.length + (predictor?.length ?? 0));
  bytes.set(new TextEncoder().encode(MAGIC));
  new DataView(bytes.buffer).setUint32(8, text.length, true);
  bytes.set(text, HEADER_BYTES);
  bytes.set(snapshot, start);
  if (predictor !== undefined) bytes.set(predictor, start + snapshot.length);
  return bytes;
}

export function decodeState(bytes: Uint8Array, where: string): StateFile {
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC)
    fail('state', where, 'a state.bin that build or replay wrote', `${bytes.length} bytes of something else`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const start = HEADER_BYTES + Math.ceil(length / 8) * 8;
  if (bytes.length < start) fail('state', where, `at least ${start} bytes`, `${bytes.length}: it is cut`);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(HEADER_BYTES, HEADER_BYTES + length))) as {
    inputs: InputPosition[];
    snapshotBytes: number;
  };
  const end = start + head.snapshotBytes;
  const predictor = end < bytes.length ? bytes.subarray(end) : undefined;
  return { inputs: head.inputs, snapshot: bytes.subarray(start, end), predictor };
}
