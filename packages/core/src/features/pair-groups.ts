/**
 * Groups of features of two series, as `{ preset: spread, of: [a, b], as: name }` takes them: a market against another, a clock
 * against a slower one. Names, settings and order are part of every schema that uses them.
 */
import { expressionText, parseFeature, substitute, type Expression, type Feature } from './contract/expression.ts';

/** A group of two series, as a configuration has it. */
export interface PairGroup {
  /** The two series, a and b: columns or expressions. */
  readonly of: readonly [string, string];
  /** Begins the names of its features. */
  readonly as: string;
  /** Rows of its windows. */
  readonly windows?: readonly number[] | undefined;
  /** Of `cross`: by how many rows, at most, one return is held against the other's earlier ones. */
  readonly lags?: number | undefined;
}

type Texts = (settings: {
  readonly windows: readonly number[];
  readonly lags: number;
}) => readonly (readonly [name: string, text: string])[];

/** How far a is from b: the basis, and where its logarithm stands among those before. */
const spread: Texts = ({ windows }) => [
  ['basis', 'a / b - 1'],
  ['log_ratio', 'log(a / b)'],
  ...windows.flatMap((n) => [
    [`log_ratio_mean_${n}`, `rolling_mean(log(a / b), ${n})`] as const,
    [`log_ratio_zscore_${n}`, `rolling_zscore(log(a / b), ${n})`] as const,
  ]),
];

const returns = { a: 'log_return(a)', b: 'log_return(b)' };

/** How a and b move together, and which of them moves first: over the longest window, for there is little to see in a short one. */
const cross: Texts = ({ windows, lags }) => [
  ...windows.flatMap((n) => [
    [`corr_${n}`, `correl(${returns.a}, ${returns.b}, ${n})`] as const,
    [`beta_${n}`, `regression_slope(${returns.a}, ${returns.b}, ${n})`] as const,
    [`strength_${n}`, `log(a / lag(a, ${n})) - log(b / lag(b, ${n}))`] as const,
  ]),
  ...Array.from({ length: lags }, (_, i) => i + 1).flatMap((k) => {
    const n = Math.max(...windows);
    return [
      [`leads_${k}`, `correl(lag(${returns.a}, ${k}), ${returns.b}, ${n})`] as const,
      [`lags_${k}`, `correl(${returns.a}, lag(${returns.b}, ${k}), ${n})`] as const,
    ];
  }),
];

const TEXTS: Readonly<Record<string, Texts>> = { spread, cross };

/** Names of these groups. */
export const PAIR_GROUPS: readonly string[] = Object.keys(TEXTS);

/** The features of the group of that name, in order. */
export function pairFeatures(preset: string, { of, as, windows = [20, 60], lags = 3 }: PairGroup): Feature[] {
  const series = new Map<string, Expression>(['a', 'b'].map((name, i) => [name, parseFeature(of[i]).expression]));
  return TEXTS[preset]({ windows, lags }).map(([name, text]) => {
    const expression = substitute(parseFeature(text).expression, series);
    const names = [`${as}_${name}`];
    return { expression, names, text: `${expressionText(expression)} as ${names[0]}` };
  });
}
