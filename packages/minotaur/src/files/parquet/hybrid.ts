/** Small integers as Parquet packs them: runs of one number, and groups of eight with so many bits each, in turns. */

interface Packed {
  /** Where they begin. */
  readonly from: number;
  /** Bits of each, at most 24. */
  readonly width: number;
  readonly count: number;
}

/** Writes `count` of them. @throws where the bytes end before, or are too wide */
export function unpack(bytes: Uint8Array, { from, width, count }: Packed, into: Int32Array | Int8Array): void {
  if (width > 24) throw new Error(`numbers of ${width} bits`);
  if (width === 0) return void into.fill(0, 0, count);
  const run = { at: from, length: 0, isPacked: false };
  for (let done = 0; done < count;) {
    nextRun(bytes, run);
    const length = Math.min(run.length, count - done);
    if (run.isPacked) unpackGroups(bytes, run.at, width, into, done, length);
    else {
      const value = numberAt(bytes, run.at, width);
      if (value >>> width > 0) throw new Error(`a number of more than ${width} bits`);
      into.fill(value, done, done + length);
    }
    run.at += run.isPacked ? (run.length * width) >> 3 : (width + 7) >> 3;
    if (run.at > bytes.length && !run.isPacked) throw new Error('an end within numbers');
    done += length;
  }
}

/** Whether all of `count` numbers of one bit are 1. */
export function areOnes(bytes: Uint8Array, count: number): boolean {
  const run = { at: 0, length: 0, isPacked: false };
  for (let done = 0; done < count;) {
    nextRun(bytes, run);
    const length = Math.min(run.length, count - done);
    if (!run.isPacked && bytes[run.at++] !== 1) return false;
    if (run.isPacked) {
      for (let i = 0; i < length; i++) if (((bytes[run.at + (i >> 3)] >> (i & 7)) & 1) === 0) return false;
      run.at += run.length >> 3;
    }
    done += length;
  }
  return true;
}

/** Goes on to the numbers behind the head of a run. */
function nextRun(bytes: Uint8Array, run: { at: number; length: number; isPacked: boolean }): void {
  let head = 0;
  for (let shift = 0, byte = 128; byte >= 128; shift += 7) {
    if (run.at >= bytes.length || shift > 28) throw new Error('an end within numbers');
    byte = bytes[run.at++];
    head |= (byte & 127) << shift;
  }
  head >>>= 0;
  run.isPacked = (head & 1) === 1;
  run.length = run.isPacked ? 8 * (head >>> 1) : head >>> 1;
}

function numberAt(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let k = 0; 8 * k < width; k++) value |= bytes[at + k] << (8 * k);
  return value;
}

function unpackGroups(
  bytes: Uint8Array,
  at: number,
  width: number,
  into: Int32Array | Int8Array,
  from: number,
  count: number,
): void {
  if (at + Math.ceil((count * width) / 8) > bytes.length) throw new Error('an end within numbers');
  const mask = (1 << width) - 1;
  for (let i = 0, bit = 0; i < count; i++, bit += width) {
    const p = at + (bit >> 3);
    const word = bytes[p] | (bytes[p + 1] << 8) | (bytes[p + 2] << 16) | (bytes[p + 3] << 24);
    into[from + i] = (word >>> (bit & 7)) & mask;
  }
}
