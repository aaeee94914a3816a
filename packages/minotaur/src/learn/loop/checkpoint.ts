/**
 * Checkpoints: a training as it was after a step, in one file that is there whole or not at all.
 *
 * A line that says what it is; the length of the header, four bytes, little-endian; the header, JSON; the vectors, float32,
 * little-endian, one after the other; SHA-256 of all that, 32 bytes. Random numbers are counted, so the header has the seed and
 * the step, and no generator.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fail } from 'minotaur-core/internal/base/errors';
import { requireFormat } from 'minotaur-core/internal/base/format';
import { writeWhole } from '../../files/atomic.ts';
import type { LoopState, Place } from './state.ts';

/** The format of checkpoints that is written and read. */
export const CHECKPOINT_FORMAT = 1;
export const MAGIC = Buffer.from('minotaur checkpoint\n');
const HASH_BYTES = 32;

/** What a training is of: whatever changes a bit of it, each under a name that a person knows. */
export type TrainingIdentity = Readonly<Record<string, string | number | boolean | null>>;

interface Header {
  readonly format: number;
  readonly identity: TrainingIdentity;
  readonly place: Place;
}

/** Beside the model that is being trained. */
export function checkpointPath(model: string): string {
  return `${model}.checkpoint`;
}

const vectorsOf = ({ vectors: { p, m, v, e, s }, best }: LoopState): readonly Float32Array[] => [
  p,
  m,
  v,
  e,
  s,
  best.p,
  best.s,
];

/** Writes where the training is. */
export function writeCheckpoint(path: string, identity: TrainingIdentity, state: LoopState): void {
  const header: Header = { format: CHECKPOINT_FORMAT, identity, place: state.place };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const vectors = vectorsOf(state).map((one) => new Uint8Array(one.buffer, one.byteOffset, one.byteLength));
  const parts = [MAGIC, length, json, ...vectors];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  writeWhole(path, Buffer.concat([...parts, hash.digest()]));
}

/** What a checkpoint says of itself. @throws {MinotaurError} where it is none, of another format, or changed */
function readWhole(path: string): { readonly header: Header; readonly body: Buffer } {
  const bytes = readFileSync(path);
  const where = `${path}, a checkpoint`;
  const isOne = bytes.length > MAGIC.length + 4 + HASH_BYTES && bytes.subarray(0, MAGIC.length).equals(MAGIC);
  if (!isOne) fail('state', where, 'a file that train wrote', `${bytes.length} bytes of something else`);
  const end = bytes.length - HASH_BYTES;
  const hash = createHash('sha256').update(bytes.subarray(0, end)).digest();
  if (!hash.equals(bytes.subarray(end))) fail('state', where, 'bytes as they were written', 'changed ones');
  const from = MAGIC.length + 4;
  const until = from + bytes.readUInt32LE(MAGIC.length);
  const header = JSON.parse(bytes.subarray(from, until).toString()) as Header;
  requireFormat({
    what: 'a checkpoint',
    expected: CHECKPOINT_FORMAT,
    found: header.format,
    where,
    instead: 'remove it and train again',
  });
  return { header, body: bytes.subarray(until, end) };
}

/** The step that an interrupted training left beside its model; undefined where none did. */
export function checkpointStep(path: string): number | undefined {
  return existsSync(path) ? readWhole(path).header.place.step : undefined;
}

/**
 * Brings `state`, as it was at the beginning, to where a checkpoint left it.
 * @throws {MinotaurError} that names the first difference, where the checkpoint is of another training
 */
export function readCheckpoint(path: string, identity: TrainingIdentity, state: LoopState): void {
  const { header, body } = readWhole(path);
  for (const key of Object.keys({ ...identity, ...header.identity })) {
    const [expected, found] = [identity[key], header.identity[key]].map((value) => `${value ?? 'none'}`);
    if (expected !== found) fail('state', `${path}, ${key}`, `${expected}, as of this training`, found);
  }
  let at = 0;
  for (const vector of vectorsOf(state)) {
    const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
    bytes.set(body.subarray(at, at + bytes.length));
    at += bytes.length;
  }
  if (at !== body.length) fail('state', `${path}, vectors`, `${at} bytes`, `${body.length}`);
  Object.assign(state.place, header.place);
}
