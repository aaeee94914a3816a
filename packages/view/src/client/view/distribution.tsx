/** How the values of a feature that the reader picks are spread over the rows that are ready. */
import { useEffect, useState } from 'preact/hooks';
import { Facts, type Fact } from '../../parts/facts.tsx';
import { count, percent } from '../../parts/numbers.ts';
import { HistogramPlot } from '../../parts/plot/histogram-plot.tsx';
import type { Distribution } from '../../parts/view-data.ts';
import { Picker, usePicking } from '../picker.tsx';
import type { Source } from './source.ts';

export interface DistributionProps {
  readonly names: ReadonlyMap<string, number>;
  readonly source: Source;
  /** Index of the feature that is shown first. */
  readonly first: number;
}

interface Found {
  readonly name: string;
  readonly distribution?: Distribution;
  readonly problem?: string;
}

export function DistributionOf({ names, source, first }: DistributionProps) {
  const known = [...names.keys()];
  const start = known.find((name) => names.get(name) === first) ?? known[0] ?? '';
  const picking = usePicking([{ label: 'features', names: known }], start);
  const { picked: name } = picking;
  const [found, setFound] = useState<Found | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    const index = names.get(name);
    const tell = (now: Found): void => {
      if (isWanted) setFound(now);
    };
    if (index !== undefined)
      source.distribution(index).then(
        (distribution) => tell({ name, distribution }),
        (error: unknown) => tell({ name, problem: (error as Error).message }),
      );
    return () => {
      isWanted = false;
    };
  }, [name]);
  return (
    <>
      <Picker id="pick-distribution" label="Feature" picking={picking} />
      {found?.problem !== undefined && <p class="trouble">{found.problem}</p>}
      {found?.distribution !== undefined && (
        <div class="half" id="distribution">
          <HistogramOf name={found.name} {...found.distribution} />
          <Facts of={factsOf(found.distribution)} />
        </div>
      )}
    </>
  );
}

function HistogramOf({ name, histogram: { from, to, heights } }: Distribution & { readonly name: string }) {
  const x = 'value; what lies beyond the ends is in the outer bars';
  const axes = { title: name, x, y: 'share of the ready rows with a value', from, to };
  return <HistogramPlot axes={axes} series={[{ name: 'ready rows', heights }]} />;
}

function factsOf({ rows, missing, mean, deviation, quantiles }: Distribution): Fact[] {
  const text = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(7))));
  const words = new Map([
    [0, 'least'],
    [0.5, 'median'],
    [1, 'greatest'],
  ]);
  return [
    ['ready rows', count(rows)],
    ['NaN', rows === 0 ? '–' : `${percent(missing / rows)}, ${count(missing)} rows`],
    ['mean', text(mean)],
    ['standard deviation', text(deviation)],
    ...quantiles.map(([share, value]): Fact => [words.get(share) ?? `quantile ${share}`, text(value)]),
  ];
}
