/** Ways in which a column is made of what an expression gives: the same, moved, multiplied, scaled by its whole. */
import { shifted } from '../../compare/hypotheses/lag.ts';
import { fitLine, medianOf, pick } from '../../compare/measures/robust.ts';
import { agreementOf, compareAgreements, type Agreement } from './agreement.ts';

/** The cheaper comes first. */
export const FORMS = ['same', 'late', 'zscore', 'minmax', 'rank', 'scaled', 'early'] as const;

/**
 * `same`; `late` and `early`: some rows later or sooner; `scaled`: times a number, plus a number; `zscore`, `minmax` and `rank`: by mean
 * and deviation, extremes or order of the whole column.
 */
export type Form = (typeof FORMS)[number];

/** A column made of an expression. */
export interface Made {
  readonly form: Form;
  /** What computes it, or, where it looks ahead, what is nearest to it and does not. */
  readonly expression: string;
  /** How, in words. */
  readonly text: string;
  readonly agreement: Agreement;
}

/** The window of what stands in for a statistic of the whole. */
const WINDOW = 500;
/** Variance that a line may leave for a factor or scaler to be tried: digits that were not kept. */
const LINE_LEAVES = 1e-4;

/**
 * The forms in which `b` is made of `a`, which `expression` gives, and that the sample spoke for. Rows in `isAbsent` are not in the
 * table: they are left out on both sides, so that what an agreement counts are rows of the table.
 */
export function formsOf(
  { expression, late, left }: { readonly expression: string; readonly late: number; readonly left: number },
  a: Float64Array,
  b: Float64Array,
  isAbsent?: Uint8Array,
): Made[] {
  const present = (values: Float64Array): Float64Array =>
    isAbsent === undefined ? values : values.filter((_, i) => isAbsent[i] === 0);
  const own = present(b);
  const made = (form: Form, honest: string, text: string, predicted: Float64Array): Made[] => {
    const agreement = agreementOf(present(predicted), own);
    return agreement === undefined ? [] : [{ form, expression: honest, text, agreement }];
  };
  const rows = (many: number): string => `${many} row${many === 1 ? '' : 's'}`;
  if (late > 0) return made('late', `lag(${expression}, ${late})`, `${rows(late)} late`, shifted(a, late));
  if (late < 0) return made('early', expression, `${rows(-late)} early: it looks ahead`, shifted(a, late));
  const same = made('same', expression, '', a);
  if (same.length > 0 || left > LINE_LEAVES) return same;
  const whole = wholeOf(a, b).flatMap(([form, honest, text, predicted]) =>
    made(form, honest(expression), text, predicted),
  );
  return whole.length > 0
    ? whole
    : scaledOf(present(a), own).flatMap((line) =>
        made('scaled', lineText(expression, line), lineWords(line), onLine(a, line)),
      );
}

type Line = readonly [factor: number, offset: number];

const onLine = (a: Float64Array, [factor, offset]: Line): Float64Array => a.map((x) => x * factor + offset);

/** As an expression; the factor comes last, so that its product is that of {@link onLine}. */
function lineText(expression: string, [factor, offset]: Line): string {
  const product = factor === 1 ? expression : `(${expression}) * ${factor}`;
  return offset === 0 ? product : `${product} + ${offset}`;
}

const lineWords = ([factor, offset]: Line): string =>
  [
    ...(factor === 1 ? [] : [`times ${Number(factor.toPrecision(8))}`]),
    ...(offset === 0 ? [] : [`plus ${Number(offset.toPrecision(8))}`]),
  ].join(', ');

/** Lines from `a` to `b`, those of round numbers first; the best of those that agree is one. */
function scaledOf(a: Float64Array, b: Float64Array): Line[] {
  const ratio = medianOf(pick(b.map((y, i) => (a[i] === 0 ? NaN : y / a[i]))));
  const [slope, offset] = lineOf(a, b);
  const lines: Line[] = [
    [round(ratio), 0],
    [ratio, 0],
    [round(slope), round(offset)],
    [1, round(offset)],
    [1, offset],
    [slope, offset],
  ];
  const found = lines.flatMap((line) => {
    if (!line.every(Number.isFinite) || line[0] === 0 || (line[0] === 1 && line[1] === 0)) return [];
    const agreement = agreementOf(onLine(a, line), b);
    return agreement === undefined ? [] : [{ line, agreement }];
  });
  return found
    .toSorted((x, y) => compareAgreements(x.agreement, y.agreement))
    .slice(0, 1)
    .map(({ line }) => line);
}

