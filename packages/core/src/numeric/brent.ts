const GOLDEN = 0.5 * (3 - Math.sqrt(5));
const SQRT_EPSILON = Math.sqrt(2.2e-16);
const MAX_EVALUATIONS = 500;

/**
 * Where `f` is least between `low` and `high`: Brent's method, parabolas through the three best points and golden sections
 * where those lead nowhere. Every step is that of scipy, so that on the same function it ends in the same place.
 * Source: Brent, Algorithms for Minimization Without Derivatives (1973), chapter 5; scipy.optimize.fminbound.
 *
 * @param tolerance absolute, of the place
 */
export function brentMinimum(f: (x: number) => number, low: number, high: number, tolerance: number): number {
  let a = low;
  let b = high;
  let best = a + GOLDEN * (b - a);
  let second = best;
  let third = best;
  let fBest = f(best);
  let fSecond = fBest;
  let fThird = fBest;
  let step = 0;
  let before = 0;
  for (let n = 1; n < MAX_EVALUATIONS; n++) {
    const middle = 0.5 * (a + b);
    const least = SQRT_EPSILON * Math.abs(best) + tolerance / 3;
    if (!(Math.abs(best - middle) > 2 * least - 0.5 * (b - a))) break;
    let golden = true;
    if (Math.abs(before) > least) {
      let r = (best - second) * (fBest - fThird);
      let q = (best - third) * (fBest - fSecond);
      let p = (best - third) * q - (best - second) * r;
      q = 2 * (q - r);
      if (q > 0) p = -p;
      q = Math.abs(q);
      r = before;
      before = step;
      if (Math.abs(p) < Math.abs(0.5 * q * r) && p > q * (a - best) && p < q * (b - best)) {
        golden = false;
        step = p / q;
        const x = best + step;
        if (x - a < 2 * least || b - x < 2 * least) step = middle >= best ? least : -least;
      }
    }
    if (golden) {
      before = best >= middle ? a - best : b - best;
      step = GOLDEN * before;
    }
    const x = best + (step >= 0 ? 1 : -1) * Math.max(Math.abs(step), least);
    const fx = f(x);
    if (fx <= fBest) {
      if (x >= best) a = best;
      else b = best;
      third = second;
      fThird = fSecond;
      second = best;
      fSecond = fBest;
      best = x;
      fBest = fx;
      continue;
    }
    if (x < best) a = x;
    else b = x;
    if (fx <= fSecond || second === best) {
      third = second;
      fThird = fSecond;
      second = x;
      fSecond = fx;
    } else if (fx <= fThird || third === best || third === second) {
      third = x;
      fThird = fx;
    }
  }
  return best;
}
