/**
 * `state.bin`: an engine's snapshot and how far each input had been read, so that a run can be continued with the same files
 * or with those that follow. Layout: magic `MNTRSTAT`, u32 length of the JSON, u32 format, the JSON padded to 8 bytes, the snapshot, and that of
 * the predictor where a model was attached.
 */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { requireFormat } from 'minotaur-core/internal/base/format';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { writing } from '../node/writing.ts';
import { systemWords } from '../node/system-words.ts';
import type { SeamTrade } from '../files/trades/seam.ts';
import type { InputPosition } from './inputs.ts';

/** What a state says of itself. */
type Head = Omit<RunState, 'snapshot' | 'predictor' | 'digest'> & {
  readonly digest: string;
  readonly snapshotBytes: number;
};

/** Its name in a directory. */
export const STATE = 'state.bin';

/** The format of state.bin that is written and read. */
export const STATE_FORMAT = 2;
const MAGIC = 'MNTRSTAT';
const HEADER_BYTES = 16;

export interface RunState {
  /** Whose state it is. */
  readonly instruments: readonly Instrument[];
  /** The newest trade of each instrument, as evidence of what goes on; none where bars were the input. */
  readonly seams?: Readonly<Record<string, SeamTrade>> | undefined;
  readonly inputs: readonly InputPosition[];
  readonly snapshot: Uint8Array;
  /** Digest of all rows so far, 32 bytes: what a run that goes on begins with. */
  readonly digest: Uint8Array;
  /** That of the predictor, where a model was attached. */
  readonly predictor?: Uint8Array | undefined;
}

export function writeState(directory: string, state: RunState): void {
  const path = join(directory, STATE);
  writing(path, () => writeFileSync(path, encodeState(state)));
}

/**
 * Reads the state of an earlier run.
 * @throws {MinotaurError} where it cannot be read, or is something else
 */
export async function readState(path: string): Promise<RunState> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    fail('input', path, 'a state.bin that can be read', systemWords(error));
  }
  return decodeState(bytes, path);
}

function encodeState({ snapshot, digest, predictor, ...facts }: RunState): Uint8Array {
  const head: Head = { ...facts, digest: Buffer.from(digest).toString('hex'), snapshotBytes: snapshot.length };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const start = HEADER_BYTES + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + snapshot.length + (predictor?.length ?? 0));
  bytes.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(bytes.buffer);
  view.setUint32(8, text.length, true);
  view.setUint32(12, STATE_FORMAT, true);
  bytes.set(text, HEADER_BYTES);
  bytes.set(snapshot, start);
  if (predictor !== undefined) bytes.set(predictor, start + snapshot.length);
  return bytes;
}

function decodeState(bytes: Uint8Array, where: string): RunState {
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC)
    fail('state', where, 'a state.bin that build or replay wrote', `${bytes.length} bytes of something else`);
  if (bytes.length < HEADER_BYTES) fail('state', where, `at least ${HEADER_BYTES} bytes`, `${bytes.length}: it is cut`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  requireFormat({
    what: 'a state.bin',
    expected: STATE_FORMAT,
    // Four zeros in the first format.
    found: view.getUint32(12, true) || 1,
    where,
    instead: 'build again from the start of the trades',
  });
  const length = view.getUint32(8, true);
  const start = HEADER_BYTES + Math.ceil(length / 8) * 8;
  if (bytes.length < start) fail('state', where, `at least ${start} bytes`, `${bytes.length}: it is cut`);
  const { snapshotBytes, digest: hex, ...facts } = readHead(bytes.subarray(HEADER_BYTES, HEADER_BYTES + length), where);
  const end = start + snapshotBytes;
  const predictor = end < bytes.length ? bytes.subarray(end) : undefined;
  return { ...facts, digest: Buffer.from(hex, 'hex'), snapshot: bytes.subarray(start, end), predictor };
}

function readHead(bytes: Uint8Array, where: string): Head {
  let head: Partial<Head> | null;
  try {
    head = JSON.parse(new TextDecoder().decode(bytes)) as typeof head;
  } catch {
    fail('state', where, 'a state.bin as it was written', 'a damaged one');
  }
  const { instruments, inputs, digest, snapshotBytes } = head ?? {};
  if (instruments === undefined || inputs === undefined || digest === undefined || snapshotBytes === undefined)
    fail('state', where, 'a state.bin as it was written', 'one without its instruments or digest');
  return head as Head;
}
