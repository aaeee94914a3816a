/**
 * One bit pattern for each value. Two runs that agree must also agree in a hash, and IEEE 754 leaves two freedoms that
 * engines use differently: the sign of zero and the payload of NaN.
 */

/** The quiet NaN with an empty payload, as two little-endian words. */
const NAN_HIGH = 0x7ff80000;

/** Bits of doubles are hashed as they lie in memory, which is the same everywhere only on little-endian machines. */
const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
if (!LITTLE_ENDIAN) throw new Error('Minotaur hashes doubles as they lie in memory and needs a little-endian machine');

/**
 * Makes `values[from, to)` canonical in place: -0 becomes 0, every NaN becomes the one above.
 * `words` is a view of the same buffer, made once by {@link wordsOf}, so that nothing allocates per row.
 */
export function canonicalise(values: Float64Array, words: Uint32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (value === value) {
      values[i] = value + 0;
    } else {
      words[2 * i] = 0;
      words[2 * i + 1] = NAN_HIGH;
    }
  }
}

/**
 * Gives every NaN of `values` the one pattern, and leaves zeros their signs: for state, which goes on being computed
 * with. Processors differ in the NaN that an operation makes: x64 sets the sign of 0/0, arm64 does not.
 */
export function canonicaliseNaN(values: Float64Array): void {
  const words = wordsOf(values);
  const whole = values.length - (values.length % GROUP);
  for (let i = 0; i < whole; i += GROUP) {
    // A sum is NaN where a part of it is; most groups have none, and one comparison tells.
    const sum = values[i] + values[i + 1] + values[i + 2] + values[i + 3];
    if (sum !== sum) cleanNaN(values, words, i, i + GROUP);
  }
  cleanNaN(values, words, whole, values.length);
}

/** Doubles that are looked at together. */
const GROUP = 4;

function cleanNaN(values: Float64Array, words: Uint32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    if (values[i] === values[i]) continue;
    words[2 * i] = 0;
    words[2 * i + 1] = NAN_HIGH;
  }
}

/** The 32-bit words under `values`. */
export function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** Whether two doubles are the same bits once canonical: NaN equals NaN, 0 equals -0. */
export function sameBits(a: number, b: number): boolean {
  return a === b || (a !== a && b !== b);
}

/** `0x3ff0000000000000`: the canonical bits of a double, for reports of differences. */
export function bitsOf(value: number): string {
  const one = new Float64Array([value]);
  canonicalise(one, wordsOf(one), 0, 1);
  const words = wordsOf(one);
  return `0x${words[1].toString(16).padStart(8, '0')}${words[0].toString(16).padStart(8, '0')}`;
}
