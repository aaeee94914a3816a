/** The values of the newest row as a list, and in which order it is shown. */
import type { LiveState } from './state.ts';

export interface Feature {
  readonly name: string;
  readonly meaning: string;
  readonly value: number | null;
  /** Standard deviations from training; null where nothing is known. */
  readonly distance: number | null;
  /** Whether the model looks at it. */
  readonly isUsed: boolean;
  /** Microseconds since the bar that it is of; null where there is none. */
  readonly age: number | null;
}

export const SORTS = ['feature', 'value', 'age', 'distance'] as const;
export type Sort = (typeof SORTS)[number];

/** Standard deviations beyond which a value is far from training. */
export const FAR = 4;

export function featuresOf({ facts, now, row }: LiveState): readonly Feature[] {
  const { columns, meanings, clocks, model } = facts;
  const times = new Map(clocks.map((clock, i) => [clock, now.barTimes[i] ?? null]));
  return columns.map((name, i) => {
    const meaning = meanings[i] ?? '';
    const time = times.get(meaning.slice(0, Math.max(0, meaning.indexOf(': ')))) ?? null;
    return {
      name,
      meaning,
      value: row?.values[i] ?? null,
      distance: row?.distances?.[i] ?? null,
      isUsed: model?.used[i] ?? false,
      age: time === null ? null : now.now - time,
    };
  });
}

/** What is missing first, then as the sort says; names in the order of the row. */
export function sorted(features: readonly Feature[], sort: Sort): readonly Feature[] {
  if (sort === 'feature') return features;
  const keys = {
    value: ({ value }: Feature): number => (value === null ? Infinity : Math.abs(value)),
    age: ({ age }: Feature): number => age ?? Infinity,
    distance: ({ distance, value }: Feature): number =>
      value === null ? Infinity : distance === null ? -1 : Math.abs(distance),
  };
  const key = keys[sort];
  return features.toSorted((a, b) => (key(a) === key(b) ? 0 : key(b) - key(a)));
}
