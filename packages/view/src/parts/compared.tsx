/** A column that differs: why, the values where it begins, and where along the rows it does. */
import { roundEnds } from './plot/axes.ts';
import { HistogramPlot } from './plot/histogram-plot.tsx';
import { LinePlot, type Series } from './plot/line-plot.tsx';
import { Table } from './table.tsx';

export interface ComparedProps {
  readonly name: string;
  /** By what it is explained; `none`: by nothing. */
  readonly kind: 'values' | 'pattern' | 'none';
  /** In a word or some. */
  readonly cause: string;
  readonly why: string;
  readonly where: string;
  readonly first: string;
  readonly share: string;
  readonly relative: string;
  readonly around: readonly {
    readonly key: string;
    readonly a: string;
    readonly b: string;
    readonly isFirst: boolean;
  }[];
  /** Absent where there are too many columns. */
  readonly drawn: Drawn | undefined;
}

interface Drawn {
  /** Share of rows that differ, in equal parts of the table. */
  readonly course: readonly number[];
  /** By rows from the first difference. */
  readonly a: Series['points'];
  readonly b: Series['points'];
}

export function Compared({ id, open, ...column }: ComparedProps & { readonly id: string; readonly open: boolean }) {
  const { name, kind, why, where, around, drawn } = column;
  const rows = around.map(({ key, a, b, isFirst }) =>
    isFirst ? [key, a, b].map((cell) => <b>{cell}</b>) : [key, a, b],
  );
  return (
    <details class={`compared ${kind}`} id={id} open={open}>
      <summary>
        <b>{name}</b> <span>{why}</span>
      </summary>
      <p class="soft">{where}</p>
      {drawn !== undefined && <Plots {...drawn} />}
      <Table class="figures" head={['key', 'A', 'B']} rows={rows} />
    </details>
  );
}

function Plots({ course, a, b }: Drawn) {
  const values = [...a, ...b].map(([, y]) => y);
  const places = [...a, ...b].map(([x]) => x);
  const percents = course.map((share) => 100 * share);
  return (
    <div class="plots">
      {values.length > 1 && (
        <LinePlot
          axes={{
            title: 'Where they part',
            x: 'rows from the first difference',
            from: Math.min(...places),
            to: Math.max(...places, Math.min(...places) + 1),
            y: 'value',
            ...roundEnds(Math.min(...values), Math.max(...values)),
          }}
          series={[
            { name: 'A', points: a },
            { name: 'B', points: b, dashed: true },
          ]}
        />
      )}
      <HistogramPlot
        axes={{ title: 'Rows that differ', x: '% of the table', from: 0, to: 100, y: '% of the rows' }}
        series={[{ name: 'from the first row to the last', heights: percents }]}
      />
    </div>
  );
}