const round = (value: number): number => Number(value.toPrecision(5));

/** The line through the second half, where both have values and the start is over. */
function lineOf(a: Float64Array, b: Float64Array): Line {
  const half = a.length >> 1;
  const at: number[] = [];
  for (let i = half; i < a.length; i++) if (Number.isFinite(a[i]) && Number.isFinite(b[i])) at.push(i);
  if (at.length < 8) return [NaN, NaN];
  // From a row on, so that prices far from 0 lose no digits.
  const [x0, y0] = [a[at[0]], b[at[0]]];
  const [x, y] = [Float64Array.from(at, (i) => a[i] - x0), Float64Array.from(at, (i) => b[i] - y0)];
  const far = x.reduce((best, value, k) => (Math.abs(value) > Math.abs(x[best]) ? k : best), 0);
  const [slope, offset] = fitLine(x, y, [y[far] / x[far], 0]);
  return [slope, y0 + offset - slope * x0];
}

type Whole = readonly [form: Form, honest: (of: string) => string, text: string, predicted: Float64Array];

/** What the whole column says of each of its rows, where `b` looks like that. */
function wholeOf(a: Float64Array, b: Float64Array): Whole[] {
  const at: number[] = [];
  b.forEach((y, i) => {
    if (Number.isFinite(y) && Number.isFinite(a[i])) at.push(i);
  });
  const n = at.length;
  if (n < WINDOW / 10) return [];
  const momentsOf = (values: Float64Array): readonly [mean: number, deviation: number] => {
    const mean = at.reduce((sum, i) => sum + values[i], 0) / n;
    return [mean, Math.sqrt(at.reduce((sum, i) => sum + (values[i] - mean) * (values[i] - mean), 0) / n)];
  };
  const extremesOf = (values: Float64Array): readonly [least: number, greatest: number] => {
    let [least, greatest] = [Infinity, -Infinity];
    for (const i of at) [least, greatest] = [Math.min(least, values[i]), Math.max(greatest, values[i])];
    return [least, greatest];
  };
  const [mean, deviation] = momentsOf(b);
  const [least, greatest] = extremesOf(b);
  const found: Whole[] = [];
  if (Math.abs(mean) < 1e-6 && Math.abs(deviation - 1) < 1 / n) {
    const [m, d] = momentsOf(a);
    // Of a sample it is a little less than 1.
    found.push([
      'zscore',
      (of) => `rolling_zscore(${of}, ${WINDOW})`,
      'by mean and deviation of the whole: it looks ahead',
      a.map((x) => ((x - m) / d) * deviation),
    ]);
  }
  if (least === 0 && Math.abs(greatest - 1) < 1e-9) {
    const [low, high] = extremesOf(a);
    const honest = (of: string): string =>
      `(${of} - min(${of}, ${WINDOW})) / (max(${of}, ${WINDOW}) - min(${of}, ${WINDOW}))`;
    found.push([
      'minmax',
      honest,
      'by the extremes of the whole: it looks ahead',
      a.map((x) => (x - low) / (high - low)),
    ]);
  }
  if (least > 0 && greatest === 1)
    found.push([
      'rank',
      (of) => `rolling_rank(${of}, ${WINDOW})`,
      'its rank in the whole: it looks ahead',
      ranksIn(a, at),
    ]);
  return found;
}

/** Ranks from above 0 to 1, ties in their middle, of the rows `at`. */
function ranksIn(values: Float64Array, at: readonly number[]): Float64Array {
  const order = at.toSorted((i, k) => values[i] - values[k]);
  const ranks = new Float64Array(values.length).fill(NaN);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + to + 1) / 2 / order.length;
    from = to;
  }
  return ranks;
}
