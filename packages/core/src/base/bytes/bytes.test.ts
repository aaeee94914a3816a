import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { crc32 as crcOfNode } from 'node:zlib';
import * as fc from 'fast-check';
import { crc32 } from './crc32.ts';
import { sha256OfText } from './hashing.ts';
import { createSha256 } from './sha256.ts';

const sha256OfNode = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('SHA-256 of the standard (FIPS 180-4)', () => {
  assert.equal(sha256OfText('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.equal(sha256OfText(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('SHA-256 of any bytes, cut anywhere and asked in between, is that of OpenSSL', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (parts) => {
      const hash = createSha256();
      const all: number[] = [];
      for (const part of parts) {
        hash.update(part);
        all.push(...part);
        assert.equal(hash.hex(), sha256OfNode(Uint8Array.from(all)));
      }
    }),
  );
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 7);
    assert.equal(createSha256().update(bytes).hex(), sha256OfNode(bytes));
  }
});

test('CRC-32 of any bytes, going on from any, is that of zlib', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.uint8Array({ maxLength: 500 }), (a, b) => {
      assert.equal(crc32(a), crcOfNode(a));
      assert.equal(crc32(b, crc32(a)), crcOfNode(b, crcOfNode(a)));
    }),
  );
});
