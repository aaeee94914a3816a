/** `minotaur demo`: everything once, on simulated trades, in under a minute. */
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readColumns } from '../../files/parquet/columns-source.ts';
import { simulate } from '../../files/simulate.ts';
import { writeTrades } from '../../files/trades/write-trades.ts';
import { runChain } from '../chain-run.ts';
import type { Manifest } from '../manifest.ts';
import { loadConfig } from '../config-file.ts';
import { demoPage } from '../../pages/demo-page.ts';
import type { Charts } from '../../pages/demo-page.ts';
import { learn, type Timed } from '../demo-learning.ts';
import { formatResult, verifyFiles } from './verify.ts';

export interface DemoFlags {
  readonly trades: number;
  readonly seed: number;
  readonly out: string;
  readonly json?: boolean;
}

/** Events that the demo's verification looks at: enough to close bars of every kind, few enough for a minute in all. */
const VERIFIED = 500_000;
/** Features that the page draws. */
const DRAWN = ['rsi_14_db_s', 'macd_hist_db_s', 'trade_imbalance_db_m', 'close_tb_1min'];
/** Bars that the page draws at most: the newest. */
const CANDLES = 1500;

export async function demo({ trades, seed, out, json }: DemoFlags): Promise<void> {
  const say = (text: string): void => (json ? undefined : console.log(text));
  mkdirSync(out, { recursive: true });
  const file = join(out, 'trades.parquet');
  const loaded = await loadConfig('minotaur');
  const { config } = loaded;
  const timings: [string, string, string][] = [];
  const timed: Timed = async (step, what, work) => {
    const started = performance.now();
    const value = await work();
    timings.push([step, ((performance.now() - started) / 1000).toFixed(2), what]);
    say(`${step.padEnd(9)} ${timings[timings.length - 1][1].padStart(6)} s  ${what}`);
    return value;
  };

  await timed('simulate', `${trades.toLocaleString('en')} trades of seed ${seed}`, () =>
    writeTrades(file, simulate({ trades, seed })),
  );
  const run = (live: boolean): Promise<Manifest> =>
    runChain({
      config,
      trades: [file],
      out: join(out, live ? 'replay' : 'build'),
      live,
      label: live ? 'replay' : 'build',
    });
  const built = await timed('build', 'blocks of many thousand trades', () => run(false));
  const replayed = await timed('replay', 'one trade at a time', () => run(true));
  const same = built.digest === replayed.digest;
  say(
    `\n${same ? 'same bits' : 'NOT THE SAME'}: build  ${built.digest}\n${' '.repeat(same ? 11 : 14)}replay ${replayed.digest}\n`,
  );
  const learned = await learn(file, join(out, 'learn'), timed);
  const sameModel = learned.live === learned.dataSet;
  say(
    `\n${sameModel ? 'same bits' : 'NOT THE SAME'}: predictions over the data set ${learned.dataSet.slice(0, 16)}, live ${learned.live.slice(0, 16)}; test ROC AUC ${learned.auc.toFixed(3)} (a simulated market has nothing to learn)\n`,
  );
  const flags = { trades: [file], config: 'minotaur', limit: VERIFIED, seed: 1 };
  const verdict = await timed('verify', `the first ${VERIFIED.toLocaleString('en')} trades, every check`, () =>
    verifyFiles(flags, loaded, (outcome) => say(formatResult(outcome))),
  );
  const page = join(out, 'report.html');
  const holds = same && sameModel && verdict.holds;
  const facts = {
    verdict,
    learned,
    buildDigest: built.digest,
    replayDigest: replayed.digest,
    figures: figures(built),
    timings,
    charts: await charts(join(out, 'build')),
  };
  await writeFile(page, demoPage(facts));
  if (json) console.log(JSON.stringify({ same, holds, build: built, learned, timings, page }, null, 2));
  else console.log(`\n${holds ? 'Everything holds.' : 'Something does not hold.'} The page: ${page}`);
  if (!holds) process.exitCode = 1;
}

function figures({ counts, columns }: Manifest): [string, string][] {
  return [
    [counts.trades.toLocaleString('en'), 'trades'],
    ...Object.entries(counts.bars).map(([clock, n]): [string, string] => [n.toLocaleString('en'), `${clock} bars`]),
    [counts.rows.toLocaleString('en'), 'rows'],
    [String(columns.length), 'columns a row'],
  ];
}

async function charts(directory: string): Promise<Charts> {
  const bars = await readColumns(join(directory, 'bars', 'short.parquet'), [
    'available_at',
    'open',
    'high',
    'low',
    'close',
  ]);
  const rows = await readColumns(join(directory, 'rows.parquet'), ['time', ...DRAWN]);
  const newest = <T>(values: readonly T[]): T[] => values.slice(-CANDLES);
  const candles = Array.from(bars['available_at'], (time, i) => {
    const at = (name: string): number => bars[name][i];
    return { time, open: at('open'), high: at('high'), low: at('low'), close: at('close') };
  });
  const time = newest(Array.from(rows['time']));
  return {
    title: `Short dollar bars${candles.length > CANDLES ? `, the last ${CANDLES}` : ''}`,
    candles: newest(candles),
    lines: DRAWN.map((title) => ({ title, time, value: newest(Array.from(rows[title])) })),
  };
}
