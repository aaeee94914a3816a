/** CRC-32 as zlib, gzip and PNG have it (polynomial 0xedb88320), sixteen bytes at a time. Source: Kounavis and Berry (2005), slicing. */

const SLICES = 16;
const TABLE = createTable();

/** Of slice k: what a byte does to the remainder when k more bytes follow it. */
function createTable(): Uint32Array {
  const table = new Uint32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    table[byte] = value;
  }
  for (let i = 256; i < table.length; i++) {
    const before = table[i - 256];
    table[i] = (before >>> 8) ^ table[before & 0xff];
  }
  return table;
}

/** The check sum of `bytes`, going on from `value`, that of the bytes before them. */
export function crc32(bytes: Uint8Array, value = 0): number {
  const t = TABLE;
  let crc = ~value;
  let at = 0;
  for (const whole = bytes.length - (bytes.length % SLICES); at < whole; at += SLICES) {
    crc =
      t[3840 + (bytes[at] ^ (crc & 0xff))] ^
      t[3584 + (bytes[at + 1] ^ ((crc >>> 8) & 0xff))] ^
      t[3328 + (bytes[at + 2] ^ ((crc >>> 16) & 0xff))] ^
      t[3072 + (bytes[at + 3] ^ (crc >>> 24))] ^
      t[2816 + bytes[at + 4]] ^
      t[2560 + bytes[at + 5]] ^
      t[2304 + bytes[at + 6]] ^
      t[2048 + bytes[at + 7]] ^
      t[1792 + bytes[at + 8]] ^
      t[1536 + bytes[at + 9]] ^
      t[1280 + bytes[at + 10]] ^
      t[1024 + bytes[at + 11]] ^
      t[768 + bytes[at + 12]] ^
      t[512 + bytes[at + 13]] ^
      t[256 + bytes[at + 14]] ^
      t[bytes[at + 15]];
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ t[(crc ^ bytes[at]) & 0xff];
  return ~crc >>> 0;
}
