/** How good a model's probabilities are, split by split. */
import type { Metrics } from 'minotaur-core/internal/model/metrics';
import { Bars } from '../parts/bars.tsx';
import { count, percent } from '../parts/numbers.ts';
import { HistogramPlot, type Histogram } from '../parts/plot/histogram-plot.tsx';
import { LinePlot, type Series } from '../parts/plot/line-plot.tsx';
import { renderPage } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';
import style from '../style/model.css';

export interface MeasuredSplit {
  readonly name: string;
  readonly metrics: Metrics;
  /** Empty where the split has one class. */
  readonly roc: Series['points'];
  readonly precisionRecall: Series['points'];
  /** Mean probability and share of label 1, bin by bin. */
  readonly reliability: Series['points'];
}

export interface Importance {
  readonly feature: string;
  readonly value: number;
}

export interface ModelProps {
  readonly title: string;
  readonly lead: string;
  /** What scores at or above it is called positive. */
  readonly threshold: number;
  readonly splits: readonly MeasuredSplit[];
  /** Shares of each class by probability, of one split. */
  readonly scores: { readonly split: string; readonly classes: readonly Histogram[] };
  /** What the importances are: `gain`, `|coefficient|`. */
  readonly importanceUnit: string;
  /** Greatest first. */
  readonly importances: readonly Importance[];
}

export function renderModelPage(props: ModelProps): string {
  const { title, lead, threshold, splits, scores, importanceUnit, importances } = props;
  return renderPage({
    title,
    lead,
    style,
    scripts: [],
    children: (
      <>
        <h2>Figures</h2>
        <MetricsTable splits={splits} />
        <p class="soft">{`Precision, recall and F1 call positive what scores at or above ${Number(threshold.toPrecision(6))}.`}</p>
        <h2>Curves</h2>
        <Curves splits={splits} scores={scores} />
        {importances.length > 0 && (
          <>
            <h2>{`Features by ${importanceUnit}`}</h2>
            <ImportanceBars of={importances} />
          </>
        )}
      </>
    ),
  });
}

const digits = (value: number): string => (Number.isFinite(value) ? value.toFixed(4) : 'none');

const FIGURES: readonly (readonly [name: string, cell: (metrics: Metrics) => string])[] = [
  ['rows', (m) => count(m.rows)],
  ['positive', (m) => `${count(m.positives)} (${percent(m.positives / m.rows)})`],
  ['ROC AUC', (m) => digits(m.rocAuc)],
  ['PR AUC', (m) => digits(m.prAuc)],
  ['Brier', (m) => digits(m.brier)],
  ['log loss', (m) => digits(m.logLoss)],
  ['precision', (m) => digits(m.precision)],
  ['recall', (m) => digits(m.recall)],
  ['F1', (m) => digits(m.f1)],
  ['called', (m) => count(m.called)],
];

/** A row a metric, a column a split: fits a narrow screen. */
function MetricsTable({ splits }: Pick<ModelProps, 'splits'>) {
  const rows = FIGURES.map(([name, cell]) => [name, ...splits.map(({ metrics }) => cell(metrics))]);
  return <Table class="figures" head={['', ...splits.map(({ name }) => name)]} rows={rows} />;
}

function Curves({ splits, scores }: Pick<ModelProps, 'splits' | 'scores'>) {
  const series = (points: 'roc' | 'precisionRecall' | 'reliability'): Series[] =>
    splits.map((split) => ({ name: split.name, points: split[points] }));
  const axes = (title: string, x: string, y: string) => ({ title, x, y, top: 1 });
  return (
    <div class="plots">
      <LinePlot axes={axes('ROC', 'false positive rate', 'true positive rate')} series={series('roc')} diagonal />
      <LinePlot axes={axes('Precision and recall', 'recall', 'precision')} series={series('precisionRecall')} />
      <LinePlot
        axes={axes('Reliability', 'mean probability', 'share of label 1')}
        series={series('reliability')}
        diagonal
        dots
      />
      <HistogramPlot
        axes={{ title: `Scores, ${scores.split}`, x: 'probability', y: 'share of the class' }}
        series={scores.classes}
      />
    </div>
  );
}

function ImportanceBars({ of }: { readonly of: readonly Importance[] }) {
  const bars = of.map(({ feature, value }) => ({
    label: <code>{feature}</code>,
    value,
    figure: String(Number(value.toPrecision(4))),
    colour: 'var(--blue)',
  }));
  return <Bars of={bars} />;
}
