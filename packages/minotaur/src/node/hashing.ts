/** Node's own hash and check sum for the chain: the same bytes, some six times sooner. */
import { createHash, hash as hashOf } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Hashing } from 'minotaur-core';
import type { Sha256 } from 'minotaur-core';

function sha256(): Sha256 {
  const hash = createHash('sha256');
  const own: Sha256 = {
    update(bytes) {
      hash.update(bytes);
      return own;
    },
    hex: () => hash.copy().digest('hex'),
  };
  return own;
}

/** As a string of bytes: a buffer for each costs more than the hash of a short row. */
function writeSha256(bytes: Uint8Array, into: Uint8Array, at: number): void {
  const text = hashOf('sha256', bytes, 'binary');
  for (let i = 0; i < text.length; i++) into[at + i] = text.charCodeAt(i);
}

/** To be handed to whatever takes a {@link Hashing}. */
export const nodeHashing: Hashing = { sha256, writeSha256, crc32 };
