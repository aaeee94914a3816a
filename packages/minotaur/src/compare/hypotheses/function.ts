/** B is a function of A, value by value. */
import { exp, expm1, log, log10, log1p, tanh } from 'minotaur-core/internal/base/elementary/index';
import type { Explanation, Hypothesis } from '../measures/pair.ts';

const FUNCTIONS: readonly (readonly [text: string, of: (x: number) => number])[] = [
  ['1 - A', (x) => 1 - x],
  ['100 - A', (x) => 100 - x],
  ['|A|', Math.abs],
  ['A squared', (x) => x * x],
  ['√A', Math.sqrt],
  ['1 / A', (x) => 1 / x],
  ['log(A)', (x) => (x > 0 ? log(x) : NaN)],
  ['log(1 + A)', (x) => (x > -1 ? log1p(x) : NaN)],
  ['log10(A)', (x) => (x > 0 ? log10(x) : NaN)],
  ['exp(A)', exp],
  ['exp(A) - 1', expm1],
  ['tanh(A)', tanh],
  ['the logistic function of A', (x) => 1 / (1 + exp(-x))],
  ['the sign of A', Math.sign],
  ['max(A, 0)', (x) => (x > 0 ? x : x === x ? 0 : NaN)],
];

export const ofValue: Hypothesis = ({ a, b }) => {
  const both = a.reduce((many, x, i) => many + (Number.isFinite(x) && Number.isFinite(b[i]) ? 1 : 0), 0);
  if (both < 8) return [];
  return FUNCTIONS.map(([text, of], i): Explanation => ({
    cause: 'function',
    text: text,
    cost: 1.3 + i / 1000,
    canLead: false,
    predict: (from) => from.map(of),
  }));
};
