/** How events get from files into an engine: of one instrument or of many, by the block or one at a time. */
import type { Described, Feed } from 'minotaur-core/internal/chain/contract';
import { sliceTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import { parseSpan } from 'minotaur-core/internal/base/time';
import { openBars, type BarBlock } from '../../files/bars-source.ts';
import {
  barCursor,
  seriesCursor,
  tradeCursor,
  type Cursor,
  type CursorStart,
  type Turn,
} from '../../files/feeds/cursor.ts';
import { inTurns, unread, type InstrumentFeed } from '../../files/feeds/turns.ts';
import { readSeries, type SeriesBlock, type SeriesShape } from '../../files/series-source.ts';
import { expandPaths } from '../../files/paths.ts';
import type { SeamTrade } from '../../files/trades/seam.ts';
import { placeOf, type LeftOut } from '../../files/trades/source-block.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import { openTradesInThread } from '../../files/trades/trade-thread.ts';
import { describeInputs, rowsSeen, type InputFile, type InputPosition, type RowsRead } from '../../store/inputs.ts';
import type { Course } from '../course/options.ts';
import type { RunFiles } from './run-files.ts';

/** Names row `row` of what is being pushed. */
export type Place = (row: number) => string;

/** Files are read as they are: a silence may last for years. */
const maxSilence = Infinity;

export interface FeedJob {
  readonly engine: Feed & Described;
  readonly files: RunFiles;
  /** How the files of each instrument are read. */
  readonly inputs: Readonly<Record<string, SourceOptions>>;
  /** True: one event at a time, as live. */
  readonly live: boolean;
  /** Stop after so many rows. */
  readonly limit: number;
  /** Inputs that the state to go on from had seen. */
  readonly seen: readonly InputPosition[];
  /** Kept up to date with what is being pushed. */
  readonly current: { place: Place };
  /** The last trade of each instrument that the state to go on from had seen. */
  readonly seams?: Readonly<Record<string, SeamTrade>> | undefined;
  /** Awaited after each turn. */
  readonly settle: () => Promise<void>;
  readonly course: Course;
}

export interface Fed {
  readonly inputs: readonly InputFile[];
  /** Rows read of each file. */
  readonly rows: RowsRead;
  /** Rows of the files that are no trades of the instrument's, by reason. */
  readonly leftOut: LeftOut;
  /** The last trade of each instrument. */
  readonly seams: Readonly<Record<string, SeamTrade>>;
  /** Instruments whose files go on behind the end of the driving one's. */
  readonly unread: readonly string[];
}

/** Feeds the engine all that the files hold, merged by time where they are of several instruments. */
export async function feedFiles(job: FeedJob): Promise<Fed> {
  const { engine, course, settle, limit } = job;
  const sources = await openSources(job);
  try {
    const { plan } = engine;
    const last = engine.lastEvent();
    const feeds = plan.instruments.map(({ name }): InstrumentFeed => {
      const cursors = sources.cursors.filter(({ instrument }) => instrument === name);
      return { instrument: name, cursors, newest: last?.instruments?.[name] ?? last?.time ?? 0 };
    });
    const { reorder } = plan.config.trades;
    const turns = inTurns(feeds, {
      drive: plan.instruments[plan.clocks[plan.drive].instrument].name,
      skew: plan.lanes.skew,
      series: sources.cursors.filter(({ instrument }) => instrument === undefined),
      within: reorder === undefined ? 0 : parseSpan(reorder.within),
      limit,
    });
    for await (const turn of turns) {
      await take(turn, job);
      await settle();
      if ('from' in turn) await course.add(turn.to - turn.from);
    }
    const goOn = limit === Infinity ? await unread(feeds) : [];
    return { inputs: await sources.described, unread: goOn, ...endOf(sources) };
  } finally {
    sources.close();
  }
}

interface Sources {
  readonly cursors: readonly Cursor[];
  /** What each is of, where there is more than one. */
  readonly names: ReadonlyMap<Cursor, string>;
  readonly described: Promise<readonly InputFile[]>;
  close(): void;
}

async function openSources({ engine, files, inputs, seen, seams }: FeedJob): Promise<Sources> {
  const closes: (() => void)[] = [];
  const close = (): void => closes.forEach((one) => one());
  const { instruments, clocks } = engine.plan;
  try {
    const described: Promise<InputFile[]>[] = [];
    const cursors: Cursor[] = [];
    const names = new Map<Cursor, string>();
    const isOne = Object.values(files).flatMap((byName) => Object.keys(byName)).length === 1;
    /** What was used of the files before; they are hashed while others are read, unless a run goes on from a state. */
    const begin = async (paths: Promise<InputFile[]>, of: string): Promise<CursorStart> => {
      paths.catch(() => undefined);
      described.push(isOne ? paths : paths.then((all) => all.map((file) => ({ ...file, of }))));
      return seen.length === 0 ? {} : { seen: rowsSeen(await paths, seen, isOne ? undefined : of) };
    };
    const add = (of: string, cursor: Cursor): void => {
      cursors.push(cursor);
      if (!isOne) names.set(cursor, of);
    };
    for (const [clock, patterns] of Object.entries(files.bars)) {
      const paths = expandPaths(patterns);
      const { instrument = 0 } = clocks.find(({ name }) => name === clock) ?? {};
      const of = { instrument: instruments[instrument].name, clock };
      const start = await begin(describeInputs(paths, []), clock);
      add(clock, barCursor(of, barsOf(paths, inputs[of.instrument]), start));
    }
    for (const [name, patterns] of Object.entries(files.series)) {
      const paths = expandPaths(patterns);
      const source = clocks.find((clock) => clock.name === name)?.source;
      if (source?.type !== 'series') continue;
      const start = await begin(describeInputs(paths, []), name);
      add(name, seriesCursor(name, seriesOf(paths, { name, ...source }), start));
    }
    for (const [name, patterns] of Object.entries(files.trades)) {
      const source = await openTradesInThread(patterns, inputs[name]);
      closes.push(() => source.close());
      const start = await begin(describeInputs(source.files, source.layouts), name);
      const last = inputs[name].accept ? undefined : seams?.[name];
      add(name, tradeCursor(name, source.blocks(), { ...start, last }));
    }
    const all = Promise.all(described).then((parts) => parts.flat());
    all.catch(() => undefined);
    return { cursors, names, described: all, close };
  } catch (error) {
    close();
    throw error;
  }
}

async function* barsOf(
  files: readonly string[],
  input: SourceOptions,
): AsyncGenerator<{ readonly file: string; readonly block: BarBlock }> {
  for (const file of files) for await (const block of (await openBars(file, input)).blocks()) yield { file, block };
}

async function* seriesOf(
  files: readonly string[],
  shape: SeriesShape,
): AsyncGenerator<{ readonly file: string; readonly block: SeriesBlock }> {
  for (const file of files) for await (const block of readSeries(file, shape, undefined)) yield { file, block };
}

function endOf({ cursors, names }: Sources): Omit<Fed, 'inputs' | 'unread'> {
  const rows = new Map<string | undefined, Map<string, number>>();
  const leftOut: Record<string, number> = {};
  const seams: Record<string, SeamTrade> = {};
  for (const cursor of cursors) {
    const end = cursor.end();
    const of = names.get(cursor);
    rows.set(of, new Map([...(rows.get(of) ?? []), ...end.rows]));
    for (const [reason, count] of Object.entries(end.leftOut)) leftOut[reason] = (leftOut[reason] ?? 0) + count;
    if (end.last !== undefined && cursor.instrument !== undefined) seams[cursor.instrument] = end.last;
  }
  return { rows, leftOut, seams };
}

/** Hands the engine a turn: whole, or event by event as a live session does. */
async function take(turn: Turn, { engine, live, current, settle }: FeedJob): Promise<void> {
  if (turn.kind === 'series') {
    for (let i = turn.from; i < turn.to; i++)
      engine.pushSeries(turn.name, turn.block.at(i), { place: () => turn.block.place(i) });
    return;
  }
  const { instrument } = turn;
  const facts = { instrument, maxSilence };
  switch (turn.kind) {
    case 'advance':
      return engine.advance(turn.time, facts);
    case 'hole':
      return engine.hole(turn.hole, facts);
    case 'bars':
      for (let i = turn.from; i < turn.to; i++) {
        current.place = () => turn.block.place(i);
        engine.pushBar(turn.block.at(i), { ...facts, clock: turn.clock, place: current.place });
        await settle();
      }
      return;
    case 'trades': {
      const { read, from, to } = turn;
      if (live) {
        let i = from;
        current.place = () => placeOf(read, i);
        const each = { ...facts, place: current.place };
        for (; i < to; i++) engine.push(tradeAt(read.block, i), each);
      } else {
        current.place = (row) => placeOf(read, from + row);
        engine.push(sliceTrades(read.block, from, to), { ...facts, place: current.place });
      }
    }
  }
}
