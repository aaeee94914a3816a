/** Float32 in order by their bits, a digit at a time (radix sort): several times as fast as by comparison. */

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Sorts `values`, which hold no NaN, in place, -0 before 0 as `Float32Array.sort` does, and returns them. */
export function sortFloats(values: Float32Array): Float32Array {
  const n = values.length;
  let keys = new Uint32Array(new Uint32Array(values.buffer, values.byteOffset, n));
  // Of negative numbers the greater bits are the lesser numbers.
  for (let i = 0; i < n; i++) keys[i] ^= keys[i] >>> 31 === 1 ? 0xffffffff : 0x80000000;
  let other = new Uint32Array(n);
  const starts = new Uint32Array(DIGITS);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    starts.fill(0);
    for (let i = 0; i < n; i++) starts[(keys[i] >>> shift) & (DIGITS - 1)]++;
    for (let digit = 0, start = 0; digit < DIGITS; digit++) {
      const count = starts[digit];
      starts[digit] = start;
      start += count;
    }
    for (let i = 0; i < n; i++) other[starts[(keys[i] >>> shift) & (DIGITS - 1)]++] = keys[i];
    [keys, other] = [other, keys];
  }
  for (let i = 0; i < n; i++) keys[i] ^= keys[i] >>> 31 === 1 ? 0x80000000 : 0xffffffff;
  values.set(new Float32Array(keys.buffer));
  return values;
}
