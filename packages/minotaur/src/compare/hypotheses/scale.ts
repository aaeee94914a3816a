/** B is a multiple of A: another unit, sign, deviation or year. */
import { log10 } from 'minotaur-core/internal/base/elementary/index';
import type { Explanation, Hypothesis, Pair } from '../measures/pair.ts';
import { fitLine, medianOf, pick } from '../measures/robust.ts';

/** How near a factor has to be to one that has a name: whether it is that is for its predictions to say. */
const ROUGHLY = 0.02;
/** Longest window whose sample and population deviation are told apart. */
const LONGEST_WINDOW = 400;
const ROOTS: readonly (readonly [factor: number, text: string])[] = [252, 365, 24 * 365, 525_600, 12, 52].map((n) => [
  Math.sqrt(n),
  `√${n.toLocaleString('en')}: made annual`,
]);

/** Factors that have a name, and what it is. */
function nameOf(factor: number, within: number): readonly [exact: number, cause: string, text: string] | undefined {
  const size = Math.abs(factor);
  const fits = (exact: number): boolean => Math.abs(size / exact - 1) <= within;
  const sign = factor < 0 ? ', sign turned' : '';
  const signed = (exact: number): number => (factor < 0 ? -exact : exact);
  if (fits(1)) return factor < 0 ? [-1, 'sign', 'A with its sign turned'] : undefined;
  const power = Math.round(log10(size));
  const ten = Number(`1e${power}`);
  if (fits(ten))
    return [signed(ten), 'unit', `${ten >= 1 ? ten.toLocaleString('en') : ten} times A: another unit${sign}`];
  for (const [root, text] of ROOTS) {
    if (fits(root)) return [signed(root), 'scale', `A times ${text}${sign}`];
    if (fits(1 / root)) return [signed(1 / root), 'scale', `A by ${text}, the other way${sign}`];
  }
  for (const [exact, text] of [
    [60, '60'],
    [3600, '3,600'],
    [24, '24'],
    [86_400, '86,400'],
    [1024, '1,024'],
  ] as const) {
    if (fits(exact)) return [signed(exact), 'unit', `${text} times A: another unit${sign}`];
    if (fits(1 / exact)) return [signed(1 / exact), 'unit', `A through ${text}: another unit${sign}`];
  }
  return undefined;
}

/** The window in which one side divides by n and the other by n - 1. */
function deviationOf(factor: number): readonly [factor: number, text: string] | undefined {
  if (factor <= 0) return undefined;
  const ratio = factor < 1 ? factor * factor : 1 / (factor * factor);
  for (const [share, what] of [
    [ratio, 'deviation'],
    [factor < 1 ? factor : 1 / factor, 'variance'],
  ] as const) {
    const n = Math.round(1 / (1 - share));
    if (n < 3 || n > LONGEST_WINDOW) continue;
    const exact = what === 'deviation' ? Math.sqrt((n - 1) / n) : (n - 1) / n;
    const fitted = factor < 1 ? exact : 1 / exact;
    if (Math.abs(fitted / factor - 1) > 1e-7) continue;
    const [of, than] = factor < 1 ? ['population', 'sample'] : ['sample', 'population'];
    return [fitted, `${of} ${what} of ${n} in place of ${than} (ddof)`];
  }
  return undefined;
}

export const scale: Hypothesis = ({ a, b }: Pair): readonly Explanation[] => {
  const rows = a.reduce<number[]>((kept, x, i) => {
    if (x !== 0 && b[i] !== 0 && Number.isFinite(x) && Number.isFinite(b[i])) kept.push(i);
    return kept;
  }, []);
  if (rows.length < 5) return [];
  const x = Float64Array.from(rows, (i) => a[i]);
  const y = Float64Array.from(rows, (i) => b[i]);
  const ratio = medianOf(pick(y.map((value, i) => value / x[i])));
  if (!Number.isFinite(ratio) || Math.abs(ratio) < 1e-15 || Math.abs(ratio) > 1e15) return [];
  const [fitted] = fitLine(x, y, [ratio, 0], true);
  const found: Explanation[] = [];
  const add = (factor: number, cause: string, text: string, cost: number): void => {
    if (factor !== 1) found.push({ cause, text, cost, canLead: true, predict: (from) => from.map((v) => v * factor) });
  };
  const named = nameOf(ratio, ROUGHLY) ?? nameOf(fitted, ROUGHLY);
  if (named !== undefined) add(named[0], named[1], named[2], 0.7);
  const deviation = deviationOf(ratio);
  if (deviation !== undefined) add(deviation[0], 'ddof', deviation[1], 0.72);
  for (const factor of new Set([ratio, fitted]))
    if (Math.abs(factor - 1) > 1e-7) add(factor, 'scale', `${Number(factor.toPrecision(8))} times A`, 0.8);
  return found;
};
