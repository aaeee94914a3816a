/** Bars, features and rows of trades, computed in a page and kept there. */
import type { Engine } from 'minotaur-core/internal/chain/contract';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseConfig, type Config } from 'minotaur-core/internal/config/config';
import { createEngine } from 'minotaur-core/internal/config/engine';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import type { BuiltTrades, ViewedProblem } from '#view';
import { parseText } from '../files/config-text.ts';
import { createUsage } from '../runs/chain/usage.ts';
import { clockOf, type ViewedClock } from '../viewer/clock.ts';
import { distributionOf } from '../viewer/distribution.ts';
import { keepLast } from '../viewer/kept.ts';
import { lineOf, type Line } from '../viewer/lines.ts';
import { foldable } from '../viewer/ranges.ts';
import { sceneOf } from '../viewer/scene.ts';
import type { WindowedRun } from '../viewer/window.ts';
import { CONFIGURATION } from './change.ts';
import { settleBy } from './find.ts';
import type { Handed } from './handed.ts';
import { createKeptBars, createKeptRows, createRoom, type KeptBars, type KeptRows } from './kept.ts';
import { newestRows, rowsAsCsv } from './rows-text.ts';

/** What was built, and what a page may ask of it. */
export interface Built {
  readonly told: BuiltTrades;
  readonly run: WindowedRun;
  distribution(feature: number): ReturnType<typeof distributionOf>;
  csv(): Blob;
}

/** Problems that are listed. */
const LISTED = 1000;
/** Features that are held as lines at a time. */
const LINES = 32;

/** @throws {MinotaurError} for what a build of the command line refuses, and for more rows than a page holds */
export async function buildTrades(handed: Handed, text: string, onTrades: (trades: number) => void): Promise<Built> {
  const started = performance.now();
  const parsed = parseConfig(parseText(text, CONFIGURATION), CONFIGURATION);
  requireOne(parsed);
  const { config, inputs } = await settleBy(parsed, handed);
  const room = createRoom();
  const digest = createRowDigest();
  const bars = createKeptBars(room);
  const usage = createUsage();
  const problems: { listed: ViewedProblem[]; total: number } = { listed: [], total: 0 };
  let rows: KeptRows | undefined;
  let place: (row: number) => string = String;
  const engine = createEngine(config, {
    onRows(block) {
      digest.add(block);
      (rows ??= createKeptRows(block.width, room)).add(block);
    },
    onBars: bars.add,
    onNotice(notice) {
      usage.add(place, notice);
      const { problem, handling, expected, found, count, row } = notice;
      if (problems.total++ < LISTED)
        problems.listed.push({ place: place(row), problem, handling, expected, found, count, time: null });
    },
  });
  requireTrades(engine);
  const before = engine.counts();
  const source = await handed.open(Object.values(inputs)[0]);
  for await (const { block, facts } of source.blocks()) {
    place = facts.place ?? String;
    engine.push(block, facts);
    onTrades(block.length);
  }
  usage.require(before, engine.counts());
  if (rows === undefined) failNoRow(handed, engine);
  const run = runOf(engine, rows, bars);
  const readyRows = run.ready.values.reduce((sum, flag) => sum + flag, 0);
  const { columns } = engine;
  const scene = sceneOf({
    ...run,
    problems,
    rows: { time: run.time },
    manifest: { columns, counts: { bars: engine.counts().bars, readyRows, completeRows: completeRows(run) } },
  });
  return {
    told: {
      scene,
      digest: digest.hex(),
      schemaId: engine.schema.id,
      trades: engine.counts().trades,
      rows: rows.length(),
      readyRows,
      clocks: featureClocks(engine),
      newest: newestRows(columns, rows),
      seconds: (performance.now() - started) / 1000,
    },
    run,
    distribution: (feature) => distributionOf((rows as KeptRows).feature(feature), run.ready.values),
    csv: () => rowsAsCsv(columns, rows as KeptRows),
  };
}

function requireOne({ instruments }: Config): void {
  const names = Object.keys(instruments ?? {});
  if (names.length > 1)
    fail('config', 'instruments', 'one, whose file this is (the command line takes several)', names.join(', '));
}

/** Bars and series have files of their own, which a page is not handed. */
function requireTrades({ plan }: Engine): void {
  const other = plan.clocks.find(({ source }) => source.type === 'given' || source.type === 'series');
  if (other !== undefined)
    fail(
      'config',
      `clocks.${other.name}`,
      'bars of trades (the command line takes files of others)',
      other.source.type,
    );
}

function failNoRow({ name }: Handed, { plan, counts }: Engine): never {
  const { name: clock } = plan.clocks[plan.drive];
  const found = `${counts().trades.toLocaleString('en')} trades, and no bar of ${clock} was closed: a lower threshold closes some`;
  return fail('input', name, `trades enough for a row, which comes with a bar of ${clock}`, found);
}

/** Those of bars, the one that drives first. */
function featureClocks({ plan }: Engine): string[] {
  const names = plan.clocks.map(({ name }) => name);
  return [names[plan.drive], ...names.filter((_, i) => i !== plan.drive)];
}

function runOf(engine: Engine, rows: KeptRows, bars: KeptBars) {
  const time = rows.time();
  const clocks = featureClocks(engine).filter((name) => bars.length(name) > 0);
  return {
    time,
    clocks,
    ready: foldable(rows.ready(), 'sum'),
    complete: foldable(rows.complete(), 'sum'),
    folds: [],
    clock: keepLast(clocks.length, async (name: string): Promise<ViewedClock> => {
      return clockOf(name, bars.columns(name), { time, drive: name === clocks[0] });
    }),
    feature: keepLast(LINES, async (index: number): Promise<Line> => lineOf(rows.feature(index))),
  };
}

/** Rows that are ready and lack no trade, as a manifest counts them. */
function completeRows({ ready, complete }: ReturnType<typeof runOf>): number {
  return ready.values.reduce((sum, flag, row) => sum + flag * complete.values[row], 0);
}
