/** How events get from files into an engine: of one instrument or of many, by the block or one at a time. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Described, Feed } from 'minotaur-core/internal/chain/contract';
import { sliceTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import type { Cursor, Turn } from '../../files/feeds/cursor.ts';
import { unread } from '../../files/feeds/turns.ts';
import { openEnded, openEndWords } from '../../files/open-ends.ts';
import { expandPaths } from '../../files/paths.ts';
import type { SeamTrade } from '../../files/trades/seam.ts';
import { placeOf, type LeftOut } from '../../files/trades/source-block.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import { describeInputs, rowsSeen, type InputFile, type InputPosition, type RowsRead } from '../../store/inputs.ts';
import type { Course } from '../course/options.ts';
import { createNotes } from './notes.ts';
import type { RunFiles } from './run-files.ts';
import { feedsOf, openSources, turnsOf, type BeginFiles } from './sources.ts';

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
  /** Files of what follows: it stops where the driving instrument comes to them. */
  readonly ahead: ReadonlySet<string>;
  /** Inputs that the state to go on from had seen. */
  readonly seen: readonly InputPosition[];
  /** Kept up to date with what is being pushed. */
  readonly current: { place: Place };
  /** The last trade of each instrument that the state to go on from had seen. */
  readonly seams?: Readonly<Record<string, SeamTrade>> | undefined;
  /** Awaited before the first event; the files are being read meanwhile. */
  readonly opened?: (() => Promise<void>) | undefined;
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
  /** What of the events somebody should look at. */
  readonly notes: readonly string[];
}

/** Feeds the engine all that the files hold, merged by time where they are of several instruments. */
export async function feedFiles(job: FeedJob): Promise<Fed> {
  const { seen, files } = job;
  const described: Promise<InputFile[]>[] = [];
  const refused = new AbortController();
  // What was used of the files before; they are hashed while others are read, unless a run goes on from a state.
  const begin: BeginFiles = async (names, layouts, of, hashes) => {
    const paths = describeInputs(names, layouts, { hashes, signal: refused.signal });
    const each = isOnly(files) ? paths : paths.then((all) => all.map((file) => ({ ...file, of })));
    each.catch(() => undefined);
    described.push(each);
    return seen.length === 0 ? {} : { seen: rowsSeen(await paths, seen, isOnly(files) ? undefined : of) };
  };
  try {
    const fed = await feedEvents({ ...job, begin });
    return { ...fed, inputs: (await Promise.all(described)).flat() };
  } catch (error) {
    // What is wrong is said at once, not when files of gigabytes have been hashed for a manifest that nobody gets.
    refused.abort(error);
    throw error;
  }
}

/** The same of whoever need not know what files they were. */
export async function feedEvents(
  job: Omit<FeedJob, 'seen'> & { readonly begin: BeginFiles },
): Promise<Omit<Fed, 'inputs'>> {
  const { engine, course, settle, limit, ahead } = job;
  const { plan } = engine;
  const notes = createNotes(plan.instruments);
  const sources = await openSources({ ...job, plan });
  try {
    // As they are named now: another that a glob names by the time of the end has not been read.
    const read = pathsOf(job.files).filter((file) => !ahead.has(file));
    await job.opened?.();
    const last = engine.lastEvent();
    const feeds = feedsOf(plan, sources, (name) => last?.instruments?.[name] ?? last?.time ?? 0);
    const isAhead = (cursor: Cursor): boolean => ahead.has(cursor.file() ?? '');
    for await (const turn of turnsOf(plan, sources, feeds, { limit, isOver: isAhead })) {
      notes.hear(turn);
      await take(turn, job);
      await settle();
      if ('from' in turn) await course.add(turn.to - turn.from);
    }
    if (ahead.size > 0) await requireTaken(sources.cursors, ahead);
    const goOn = limit === Infinity && ahead.size === 0 ? await unread(feeds) : [];
    const cut = (await openEnded(read)).map(openEndWords);
    return {
      unread: goOn,
      notes: [...sources.notes, ...cut, ...notes.report()],
      ...endOf(sources.cursors, isOnly(job.files)),
    };
  } finally {
    sources.close();
  }
}

const pathsOf = ({ trades, bars, series }: RunFiles): string[] => [
  ...new Set([trades, bars, series].flatMap((files) => Object.values(files).flatMap(expandPaths))),
];

/** Whether all files are of one thing, which then needs no name. */
const isOnly = ({ trades, bars, series }: RunFiles): boolean =>
  Object.keys(trades).length + Object.keys(bars).length + Object.keys(series).length === 1;

/** That all files but those of what follows have been taken whole, so that nobody has to read them again. */
async function requireTaken(cursors: readonly Cursor[], ahead: ReadonlySet<string>): Promise<void> {
  for (const cursor of cursors) {
    if (await cursor.isEmpty()) continue;
    const file = cursor.file() ?? '';
    if (ahead.has(file)) continue;
    fail(
      'input',
      file,
      'files of all instruments that are cut at one time',
      `trades of ${cursor.name} behind the beginning of what follows of the driving one`,
    );
  }
}

function endOf(cursors: readonly Cursor[], isOne: boolean): Omit<Fed, 'inputs' | 'unread' | 'notes'> {
  const rows = new Map<string | undefined, Map<string, number>>();
  const leftOut: Record<string, number> = {};
  const seams: Record<string, SeamTrade> = {};
  for (const cursor of cursors) {
    const end = cursor.end();
    const of = isOne ? undefined : cursor.name;
    rows.set(of, new Map([...(rows.get(of) ?? []), ...end.rows]));
    for (const [reason, count] of Object.entries(end.leftOut)) leftOut[reason] = (leftOut[reason] ?? 0) + count;
    if (end.last !== undefined && cursor.instrument !== undefined) seams[cursor.instrument] = end.last;
  }
  return { rows, leftOut, seams };
}

/** Hands the engine a turn: whole, or event by event as a live session does. */
async function take(
  turn: Turn,
  { engine, live, current, settle }: Pick<FeedJob, 'engine' | 'live' | 'current' | 'settle'>,
): Promise<void> {
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
