/** What trades on a model's word would have gained, at once and a row late, before costs and after. */
import type { Evidence } from 'minotaur-core/internal/model/evaluation/evidence';
import { count } from './numbers.ts';
import { roundTop } from './plot/axes.ts';
import { LinePlot, type Series } from './plot/line-plot.tsx';
import { Table } from './table.tsx';

/** Sums of gains by time, in the unit of {@link TradingProps}. */
export interface EquityCurves {
  /** Entered at once, before costs. */
  readonly gross: Series['points'];
  /** The same after costs. */
  readonly net: Series['points'];
  /** Entered a row late, after costs. */
  readonly late: Series['points'];
}

/** What there is to say of trades. */
export interface TradingProps {
  /** Of a round trip, as a fraction of the price. */
  readonly costs: number;
  /** What time is counted in: `days`. */
  readonly unit: string;
  /** What the figures leave out. */
  readonly note: string;
}

interface JudgedTrades {
  readonly name: string;
  /** Absent of training rows. */
  readonly evidence?: Pick<Evidence, 'trading' | 'late'> | undefined;
  /** Empty of training rows. */
  readonly equity: EquityCurves;
}

type Figures = Evidence['trading'];

const digits = (value: number): string => (Number.isFinite(value) ? value.toFixed(1) : 'none');

const share = (value: number, places = 3): string =>
  Number.isFinite(value) ? `${(100 * value).toFixed(places)}\u00a0%` : 'none';

const rangeOf = ([from, to]: readonly [number, number]): string =>
  Number.isFinite(from) ? `${(100 * from).toFixed(3)} \u2013 ${share(to)}` : 'too few trades';

type TradingRow = readonly [name: string, cell: (trading: Figures, late: Figures) => string];

/** What is named by what was paid: before costs where none were given. */
const tradingRows = (paid: string): readonly TradingRow[] => [
  ['trades, of signals', (t) => `${count(t.trades)} of ${count(t.signals)}`],
  ['mean trade before costs', (t) => share(t.gross)],
  ['between, 95 %', (t) => rangeOf(t.grossInterval)],
  ['the same a row late', (_, late) => share(late.gross)],
  ['between, 95 %', (_, late) => rangeOf(late.grossInterval)],
  ...(paid === 'after costs' ? [[`mean trade ${paid}`, (t: Figures) => share(t.net)] as const] : []),
  ...(paid === 'after costs' ? [['the same a row late', (_: Figures, t: Figures) => share(t.net)] as const] : []),
  ['trades that gain', (t) => share(t.hitRate, 1)],
  ['trades a day', (t) => digits(t.perDay)],
  ['time in the market', (t) => share(t.inMarket, 1)],
  [`sum ${paid}`, (t) => share(t.total, 2)],
  ['the same a row late', (_, late) => share(late.total, 2)],
  ['worst below its top', (t) => share(t.drawdown, 2)],
  ['bought and held', (t) => share(t.hold, 2)],
];

export function Trading({
  splits,
  trading: { costs, unit, note },
}: {
  readonly splits: readonly JudgedTrades[];
  readonly trading: TradingProps;
}) {
  const judged = splits.flatMap(({ name, evidence, equity }) => (evidence ? [{ name, equity, ...evidence }] : []));
  if (judged.length === 0) return null;
  const after = costs > 0 ? 'after costs' : 'before costs';
  const rows = tradingRows(after).map(([name, cell]) => [
    name,
    ...judged.map(({ trading, late }) => cell(trading, late)),
  ]);
  const paid = costs > 0 ? `a round trip costs ${share(costs)}` : 'costs are left out, which no venue does';
  return (
    <>
      <h2>Trades</h2>
      <p class="soft">{`One position at a time, entered from the threshold on; ${paid}. A row late: entered as the next row is, held by its barriers. ${note}`}</p>
      <div class="plots">
        <Table class="figures" head={['', ...judged.map(({ name }) => name)]} rows={rows} />
        {judged.map(({ name, equity }) => (
          <Equity name={name} equity={equity} unit={unit} costs={costs} />
        ))}
      </div>
    </>
  );
}

interface EquityProps {
  readonly name: string;
  readonly equity: EquityCurves;
  readonly unit: string;
  readonly costs: number;
}

function Equity({ name, equity: { gross, net, late }, unit, costs }: EquityProps) {
  const series: Series[] =
    costs > 0
      ? [
          { name: 'before costs', points: gross, colour: 3, dashed: true },
          { name: 'after costs', points: net, colour: 0 },
          { name: 'a row late, after costs', points: late, colour: 4 },
        ]
      : [
          { name: 'at once', points: gross, colour: 0 },
          { name: 'a row late', points: late, colour: 4 },
        ];
  const all = series.flatMap(({ points }) => points);
  const [low, high] = [Math.min(0, ...all.map(([, y]) => y)), Math.max(0, ...all.map(([, y]) => y))];
  const axes = {
    title: `Sum of returns, ${name}`,
    x: unit,
    y: '%',
    from: Math.min(...all.map(([x]) => x)),
    to: Math.max(...all.map(([x]) => x)),
    top: high > 0 || low === 0 ? roundTop(high) : 0,
    bottom: low < 0 ? -roundTop(-low) : 0,
  };
  return <LinePlot axes={axes} series={series} />;
}
