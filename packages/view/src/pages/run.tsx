/** What a run did: whether history and live agree, every step, and where everything lies. */
import charts from 'client:charts';
import { Banner, type BannerProps } from '../parts/banner.tsx';
import { chartData, type Charts } from '../parts/chart-data.ts';
import { CheckTable, type Check } from '../parts/check-table.tsx';
import { Facts, type Fact } from '../parts/facts.tsx';
import { Embedded } from '../parts/place.tsx';
import { renderPage } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';
import { Tiles, type Tile } from '../parts/tiles.tsx';
import style from '../style/run.css';

/** A step, as the page says it. */
export interface Step {
  readonly name: string;
  /** What came of it. */
  readonly what: string;
  /** Absent where it compares nothing, or could not. */
  readonly holds?: boolean;
  readonly seconds: number;
  /** Whether it was taken before. */
  readonly unchanged: boolean;
  /** What it left, from the page on. */
  readonly files: readonly string[];
}

export interface RunProps {
  readonly title: string;
  readonly lead: string;
  readonly banner: BannerProps;
  readonly tiles: readonly Tile[];
  /** What of the files was lost, or somebody should look at. */
  readonly taken: readonly Fact[];
  readonly steps: readonly Step[];
  readonly digests: readonly (readonly [run: string, sha256: string])[];
  /** What can be said of the model, and what casts doubt on it. */
  readonly model?: BannerProps & { readonly warnings: readonly string[] };
  readonly charts: Charts;
  /** The command that opens all bars and features. */
  readonly open: string;
  readonly checks: readonly Check[];
}

export function renderRunPage(props: RunProps): string {
  const { title, lead, banner, tiles, taken, steps, digests, model, charts: drawn, open, checks } = props;
  return renderPage({
    title,
    lead,
    style,
    scripts: [charts],
    children: (
      <>
        <Banner {...banner} />
        <Tiles of={tiles} />
        {taken.length > 0 && (
          <>
            <h2>What was read</h2>
            <Facts of={taken} />
          </>
        )}
        <h2>Steps</h2>
        <Table
          class="steps"
          head={['step', '', 'what came of it', 'seconds', 'left']}
          rows={steps.map((step) => [
            step.name,
            <Mark {...step} />,
            step.what,
            step.unchanged ? <span class="soft">unchanged</span> : step.seconds.toFixed(1),
            step.files.map((file) => (
              <>
                <a href={file}>{file}</a>{' '}
              </>
            )),
          ])}
        />
        {model !== undefined && <ModelVerdict {...model} />}
        <h2>{drawn.title}</h2>
        <ChartPlaces {...drawn} />
        <p>
          All bars and features, with labels and predictions: <code>{open}</code>
        </p>
        {checks.length > 0 && (
          <>
            <h2>Checks</h2>
            <CheckTable checks={checks} failures="verdict.html" />
          </>
        )}
        <h2>Digests</h2>
        <Table class="digests" head={['of', 'SHA-256']} rows={digests.map(([run, sum]) => [run, <code>{sum}</code>])} />
      </>
    ),
  });
}

/** Not in the colours of a verdict on the chain, which stands first. */
function ModelVerdict({ word, text, warnings }: NonNullable<RunProps['model']>) {
  return (
    <>
      <h2>Model</h2>
      <p>
        <b>{`${word}.`}</b> {text} <a href="model.html">Curves, trades, and on how many labels it rests</a>
      </p>
      {warnings.map((warning) => (
        <p class="soft">{warning}</p>
      ))}
    </>
  );
}

function Mark({ holds }: Step) {
  if (holds === undefined) return null;
  return <span class={holds ? 'holds' : 'fails'}>{holds ? '✓ holds' : '✗ FAILS'}</span>;
}

/** Places for candles and lines, which a script fills. */
function ChartPlaces(drawn: Charts) {
  return (
    <>
      <div class="chart" id="candles" />
      {drawn.lines.map(({ title }, i) => (
        <>
          <div class="chart-title">{title}</div>
          <div class="chart low" id={`line${i}`} />
        </>
      ))}
      <p class="soft small">
        Grey: rows that are not ready yet. Charts: TradingView Lightweight Charts™, Copyright © TradingView, Inc.{' '}
        <a href="https://www.tradingview.com/">www.tradingview.com</a>
      </p>
      <Embedded of="charts" value={chartData(drawn)} />
    </>
  );
}
