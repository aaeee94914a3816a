/** The hash of core over more bytes than 32 bits count bits of. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { createSha256 } from '../../packages/core/src/base/bytes/sha256.ts';

test('the length of a message beyond 2^29 bytes goes into both words', () => {
  const part = new Uint8Array(1 << 26);
  const hash = createSha256();
  const known = createHash('sha256');
  for (let i = 0; i < 9; i++) {
    hash.update(part);
    known.update(part);
  }
  assert.equal(hash.hex(), known.digest('hex'));
});
