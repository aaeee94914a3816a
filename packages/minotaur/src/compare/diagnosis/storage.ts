/** Values that are the same but for how they were kept: a narrower number, fewer digits. */
import { digits } from '../hypotheses/digits.ts';
import { narrow } from '../hypotheses/narrow.ts';
import { rounded } from '../hypotheses/rounded.ts';
import { isSame, pairOf, type Pair } from '../measures/pair.ts';
import type { Told } from '../measures/pattern.ts';

/** Of the rows with values. */
const NEARLY_ALL = 0.97;
/** Rounding of a computation, relative. */
const COMPUTED = 1e-12;
const MOST = 4096;

/** How B was kept, where A, or what was computed from it, is B but for that. */
export function storageOf({ a, b }: Pair): Told | undefined {
  const step = Math.max(1, Math.floor(a.length / MOST));
  const every = (values: Float64Array): Float64Array => {
    const some = new Float64Array(Math.ceil(values.length / step));
    for (let i = 0; i < some.length; i++) some[i] = values[i * step];
    return some;
  };
  const some = pairOf(every(a), every(b));
  let off = 0;
  some.a.forEach((x, i) => {
    const y = some.b[i];
    if (!isSame(x, y) && Math.abs(x - y) > COMPUTED * Math.max(Math.abs(x), Math.abs(y))) off++;
  });
  if (off <= (1 - NEARLY_ALL) * some.a.length) return undefined;
  const fits = [...narrow(some), ...rounded(some), ...digits(some)].find(({ predict }) => {
    const predicted = predict(some.a, some.b);
    let [right, asked] = [0, 0];
    predicted.forEach((p, i) => {
      if (some.a[i] !== some.a[i] || some.b[i] !== some.b[i]) return;
      asked++;
      const y = some.b[i];
      // What was computed before it was kept may lie on the other side of a tie.
      if (Math.abs(p - y) <= COMPUTED * Math.max(Math.abs(p), Math.abs(y))) right++;
    });
    return asked > 0 && right >= 0.9 * asked;
  });
  return fits && { cause: fits.cause, text: fits.text };
}
