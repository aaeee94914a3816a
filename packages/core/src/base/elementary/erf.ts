/**
 * The error function, erf(x) = 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x, and erfc(x) = 1 - erf(x). Rational
 * functions on four stretches; in the tails exp(-x^2) is taken of a cut x, whose square is exact. Within 1 ulp, erfc within 3. Source: s_erf.c;
 * notice: see index.ts.
 */
import { exp } from './exp.ts';
import { cut } from './words.ts';

/** erf(1) as a float, from which [0.84375, 1.25) is counted. */
const ERX = 0.845062911510467529297;
const NEAR = Float64Array.of(
  1.28379167095512558561e-1,
  -3.2504210724700149937e-1,
  -2.84817495755985104766e-2,
  -5.77027029648944159157e-3,
  -2.37630166566501626084e-5,
);
const NEAR_BELOW = Float64Array.of(
  1,
  3.97917223959155352819e-1,
  6.50222499887672944485e-2,
  5.08130628187576562776e-3,
  1.32494738004321644526e-4,
  -3.9602282787753681232e-6,
);
const ONE = Float64Array.of(
  -2.36211856075265944077e-3,
  4.14856118683748331666e-1,
  -3.72207876035701323847e-1,
  3.18346619901161753674e-1,
  -1.10894694282396677476e-1,
  3.54783043256182359371e-2,
  -2.166375594868790843e-3,
);
const ONE_BELOW = Float64Array.of(
  1,
  1.06420880400844228286e-1,
  5.40397917702171048937e-1,
  7.18286544141962662868e-2,
  1.26171219808761642112e-1,
  1.36370839120290507362e-2,
  1.1984499846799107417e-2,
);
const MIDDLE = Float64Array.of(
  -9.86494403484714822705e-3,
  -6.93858572707181764372e-1,
  -1.05586262253232909814e1,
  -6.23753324503260060396e1,
  -1.62396669462573470355e2,
  -1.84605092906711035994e2,
  -8.12874355063065934246e1,
  -9.81432934416914548592,
);
const MIDDLE_BELOW = Float64Array.of(
  1,
  1.96512716674392571292e1,
  1.376577541435190426e2,
  4.34565877475229228821e2,
  6.45387271733267880336e2,
  4.29008140027567833386e2,
  1.08635005541779435134e2,
  6.57024977031928170135,
  -6.04244152148580987438e-2,
);
const TAIL = Float64Array.of(
  -9.86494292470009928597e-3,
  -7.99283237680523006574e-1,
  -1.77579549177547519889e1,
  -1.60636384855821916062e2,
  -6.37566443368389627722e2,
  -1.02509513161107724954e3,
  -4.83519191608651397019e2,
);
const TAIL_BELOW = Float64Array.of(
  1,
  3.03380607434824582924e1,
  3.25792512996573918826e2,
  1.53672958608443695994e3,
  3.19985821950859553908e3,
  2.55305040643316442583e3,
  4.74528541206955367215e2,
  -2.24409524465858183362e1,
);

/** Coefficients from the constant up. */
function polynomial(coefficients: Float64Array, x: number): number {
  let sum = coefficients[coefficients.length - 1];
  for (let k = coefficients.length - 2; k >= 0; k--) sum = sum * x + coefficients[k];
  return sum;
}

/** erfc of x from 1.25 on. */
function tail(x: number): number {
  const s = 1 / (x * x);
  const ratio =
    x < 1 / 0.35
      ? polynomial(MIDDLE, s) / polynomial(MIDDLE_BELOW, s)
      : polynomial(TAIL, s) / polynomial(TAIL_BELOW, s);
  const z = cut(x);
  return (exp(-z * z - 0.5625) * exp((z - x) * (z + x) + ratio)) / x;
}

/** The error function. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < 0.84375) {
    const z = x * x;
    return x + x * (polynomial(NEAR, z) / polynomial(NEAR_BELOW, z));
  }
  if (x !== x) return NaN;
  const sign = x < 0 ? -1 : 1;
  if (size < 1.25) return sign * (ERX + polynomial(ONE, size - 1) / polynomial(ONE_BELOW, size - 1));
  return size >= 6 ? sign : sign * (1 - tail(size));
}

/** 1 - erf(x), of full precision in the upper tail too. */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (size < 0.84375) {
    const z = x * x;
    const y = polynomial(NEAR, z) / polynomial(NEAR_BELOW, z);
    return x < 0.25 ? 1 - (x + x * y) : 0.5 - (x - 0.5 + x * y);
  }
  if (x !== x) return NaN;
  if (size < 1.25) {
    const y = polynomial(ONE, size - 1) / polynomial(ONE_BELOW, size - 1);
    return x > 0 ? 1 - ERX - y : 1 + (ERX + y);
  }
  if (x < -6) return 2;
  if (x > 28) return 0;
  return x > 0 ? tail(x) : 2 - tail(size);
}
