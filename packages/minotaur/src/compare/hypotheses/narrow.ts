/** B was kept in a narrower number: single, half or brain precision. */
import type { Explanation, Hypothesis, Pair } from '../measures/pair.ts';
import { pick } from '../measures/robust.ts';

/** Kinds of numbers, by the bits of their fraction. */
const WIDTHS = [
  ['float32', 23],
  ['float16', 10],
  ['bfloat16', 7],
] as const;

/** Nearest number with so many bits of fraction, ties to even; the range of its exponent is let be. */
export function narrowed(x: number, bits: number): number {
  if (bits === 23) return Math.fround(x);
  const wide = x * (2 ** (52 - bits) + 1);
  return Number.isFinite(wide) ? wide - (wide - x) : x;
}

/** Whether nearly all values of a column are of that kind. */
function isNarrow(column: Float64Array, bits: number): boolean {
  const values = pick(column, 512);
  return values.reduce((many, x) => many + (narrowed(x, bits) === x ? 1 : 0), 0) >= 0.97 * values.length;
}

export const narrow: Hypothesis = ({ a, b }: Pair): readonly Explanation[] =>
  WIDTHS.toReversed().flatMap(([name, bits], i) =>
    isNarrow(b, bits) && !isNarrow(a, bits)
      ? [
          {
            cause: name,
            text: `kept as ${name}`,
            cost: 0.2 + 0.01 * i,
            canLead: false,
            predict: (from: Float64Array) => from.map((x) => narrowed(x, bits)),
          },
        ]
      : [],
  );
