/** How good a model's probabilities are, split by split, and how much that is worth. */
import type { Evidence } from 'minotaur-core/internal/model/evidence';
import type { Independence } from 'minotaur-core/internal/model/independent';
import type { Metrics } from 'minotaur-core/internal/model/metrics';
import { Banner, type BannerProps } from '../parts/banner.tsx';
import { Bars } from '../parts/bars.tsx';
import { count, percent } from '../parts/numbers.ts';
import { roundTop } from '../parts/plot/axes.ts';
import { HistogramPlot, type Histogram } from '../parts/plot/histogram-plot.tsx';
import { LinePlot, type Series } from '../parts/plot/line-plot.tsx';
import { renderPage } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';
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
  /** Mean probability and share of label 1, bin by bin. */
  readonly reliability: Series['points'];
  /** Sum of gains after costs by time, in `Equity.unit`; empty of training rows. */
  readonly equity: Series['points'];
}

export interface Importance {
  readonly feature: string;
  readonly value: number;
}

/** What there is to say of trades. */
interface TradingProps {
  /** Of a round trip, as a fraction of the price. */
  readonly costs: number;
  /** What time is counted in: `days`. */
  readonly unit: string;
  /** What the figures leave out. */
  readonly note: string;
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
}

export function renderModelPage(props: ModelProps): string {
  const { title, lead, banner, warnings, threshold, splits, trading, scores, importanceUnit, importances } = props;
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
          {`Precision, recall and F1 call positive what scores at or above ${Number(threshold.toPrecision(6))}. Below a score: between which values it lies, 95 %. Training rows are no evidence; calibration, threshold and trees were chosen by validation rows.`}
        </p>
        <Trading splits={splits} trading={trading} />
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

const share = (value: number, places = 3): string =>
  Number.isFinite(value) ? `${(100 * value).toFixed(places)}\u00a0%` : 'none';

const rangeOf = ([from, to]: readonly [number, number]): string =>
  Number.isFinite(from) ? `${(100 * from).toFixed(3)} \u2013 ${share(to)}` : 'too few trades';

type TradingRow = readonly [name: string, cell: (trading: Evidence['trading']) => string];

/** What is named by what was paid: before costs where none were given. */
const tradingRows = (paid: string): readonly TradingRow[] => [
  ['trades, of signals', (t) => `${count(t.trades)} of ${count(t.signals)}`],
  ['mean trade before costs', (t) => share(t.gross)],
  ['between, 95 %', (t) => rangeOf(t.grossInterval)],
  ...(paid === 'after costs' ? [[paid, (t: Evidence['trading']) => share(t.net)] as const] : []),
  ['trades that gain', (t) => share(t.hitRate, 1)],
  ['trades a day', (t) => digits(t.perDay, 1)],
  ['time in the market', (t) => share(t.inMarket, 1)],
  [`sum ${paid}`, (t) => share(t.total, 2)],
  ['worst below its top', (t) => share(t.drawdown, 2)],
  ['bought and held', (t) => share(t.hold, 2)],
];

/** What trades on the model's word would have gained. */
function Trading({ splits, trading: { costs, unit, note } }: Pick<ModelProps, 'splits' | 'trading'>) {
  const judged = splits.flatMap(({ name, evidence }) => (evidence ? [{ name, trading: evidence.trading }] : []));
  if (judged.length === 0) return null;
  const after = costs > 0 ? 'after costs' : 'before costs';
  const rows = tradingRows(after).map(([name, cell]) => [name, ...judged.map(({ trading }) => cell(trading))]);
  const paid = costs > 0 ? `a round trip costs ${share(costs)}` : 'costs are left out, which no venue does';
  return (
    <>
      <h2>Trades</h2>
      <p class="soft">{`One position at a time, entered from the threshold on; ${paid}. ${note}`}</p>
      <div class="plots">
        <Table class="figures" head={['', ...judged.map(({ name }) => name)]} rows={rows} />
        <Equity splits={splits} unit={unit} paid={after} />
      </div>
    </>
  );
}

interface EquityProps {
  readonly splits: readonly MeasuredSplit[];
  readonly unit: string;
  /** `before costs` or `after costs`. */
  readonly paid: string;
}

function Equity({ splits, unit, paid }: EquityProps) {
  // In the colours that the splits have in every plot.
  const series = splits
    .map(({ name, equity }, colour) => ({ name, points: equity, colour }))
    .filter(({ points }) => points.length > 0);
  const all = series.flatMap(({ points }) => points);
  const [low, high] = [Math.min(0, ...all.map(([, y]) => y)), Math.max(0, ...all.map(([, y]) => y))];
  const axes = {
    title: `Sum of returns ${paid}`,
    x: unit,
    y: '%',
    from: 0,
    to: Math.max(...all.map(([x]) => x)),
    top: high > 0 || low === 0 ? roundTop(high) : 0,
    bottom: low < 0 ? -roundTop(-low) : 0,
  };
  return <LinePlot axes={axes} series={series} />;
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
