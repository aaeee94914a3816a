/** What the topics of a bus are called, and which partition a chain is in. */
import type { TopicName } from '../recovery/contract.ts';

/** Characters of a schema id in a name: enough to tell chains apart, and short enough to read. */
const ID_LENGTH = 12;

/**
 * Real names by what they hold; rows, predictions and snapshots are of one schema, so another chain gets others. What predicts, where
 * something does, has its own predictions and snapshots, in which the rows stand that it has seen.
 */
export function topicsOf(
  prefix: string,
  schemaId: string | undefined,
  predictingId?: string,
): Readonly<Record<TopicName, string>> {
  const of = schemaId === undefined ? 'none' : schemaId.slice(0, ID_LENGTH);
  const by = predictingId === undefined ? of : `${of}.${predictingId.slice(0, ID_LENGTH)}`;
  return {
    events: `${prefix}.events`,
    rows: `${prefix}.rows.${of}`,
    predictions: `${prefix}.predictions.${by}`,
    snapshots: `${prefix}.snapshots.${by}`,
  };
}

/** The partition of a chain: Kafka's own way for a key, so that writers in any language agree. */
export function partitionOf(chain: string, partitions: number): number {
  return (murmur2(new TextEncoder().encode(chain)) & 0x7fffffff) % partitions;
}

const MIX = 0x5bd1e995;

/** MurmurHash2 of 32 bits with the seed that Kafka has. Source: Austin Appleby, public domain. */
export function murmur2(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 4);
  let hash = 0x9747b28c ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(view.getInt32(at, true), MIX);
    word = Math.imul(word ^ (word >>> 24), MIX);
    hash = Math.imul(hash, MIX) ^ word;
  }
  for (let at = bytes.length - 1; at >= whole; at--) hash ^= bytes[at] << (8 * (at - whole));
  if (whole < bytes.length) hash = Math.imul(hash, MIX);
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return hash ^ (hash >>> 15);
}
