/**
 * Coefficients for a probability near 1/2, further out and in the tails: eight of the numerator and eight of the
 * denominator, each from the highest power down.
 */
import { log } from '../base/elementary/index.ts';
const CENTRE = Float64Array.of(
  2509.0809287301227,
  33430.57558358813,
  67265.7709270087,
  45921.95393154987,
  13731.69376550946,
  1971.5909503065513,
  133.14166789178438,
  3.3871328727963665,
  5226.495278852854,
  28729.085735721943,
  39307.89580009271,
  21213.794301586597,
  5394.196021424751,
  687.1870074920579,
  42.31333070160091,
  1,
);
const MIDDLE = Float64Array.of(
  0.0007745450142783414,
  0.022723844989269184,
  0.2417807251774506,
  1.2704582524523684,
  3.6478483247632045,
  5.769497221460691,
  4.630337846156546,
  1.4234371107496835,
  1.0507500716444169e-9,
  0.0005475938084995345,
  0.015198666563616457,
  0.14810397642748008,
  0.6897673349851,
  1.6763848301838038,
  2.053191626637759,
  1,
);
const TAIL = Float64Array.of(
  2.0103343992922881e-7,
  2.7115555687434876e-5,
  0.0012426609473880784,
  0.026532189526576124,
  0.29656057182850487,
  1.7848265399172913,
  5.463784911164114,
  6.657904643501103,
  2.0442631033899397e-15,
  1.421511758316446e-7,
  1.8463183175100548e-5,
  0.0007868691311456133,
  0.014875361290850615,
  0.1369298809227358,
  0.599832206555888,
  1,
);

/**
 * The number that a standard normal variable is below with probability `p`: the inverse of its distribution function, to
 * about 1e-16 of the value; infinite at 0 and 1, NaN outside of them.
 * Source: Wichura, Algorithm AS 241: The Percentage Points of the Normal Distribution, Applied Statistics 37 (1988), PPND16.
 */
export function inverseNormal(p: number): number {
  const one = Float64Array.of(p);
  inverseNormalAt(one, 0);
  return one[0];
}

/** Replaces the probability `values[at]` by {@link inverseNormal} of it. */
export function inverseNormalAt(values: Float64Array, at: number): void {
  const p = values[at];
  if (!(p > 0 && p < 1)) {
    values[at] = NaN;
    if (p === 0) values[at] = -Infinity;
    if (p === 1) values[at] = Infinity;
    return;
  }
  const q = p - 0.5;
  const central = Math.abs(q) <= 0.425;
  let coefficients = CENTRE;
  let r = 0.180625 - q * q;
  if (!central) {
    r = Math.sqrt(-log(q < 0 ? p : 1 - p));
    coefficients = r <= 5 ? MIDDLE : TAIL;
    r -= r <= 5 ? 1.6 : 5;
  }
  let top = coefficients[0];
  let bottom = coefficients[8];
  for (let k = 1; k < 8; k++) {
    top = top * r + coefficients[k];
    bottom = bottom * r + coefficients[8 + k];
  }
  values[at] = (central ? q : Math.sign(q)) * (top / bottom);
}
