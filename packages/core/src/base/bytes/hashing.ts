/** The functions of bytes that a runtime may have faster ones of: what they give is the same, so they are handed in. */
import { crc32 } from './crc32.ts';
import { createSha256, writeSha256, type Sha256 } from './sha256.ts';

/** Hash and check sum, of whatever runtime this is. */
export interface Hashing {
  /** A new SHA-256. */
  sha256(): Sha256;
  /** Writes the SHA-256 of `bytes`, 32 bytes, to `into` from `at` on, which may be among the bytes themselves. */
  writeSha256(bytes: Uint8Array, into: Uint8Array, at: number): void;
  /** CRC-32 of `bytes`, going on from `value`. */
  crc32(bytes: Uint8Array, value?: number): number;
}

/** In plain JavaScript: what is used where nothing faster is handed in. */
export const portableHashing: Hashing = { sha256: createSha256, writeSha256, crc32 };

/** SHA-256 of a text's UTF-8 bytes, in hex. */
export function sha256OfText(text: string): string {
  return createSha256().update(new TextEncoder().encode(text)).hex();
}
