/** Values that one side alone has. */
import { isSame, type Explanation, type Hypothesis } from '../measures/pair.ts';

/** Which rows they are, in words. */
function rowsOf(has: Float64Array, lacks: Float64Array): { readonly cause: string; readonly text: string } {
  const n = has.length;
  let many = 0;
  let [lead, tail] = [0, 0];
  for (let i = 0; i < n; i++) if (has[i] === has[i] && lacks[i] !== lacks[i]) many++;
  for (let i = 0; i < n && lacks[i] !== lacks[i]; i++) if (has[i] === has[i]) lead++;
  for (let i = n - 1; i >= 0 && lacks[i] !== lacks[i]; i--) if (has[i] === has[i]) tail++;
  if (lead >= 0.9 * many)
    return { cause: 'longer warm-up', text: 'lacks the first values: a longer warm-up, or a later start' };
  if (tail >= 0.9 * many)
    return { cause: 'ends early', text: 'lacks the last values: it ends early, or waits for what follows' };
  return { cause: 'missing values', text: 'lacks values here and there' };
}

export const missing: Hypothesis = ({ a, b }) => {
  const found: Explanation[] = [];
  if (b.some((y, i) => y !== y && a[i] === a[i])) {
    const { cause, text } = rowsOf(a, b);
    found.push({
      cause,
      text: `B ${text}`,
      cost: 1.6,
      canLead: true,
      predict: (x, to) => x.map((v, i) => (to[i] === to[i] ? v : NaN)),
    });
  }
  if (a.some((x, i) => x !== x && b[i] === b[i])) {
    const { cause, text } = rowsOf(b, a);
    found.push({
      cause,
      text: `A ${text}`,
      cost: 1.7,
      canLead: true,
      predict: (x, to) => x.map((v, i) => (v === v ? v : to[i])),
    });
  }
  return found.filter(({ predict }) => !predict(a, b).every((p, i) => isSame(p, a[i])));
};
