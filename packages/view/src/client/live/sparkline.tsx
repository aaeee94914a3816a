/** The last rows of one feature, asked for when somebody looks. */
import { useEffect, useState } from 'preact/hooks';
import { valueText } from './texts.ts';

const ROWS = 300;
const [WIDTH, HEIGHT] = [600, 60];

interface Answer {
  readonly rows: readonly { readonly values: readonly (number | string)[] }[];
}

export function Sparkline({ name, ask }: { readonly name: string; readonly ask: (path: string) => Promise<unknown> }) {
  const [values, setValues] = useState<readonly number[] | undefined>(undefined);
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    ask(`/v1/rows?limit=${ROWS}&columns=${encodeURIComponent(name)}`).then(
      (answer) => setValues((answer as Answer).rows.map(({ values: [value] }) => Number(value))),
      (error: unknown) => setTrouble((error as Error).message),
    );
  }, [name]);
  if (trouble !== '') return <p class="trouble">{trouble}</p>;
  if (values === undefined) return <p class="soft">…</p>;
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return <p class="soft">NaN in all {values.length} rows</p>;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return (
    <figure class="sparkline">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`Last rows of ${name}`}>
        <path d={pathOf(values, low, high)} />
      </svg>
      <figcaption class="soft small">
        last {values.length} rows: {valueText(low)} to {valueText(high)}
        {known.length < values.length && `, ${values.length - known.length} NaN`}
      </figcaption>
    </figure>
  );
}

/** It breaks where there is no value. */
function pathOf(values: readonly number[], low: number, high: number): string {
  let isDown = false;
  return values
    .map((value, i) => {
      const begins = !isDown;
      isDown = Number.isFinite(value);
      if (!isDown) return '';
      const x = (WIDTH * i) / Math.max(1, values.length - 1);
      const y = high === low ? HEIGHT / 2 : HEIGHT - 2 - ((HEIGHT - 4) * (value - low)) / (high - low);
      return `${begins ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
