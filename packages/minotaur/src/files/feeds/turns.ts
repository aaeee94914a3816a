/**
 * Feeds merged by time. Every interleaving within the skew gives the same rows (law L9), so this one is made for speed: in rounds of
 * some seconds of event time, the instruments that others' rows look at go ahead of the driving one, each by what it has in that
 * time. The rounds follow from the times of the events alone, however the files were cut into blocks.
 */
import type { Cursor, SourceTurn, Turn } from './cursor.ts';

/** What comes of one instrument. */
export interface InstrumentFeed {
  readonly instrument: string;
  /** In the order that events of one time have. */
  readonly cursors: readonly Cursor[];
  /** Event time that it had come to before; 0 where it begins. */
  readonly newest: number;
}

export interface TurnOptions {
  /** The instrument of the driving clock. */
  readonly drive: string;
  /** Microseconds that one feed may be ahead of another. */
  readonly skew: number;
  /** Microseconds that trades wait to be put in order. */
  readonly within: number;
  /** Of series: what of them is known in a round comes before its events. */
  readonly series: readonly Cursor[];
  /** Events in all, at most, but for series. */
  readonly limit: number;
  /** Whether it stops before the next event of a cursor of the driving feed, as if that were one too many. */
  readonly isOver?: ((cursor: Cursor) => boolean) | undefined;
}

/** A round is this share of the skew, and the others go ahead of the driving feed by this one. */
const ROUND = 1 / 6;
const LEAD = 1 / 2;

/**
 * All events of the feeds. Where a feed is silent for long, a watermark says that nothing of it came; where it has ended, all
 * from there on is a hole. It ends with the driving feed.
 */
export async function* inTurns(feeds: readonly InstrumentFeed[], options: TurnOptions): AsyncGenerator<Turn> {
  const left = { events: options.limit };
  const [{ cursors }] = feeds;
  if (feeds.length > 1 || options.series.length > 0) yield* inRounds(feeds, options, left);
  else if (cursors.length > 1) yield* eventsUntil(cursors, Infinity, left);
  else for (const [only] = cursors; left.events > 0 && !(await only.isEmpty());) yield takeFrom(only, Infinity, left);
}

/** How many more events are asked for. */
interface Left {
  events: number;
}

async function* inRounds(feeds: readonly InstrumentFeed[], options: TurnOptions, left: Left): AsyncGenerator<Turn> {
  const { drive, skew, within, series, isOver } = options;
  const round = Math.floor(skew * ROUND);
  const lead = Math.floor(skew * LEAD) - within;
  const others = feeds.filter(({ instrument }) => instrument !== drive).map((feed) => createProgress(feed));
  const driving = createProgress(feeds.find(({ instrument }) => instrument === drive) as InstrumentFeed);
  const behind = createBehind(round);
  let front: number | undefined;
  while (left.events > 0) {
    for (const { cursors } of [{ cursors: series }, ...feeds]) yield* implausible(cursors, left);
    if (left.events <= 0) return;
    const heads: number[] = [];
    for (const { feed } of [driving, ...others]) heads.push(await headOf(feed));
    if (heads[0] === Infinity) return;
    const first = Math.min(...heads);
    front ??= Math.floor(first / round) * round;
    // Where nobody has anything for long, on in long steps.
    const next: number = front + (first >= front + round + lead ? lead : round);
    yield* eventsUntil(series, next + within, { events: Infinity });
    yield* afterEnds(others, front - within - round);
    for (const other of others) {
      yield* advanced(other, eventsUntil(other.feed.cursors, front + lead, left));
      // What it would have had in this time is for a run that goes on: it was not silent.
      if (left.events <= 0) return;
      const hasEnded = (await headOf(other.feed)) === Infinity;
      if (!hasEnded && other.newest < next) yield* silence(other, front + lead - within);
    }
    const own = { most: behind.room, isOver };
    for await (const turn of advanced(driving, eventsUntil(driving.feed.cursors, next, left, own))) {
      yield turn;
      behind.take(turn);
      if (behind.isFull()) yield* afterEnds(others, behind.end());
    }
    if (left.events <= 0) return;
    yield* afterEnds(others, behind.end());
    // It lags by a round at most, so that the others can go on.
    if (others.length > 0 && driving.newest < front) yield* silence(driving, front - within);
    front = next;
  }
}

/** A feed, and how far it has come. */
interface Progress {
  readonly feed: InstrumentFeed;
  newest: number;
}

const createProgress = (feed: InstrumentFeed): Progress => ({ feed, newest: feed.newest });

