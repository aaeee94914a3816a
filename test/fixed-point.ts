/**
 * Numbers with 400 bits behind the point, as bigints: what doubles are judged by. Prices are among them, so sums
 * are exact; a product, quotient or root is off by 2^-400 at most, which no double can tell.
 */
const BITS = 400n;
const HALF = 2 ** 200;

export const ONE = 1n << BITS;

/** The double itself. Throws if it has bits below 2^-400. */
export function fixed(x: number): bigint {
  const scaled = x * HALF * HALF;
  if (!Number.isInteger(scaled) || Math.abs(x) > 2 ** 400) throw new Error(`${x} has no place in 400 bits`);
  return BigInt(scaled);
}

/** The nearest double. */
export const rounded = (x: bigint): number => Number(x) / HALF / HALF;
export const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;
export const over = (a: bigint, b: bigint): bigint => (a << BITS) / b;

/** Square root, by Newton's iteration from above. */
export function root(x: bigint): bigint {
  if (x <= 0n) return 0n;
  const square = x << BITS;
  let guess = 1n << BigInt((square.toString(16).length * 4) / 2 + 1);
  for (;;) {
    const next = (guess + square / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** ln(a / b) for a near b: 2 atanh((a - b) / (a + b)). */
export function logRatio(a: bigint, b: bigint): bigint {
  // A negative power, rounded down, need not become nothing.
  if (a < b) return -logRatio(b, a);
  const z = over(a - b, a + b);
  const square = times(z, z);
  let power = z;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power = times(power, square);
  }
  return 2n * sum;
}

export const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);
export const mean = (values: readonly bigint[]): bigint => total(values) / BigInt(values.length);

/** Sum of (x - mean x)(y - mean y). */
export function crossed(x: readonly bigint[], y: readonly bigint[]): bigint {
  const mx = mean(x);
  const my = mean(y);
  return total(x.map((value, k) => times(value - mx, y[k] - my)));
}

/** Sum of (x - mean)^power. */
export function moment(x: readonly bigint[], power: number): bigint {
  const m = mean(x);
  return total(
    x.map((value) => {
      let product = ONE;
      for (let k = 0; k < power; k++) product = times(product, value - m);
      return product;
    }),
  );
}

/** Least-squares line over rows 0, 1, ...: height at row 0 and slope. */
export function line(x: readonly bigint[]): { height: bigint; slope: bigint } {
  const rows = x.map((_, k) => BigInt(k) << BITS);
  const slope = over(crossed(rows, x), crossed(rows, rows));
  return { height: mean(x) - times(slope, mean(rows)), slope };
}
