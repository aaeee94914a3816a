/** What files are: first what has to be decided, then what was found, over time, by value, by the hours of the week. */
import { Banner, type BannerProps } from './banner.tsx';
import { Facts } from './facts.tsx';
import { Key } from './key.tsx';
import { roundEnds } from './plot/axes.ts';
import { HistogramPlot } from './plot/histogram-plot.tsx';
import { LinePlot, type Series } from './plot/line-plot.tsx';
import { Table } from './table.tsx';
import { Tiles, type Tile } from './tiles.tsx';
import { Week, type WeekProps } from './week.tsx';

export interface FindingProps {
  readonly name: string;
  readonly kind: 'wrong' | 'note';
  readonly text: string;
  /** As a configuration has it. */
  readonly mend: string | null;
  readonly places: readonly string[];
}

/** Of trades. */
export interface MarketProps {
  /** Stretches of equal length, from the first trade on. */
  readonly over: {
    /** Unit of the axis: `hours`. */
    readonly unit: string;
    readonly length: number;
    /** Prices at the ends of stretches that have any. */
    readonly price: Series['points'];
    readonly turnover: readonly number[];
  };
  /** Trades by the logarithm of their value, from `from` on in equal steps up to `to`. */
  readonly values: { readonly from: number; readonly to: number; readonly trades: readonly number[] };
  /** Absent where the span has not even a day. */
  readonly week?: WeekProps | undefined;
  readonly thresholds: readonly (readonly [barsPerDay: string, threshold: string])[];
  /** What each clock of a configuration to begin with needs. */
  readonly warmup: readonly (readonly [clock: string, bars: string, time: string, share: string])[];
  readonly warmupText: string;
}

export interface InspectionProps {
  readonly banner: BannerProps;
  readonly tiles: readonly Tile[];
  readonly findings: readonly FindingProps[];
  readonly facts: readonly (readonly [term: string, text: string])[];
  /** Absent where the files are no trades. */
  readonly market?: MarketProps | undefined;
}

/** At a glance. */
export function InspectionHead({ banner, tiles }: Pick<InspectionProps, 'banner' | 'tiles'>) {
  return (
    <>
      <Banner {...banner} />
      <Tiles of={tiles} />
    </>
  );
}

/** What a person has to know. */
export function Findings({ of }: { readonly of: InspectionProps['findings'] }) {
  if (of.length === 0) return null;
  return (
    <>
      <h2>What to know</h2>
      <div class="findings">{of.map(Finding)}</div>
    </>
  );
}

/** Term by term, and drawn. */
export function FoundFacts({ facts, market }: Pick<InspectionProps, 'facts' | 'market'>) {
  return (
    <>
      <h2>What it is</h2>
      <Facts of={facts} />
      {market !== undefined && <Market {...market} />}
    </>
  );
}

function Finding({ name, kind, text, mend, places }: FindingProps) {
  return (
    <div class={`finding ${kind}`} key={text}>
      <b>{kind === 'wrong' ? `${name}: to be decided` : name}</b>
      <p>{text}</p>
      {mend !== null && (
        <p>
          <code>{mend}</code>
        </p>
      )}
      {places.length > 0 && (
        <ul>
          {places.map((place) => (
            <li key={place}>{place}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Drawn: over time, by value, by the hours of the week. */
export function Market({ over, values, week, thresholds, warmup, warmupText }: MarketProps) {
  const turnover = scaleOf(over.turnover);
  const trades = scaleOf(values.trades);
  const prices = over.price.map(([, price]) => price);
  const x = { x: `${over.unit} since the first trade`, from: 0, to: over.length };
  return (
    <>
      <h2>Over time</h2>
      <div class="plots">
        <LinePlot
          axes={{ title: 'Price', ...x, y: 'quote units', ...roundEnds(Math.min(...prices), Math.max(...prices)) }}
          series={[{ name: 'last of each stretch', points: over.price }]}
        />
        <HistogramPlot
          axes={{ title: 'Turnover', ...x, y: `${turnover.word}quote units` }}
          series={[{ name: 'of each stretch', heights: over.turnover.map((value) => value / turnover.by) }]}
        />
        <HistogramPlot
          axes={{
            title: 'What a trade is worth',
            x: 'log10 of quote units',
            y: `${trades.word}trades`,
            from: values.from,
            to: values.to,
          }}
          series={[{ name: 'a quarter of a decade each', heights: values.trades.map((value) => value / trades.by) }]}
        />
      </div>
      {week !== undefined && <Hours {...week} />}
      <h2>Dollar bars</h2>
      <Table class="figures" head={['bars a day', 'threshold, quote units']} rows={thresholds} />
      <h2>Warm-up</h2>
      <p>{warmupText}</p>
      {warmup.length > 0 && <Table class="figures" head={['clock', 'bars', 'time', 'of the span']} rows={warmup} />}
    </>
  );
}

function Hours(week: WeekProps) {
  return (
    <>
      <h2>Hours of the week, UTC</h2>
      <Week {...week} />
      <Key
        of={[
          { name: week.unit, style: 'background:var(--blue)' },
          { name: 'none in it', style: 'border:1px solid var(--bad)' },
          {
            name: 'not in the span',
            style: 'background:repeating-linear-gradient(45deg,var(--soft) 0 1px,transparent 1px 4px)',
          },
        ]}
      />
    </>
  );
}

/** A thousand, million, ... by which figures of an axis are short. */
function scaleOf(values: readonly number[]): { readonly by: number; readonly word: string } {
  const most = Math.max(0, ...values);
  const [by, word] = SCALES.find(([size]) => most >= size) ?? ([1, ''] as const);
  return { by, word };
}

const SCALES = [
  [1e9, 'billion '],
  [1e6, 'million '],
  [1e3, 'thousand '],
] as const;