/** The same turns, by which a feed comes further. */
async function* advanced(progress: Progress, turns: AsyncGenerator<SourceTurn>): AsyncGenerator<SourceTurn> {
  for await (const turn of turns) {
    progress.newest = Math.max(progress.newest, timeOfLast(turn));
    yield turn;
  }
}

/** Nothing came of a feed up to `to`; where ids are missing before what comes next, something did that is not known. */
function* silence(progress: Progress, to: number): Generator<Turn> {
  const { feed, newest } = progress;
  if (to <= newest) return;
  const { instrument } = feed;
  if (newest > 0 && feed.cursors.some((cursor) => cursor.gapAhead()))
    yield { kind: 'hole', instrument, hole: { from: newest, to } };
  yield { kind: 'advance', instrument, time: to };
  progress.newest = to;
}

/**
 * The driving feed goes on behind the end of others: what would have come of them up to `to` is a hole. It stays some way behind,
 * since a run that goes on may bring what follows: the rows that could hold it wait in its state.
 */
async function* afterEnds(others: readonly Progress[], to: number): AsyncGenerator<Turn> {
  for (const other of others) {
    if (to <= other.newest || (await headOf(other.feed)) < Infinity) continue;
    const { instrument } = other.feed;
    yield { kind: 'hole', instrument, hole: { from: other.newest === 0 ? to : other.newest, to } };
    yield { kind: 'advance', instrument, time: to };
    other.newest = to;
  }
}

/** Events behind the end of another feed whose rows wait, at most: each may close a row, and the one before midnight. */
const MOST_BEHIND = 256;

/** How far behind the driving feed the end of others is taken: by so much time, or so many events. */
function createBehind(span: number) {
  let recent: number[] = [];
  let count = 0;
  return {
    /** Events that are taken at once, so that they end at the same places however the files were cut. */
    room: (): number => MOST_BEHIND - (count % MOST_BEHIND),
    isFull: (): boolean => count % MOST_BEHIND === 0,
    take(turn: SourceTurn): void {
      count += turn.to - turn.from;
      for (let i = turn.from; i < turn.to; i++) recent.push(timeIn(turn, i));
      recent = recent.slice(-MOST_BEHIND);
    },
    end(): number {
      const last = recent[recent.length - 1] ?? -Infinity;
      return Math.max(last - span, recent.length < MOST_BEHIND ? -Infinity : recent[0]);
    },
  };
}

/** Events without a time that can be, at the beginning of what is left: they hold nobody back. */
async function* implausible(cursors: readonly Cursor[], left: Left): AsyncGenerator<SourceTurn> {
  yield* eventsUntil(cursors, -Number.MAX_VALUE, left);
}

/** The feeds that go on behind the end of the driving one, where {@link inTurns} ends. */
export async function unread(feeds: readonly InstrumentFeed[]): Promise<readonly string[]> {
  const names: string[] = [];
  for (const feed of feeds) if ((await headOf(feed)) < Infinity) names.push(feed.instrument);
  return names;
}

/** Time of the next event of a feed; Infinity where none is left. */
async function headOf({ cursors }: InstrumentFeed): Promise<number> {
  let first = Infinity;
  for (const cursor of cursors) first = Math.min(first, await cursor.head());
  return first;
}

/** How events are taken. */
interface Taking {
  /** At once. */
  readonly most?: () => number;
  readonly isOver?: TurnOptions['isOver'];
}

/** The events of sources before `until`, merged by time. */
async function* eventsUntil(
  cursors: readonly Cursor[],
  until: number,
  left: Left,
  { most = () => Infinity, isOver = () => false }: Taking = {},
): AsyncGenerator<SourceTurn> {
  while (left.events > 0) {
    let first: Cursor | undefined;
    let at = until;
    let second = until;
    for (const cursor of cursors) {
      const head = await cursor.head();
      if (head < at) {
        second = at;
        at = head;
        first = cursor;
      } else second = Math.min(second, head);
    }
    if (first === undefined) return;
    if (isOver(first)) left.events = 0;
    else yield takeFrom(first, second, left, most());
  }
}

function takeFrom(cursor: Cursor, until: number, left: Left, most = Infinity): SourceTurn {
  const turn = cursor.take(until, Math.min(most, left.events));
  left.events -= turn.to - turn.from;
  return turn;
}

/** Time of row `i` of a turn. */
function timeIn(turn: SourceTurn, i: number): number {
  return turn.kind === 'trades' ? turn.read.block.time[i] : turn.block.availableAt(i);
}

/** Time of the newest event of a turn. */
function timeOfLast(turn: SourceTurn): number {
  let newest = 0;
  for (let i = turn.from; i < turn.to; i++) {
    const time = timeIn(turn, i);
    if (time > newest) newest = time;
  }
  return newest;
}
