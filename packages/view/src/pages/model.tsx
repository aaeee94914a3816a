/** How good a model's probabilities are, split by split, and how much that is worth. */
import type { Evidence } from 'minotaur-core/internal/model/evaluation/evidence';
import type { Independence } from 'minotaur-core/internal/model/evaluation/independent';
import type { Metrics } from 'minotaur-core/internal/model/evaluation/metrics';
import { Banner, type BannerProps } from '../parts/banner.tsx';
import { Calibration } from '../parts/calibration.tsx';
import { Folds, type FoldRibbon } from '../parts/folds.tsx';
import { ImportanceBars, LossesWithout, type Importance, type Losses } from '../parts/importances.tsx';
import { count, percent } from '../parts/numbers.ts';
import { HistogramPlot, type Histogram } from '../parts/plot/histogram-plot.tsx';
import { LinePlot, type Series } from '../parts/plot/line-plot.tsx';
import { renderPage } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';
import { Trading, type EquityCurves, type TradingProps } from '../parts/trading.tsx';
import { Training, Trials, type CurveEpoch, type Trial } from '../parts/training.tsx';
import style from '../style/model.css';

export interface MeasuredSplit {
  readonly name: string;
  readonly metrics: Metrics;
  readonly independent: Independence;
  /** Absent of training rows. */
  readonly evidence?: Evidence | undefined;
  /** Empty where the split has one class. */
  readonly roc: Series['points'];
  readonly precisionRecall: Series['points'];
  /** Empty of training rows. */
  readonly equity: EquityCurves;
}

export interface ModelProps {
  readonly title: string;
  readonly lead: string;
  /** What can be said of the test rows. */
  readonly banner: BannerProps;
  readonly warnings: readonly string[];
  /** What scores at or above it is called positive. */
  readonly threshold: number;
  readonly splits: readonly MeasuredSplit[];
  readonly trading: TradingProps;
  /** Shares of each class by probability, of one split. */
  readonly scores: { readonly split: string; readonly classes: readonly Histogram[] };
  /** What the importances are: `gain`, `|coefficient|`. */
  readonly importanceUnit: string;
  /** Greatest first. */
  readonly importances: readonly Importance[];
  /** Of the splits. */
  readonly folds: readonly FoldRibbon[];
  /** Empty where the training left none. */
  readonly curve: readonly CurveEpoch[];
  /** Empty where none are known. */
  readonly trials: readonly Trial[];
  /** Absent where nobody asked. */
  readonly losses?: Losses | undefined;
}

export function renderModelPage(props: ModelProps): string {
  const { title, lead, banner, warnings, threshold, splits, trading, scores, importanceUnit, importances } = props;
  const { folds, curve, trials, losses } = props;
  return renderPage({
    title,
    lead,
    style,
    scripts: [],
    children: (
      <>
        <Banner {...banner} />
        {warnings.length > 0 && (
          <ul class="warnings">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        )}
        <h2>Figures</h2>
        <MetricsTable splits={splits} />
        <p class="soft">
          {`Precision, recall and F1 call positive what scores at or above ${Number(threshold.toPrecision(6))}. Below a score: between which values it lies, 95 %. Training rows are no evidence; calibration, threshold and where training ended were chosen by validation rows.`}
        </p>
        <Trading splits={splits} trading={trading} />
        <Calibration splits={splits} />
        <h2>Curves</h2>
        <Curves splits={splits} scores={scores} />
        <Folds folds={folds} />
        <Training curve={curve} />
        <Trials trials={trials} />
        {losses !== undefined && <LossesWithout {...losses} />}
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

const digits = (value: number, places = 4): string => (Number.isFinite(value) ? value.toFixed(places) : 'none');

const SCORES = [
  ['ROC AUC', 'rocAuc'],
  ['PR AUC', 'prAuc'],
  ['Brier', 'brier'],
  ['log loss', 'logLoss'],
  ['precision', 'precision'],
  ['recall', 'recall'],
  ['F1', 'f1'],
] as const;

/** A score, and between which values it lies. */
function Score({
  value,
  interval,
}: {
  readonly value: number;
  readonly interval?: readonly [number, number] | undefined;
}) {
  return (
    <>
      {digits(value)}
      {interval !== undefined && Number.isFinite(interval[0]) && (
        <small>{interval.map((end) => digits(end, end < 1 ? 3 : 2)).join('\u2013')}</small>
      )}
    </>
  );
}

/** A row a metric, a column a split: fits a narrow screen. */
function MetricsTable({ splits }: Pick<ModelProps, 'splits'>) {
  const row = (name: string, cell: (split: MeasuredSplit) => string) => [name, ...splits.map(cell)];
  const rows = [
    row('rows', ({ metrics }) => count(metrics.rows)),
    row('independent labels', ({ independent }) => count(independent.labels)),
    row('mean uniqueness', ({ independent }) => digits(independent.uniqueness, 3)),
    row('positive', ({ metrics: m }) => `${count(m.positives)} (${percent(m.positives / m.rows)})`),
    ...SCORES.map(([name, key]) => [
      name,
      ...splits.map(({ metrics, evidence }) => <Score value={metrics[key]} interval={evidence?.intervals[key]} />),
    ]),
    row('ROC AUC by chance, up to', ({ evidence }) =>
      evidence === undefined ? '' : digits(evidence.chance.reaches, 3),
    ),
    row('p of the ROC AUC', ({ evidence }) => (evidence === undefined ? '' : digits(evidence.chance.p, 3))),
    row('called', ({ metrics }) => count(metrics.called)),
  ];
  return <Table class="figures" head={['', ...splits.map(({ name }) => name)]} rows={rows} />;
}

function Curves({ splits, scores }: Pick<ModelProps, 'splits' | 'scores'>) {
  const series = (points: 'roc' | 'precisionRecall'): Series[] =>
    splits.map((split) => ({ name: split.name, points: split[points] }));
  const axes = (title: string, x: string, y: string) => ({ title, x, y, top: 1 });
  return (
    <div class="plots">
      <LinePlot axes={axes('ROC', 'false positive rate', 'true positive rate')} series={series('roc')} diagonal />
      <LinePlot axes={axes('Precision and recall', 'recall', 'precision')} series={series('precisionRecall')} />
      <HistogramPlot
        axes={{ title: `Scores, ${scores.split}`, x: 'probability', y: 'share of the class' }}
        series={scores.classes}
      />
    </div>
  );
}
