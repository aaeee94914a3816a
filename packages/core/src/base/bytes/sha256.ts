/** SHA-256 in plain JavaScript, for runtimes that have none at hand. Source: FIPS 180-4, sections 5 and 6.2. */

const BLOCK = 64;
const WORDS = 8;

/** The first 32 bits of the fractional parts of the square roots of the first 8 primes (5.3.3). */
const START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (4.2.2). */
const ROUNDS = Int32Array.from([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);

/** A hash that bytes are added to; it can be asked at any time and goes on. */
export interface Sha256 {
  /** Adds bytes. */
  update(bytes: Uint8Array): this;
  /** Of all bytes so far, in hex. */
  hex(): string;
}

/** A new SHA-256. */
export function createSha256(): Sha256 {
  const state = Int32Array.from(START);
  const schedule = new Int32Array(BLOCK);
  const pending = new Uint8Array(BLOCK);
  let waiting = 0;
  let length = 0;
  const hash: Sha256 = {
    update(bytes) {
      length += bytes.length;
      let at = 0;
      if (waiting > 0) {
        at = Math.min(BLOCK - waiting, bytes.length);
        pending.set(bytes.subarray(0, at), waiting);
        waiting += at;
        if (waiting < BLOCK) return hash;
        compress(state, schedule, pending, 0);
      }
      for (; at + BLOCK <= bytes.length; at += BLOCK) compress(state, schedule, bytes, at);
      pending.set(bytes.subarray(at));
      waiting = bytes.length - at;
      return hash;
    },
    hex() {
      const last = Int32Array.from(state);
      finish(last, schedule, pending.subarray(0, waiting), length);
      return hexOf(last);
    },
  };
  return hash;
}

/** Writes the SHA-256 of `bytes`, 32 bytes, to `into` from `at` on, which may be among the bytes themselves. */
export function writeSha256(bytes: Uint8Array, into: Uint8Array, at: number): void {
  const state = Int32Array.from(START);
  const schedule = new Int32Array(BLOCK);
  let from = 0;
  for (; from + BLOCK <= bytes.length; from += BLOCK) compress(state, schedule, bytes, from);
  finish(state, schedule, bytes.subarray(from), bytes.length);
  const view = new DataView(into.buffer, into.byteOffset + at, 4 * WORDS);
  for (let i = 0; i < WORDS; i++) view.setInt32(4 * i, state[i]);
}

function hexOf(state: Int32Array): string {
  let hex = '';
  for (let i = 0; i < WORDS; i++) hex += (state[i] >>> 0).toString(16).padStart(8, '0');
  return hex;
}

/** Pads what waits (5.1.1). */
function finish(state: Int32Array, schedule: Int32Array, rest: Uint8Array, length: number): void {
  const last = new Uint8Array(rest.length < BLOCK - 8 ? BLOCK : 2 * BLOCK);
  last.set(rest);
  last[rest.length] = 0x80;
  const view = new DataView(last.buffer);
  view.setUint32(last.length - 8, Math.floor(length / 0x20000000));
  view.setUint32(last.length - 4, (length * 8) >>> 0);
  for (let at = 0; at < last.length; at += BLOCK) compress(state, schedule, last, at);
}

/** One block of 64 bytes (6.2.2). */
function compress(state: Int32Array, w: Int32Array, bytes: Uint8Array, at: number): void {
  for (let t = 0, i = at; t < 16; t++, i += 4)
    w[t] = (bytes[i] << 24) | (bytes[i + 1] << 16) | (bytes[i + 2] << 8) | bytes[i + 3];
  for (let t = 16; t < BLOCK; t++) {
    const x = w[t - 15];
    const y = w[t - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (s1 + w[t - 7] + s0 + w[t - 16]) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let t = 0; t < BLOCK; t++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + sum1 + (g ^ (e & (f ^ g))) + ROUNDS[t] + w[t]) | 0;
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (sum0 + ((a & b) | (c & (a | b)))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0] + a) | 0;
  state[1] = (state[1] + b) | 0;
  state[2] = (state[2] + c) | 0;
  state[3] = (state[3] + d) | 0;
  state[4] = (state[4] + e) | 0;
  state[5] = (state[5] + f) | 0;
  state[6] = (state[6] + g) | 0;
  state[7] = (state[7] + h) | 0;
}
