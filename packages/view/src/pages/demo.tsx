/** What the demo did: history against live, on simulated trades. */
import charts from 'client:charts';
import { Banner, type BannerProps } from '../parts/banner.tsx';
import { chartData, type Charts } from '../parts/chart-data.ts';
import { CheckTable, type Check } from '../parts/check-table.tsx';
import { Failures, type Failure } from '../parts/failures.tsx';
import { Embedded } from '../parts/place.tsx';
import { renderPage } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';
import { Tiles, type Tile } from '../parts/tiles.tsx';
import { Timeline, type Ribbon } from '../parts/timeline.tsx';
import style from '../style/demo.css';

export interface DemoProps {
  readonly banner: BannerProps;
  readonly tiles: readonly Tile[];
  readonly digests: readonly (readonly [run: string, sha256: string])[];
  /** What can be said of the model, and where its page is from here. */
  readonly model: BannerProps & { readonly page: string };
  readonly charts: Charts;
  readonly checks: readonly Check[];
  readonly failures: readonly Failure[];
  readonly ribbons: readonly Ribbon[];
  readonly timings: readonly (readonly [step: string, seconds: string, what: string])[];
}

export function renderDemoPage(props: DemoProps): string {
  return renderPage({
    title: 'Minotaur: demo',
    lead: 'Simulated trades, built as history and replayed as live.',
    style,
    scripts: [charts],
    children: (
      <>
        <Banner {...props.banner} />
        <Tiles of={props.tiles} />
        <h2>Digests</h2>
        <Table
          class="digests"
          head={['run', 'SHA-256']}
          rows={props.digests.map(([run, sum]) => [run, <code>{sum}</code>])}
        />
        <h2>Model</h2>
        <ModelVerdict {...props.model} />
        <h2>{props.charts.title}</h2>
        <ChartPlaces {...props.charts} />
        <h2>Checks</h2>
        <CheckTable checks={props.checks} />
        <Failures of={props.failures} />
        {props.ribbons.length > 0 && (
          <>
            <h2>Checks over time</h2>
            <Timeline ribbons={props.ribbons} />
          </>
        )}
        <h2>Timings</h2>
        <Table class="timings" head={['step', 'seconds', 'what']} rows={props.timings} />
      </>
    ),
  });
}

/** Not in the colours of a verdict on the chain, which stands first. */
function ModelVerdict({ word, text, page }: DemoProps['model']) {
  return (
    <p>
      <b>{`${word}.`}</b> {text} <a href={page}>The page of the model</a>
    </p>
  );
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
        Charts: TradingView Lightweight Charts™, Copyright © TradingView, Inc.{' '}
        <a href="https://www.tradingview.com/">www.tradingview.com</a>
      </p>
      <Embedded of="charts" value={chartData(drawn)} />
    </>
  );
}
