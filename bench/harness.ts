/** Figures of a benchmark: medians of several runs, with the spread, against what was asked. */

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
  /** What was asked: `at least` or `under`. */
  readonly asked?: { readonly least?: number; readonly under?: number };
  readonly note?: string;
}

/** Runs `measure` several times after a warm-up and keeps the median. */
export async function figure(
  name: string,
  unit: string,
  runs: number,
  measure: () => number | Promise<number>,
  extra: Pick<Figure, 'asked' | 'note'> = {},
): Promise<Figure> {
  await measure();
  const values: number[] = [];
  for (let i = 0; i < runs; i++) values.push(await measure());
  return summary(name, unit, values, extra);
}

export function summary(
  name: string,
  unit: string,
  values: readonly number[],
  extra: Pick<Figure, 'asked' | 'note'> = {},
): Figure {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  return { name, unit, median, min: sorted[0], max: sorted[sorted.length - 1], runs: values.length, ...extra };
}

export function quantile(sorted: Float64Array, q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

const show = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

function verdict({ asked, median }: Figure): string {
  if (asked?.least !== undefined)
    return `${median >= asked.least ? 'ok  ' : 'LESS'} asked at least ${show(asked.least)}`;
  if (asked?.under !== undefined) return `${median < asked.under ? 'ok  ' : 'MORE'} asked under ${show(asked.under)}`;
  return '';
}

export function printTable(title: string, figures: readonly Figure[]): void {
  console.log(`\n${title}`);
  const width = Math.max(...figures.map((f) => f.name.length));
  for (const f of figures) {
    const spread = f.runs > 1 ? `(${show(f.min)} to ${show(f.max)}, ${f.runs} runs)` : '';
    console.log(
      `  ${f.name.padEnd(width)}  ${show(f.median).padStart(8)} ${f.unit.padEnd(16)} ${spread} ${verdict(f)} ${f.note ?? ''}`.trimEnd(),
    );
  }
}
