/**
 * The bits of a double: how an exponent is read without arithmetic. What writes words and reads them back as a double stalls
 * until the store is done, so powers of two come from a table and mantissas are cut by exact products where they can be.
 */

const value = new Float64Array(1);
const words = new Int32Array(value.buffer);

/** Sign, exponent and upper 20 bits of the mantissa, as a signed word. */
export function highWord(x: number): number {
  value[0] = x;
  return words[1];
}

/** Lower 32 bits of the mantissa. */
export function lowWord(x: number): number {
  value[0] = x;
  return words[0];
}

/** `x` without the lower 32 bits: short enough for products that are exact. */
export function cut(x: number): number {
  value[0] = x;
  words[0] = 0;
  return value[0];
}

const LEAST = -1074;
const POWERS = new Float64Array(1024 - LEAST);
for (let k = 0, power = 1; k <= 1023; k++, power *= 2) POWERS[k - LEAST] = power;
for (let k = -1, power = 0.5; k >= LEAST; k--, power /= 2) POWERS[k - LEAST] = power;

/** 2^k for k from -1074 to 1023. */
export function powerOfTwo(k: number): number {
  return POWERS[k - LEAST];
}

/** The double of this upper word whose lower word is 0; positive and normal. */
export function fromHighWord(high: number): number {
  return powerOfTwo((high >> 20) - 1023) * (1 + (high & 0xfffff) * powerOfTwo(-20));
}
