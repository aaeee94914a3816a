/**
 * Feeds merged by time. Every interleaving within the skew gives the same rows (law L9), so this one is made for speed: in rounds of
 * some seconds of event time, the instruments that others' rows look at go ahead of the driving one, each by what it has in that
 * time. The rounds follow from the times of the events alone, however the files were cut into blocks.
 */
import { availableAtOf } from 'minotaur-core/internal/bars/given';
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
  if (feeds.length === 1 && options.series.length === 0) yield* eventsUntil(feeds[0].cursors, Infinity, left);
  else yield* inRounds(feeds, options, left);
}

/** How many more events are asked for. */
interface Left {
  events: number;
}

async function* inRounds(feeds: readonly InstrumentFeed[], options: TurnOptions, left: Left): AsyncGenerator<Turn> {
  const { drive, skew, within, series } = options;
  const round = Math.floor(skew * ROUND);
  const lead = Math.floor(skew * LEAD) - within;
  const newest = new Map(feeds.map((feed) => [feed.instrument, feed.newest]));
  const inOrder = [...feeds].sort((a, b) => Number(a.instrument === drive) - Number(b.instrument === drive));
  let front: number | undefined;
  while (left.events > 0) {
    for (const { cursors } of [{ cursors: series }, ...feeds]) yield* implausible(cursors, left);
    const heads = new Map<string, number>();
    for (const feed of feeds) heads.set(feed.instrument, await headOf(feed));
    if (heads.get(drive) === Infinity) return;
    const first = Math.min(...heads.values());
    front ??= Math.floor(first / round) * round;
    // Where nobody has anything for long, on in long steps.
    const next: number = front + (first >= front + round + lead ? lead : round);
    yield* eventsUntil(series, next + within, { events: Infinity });
    for (const feed of inOrder) {
      const isDrive = feed.instrument === drive;
      const until: number = isDrive ? next : front + lead;
      for await (const turn of eventsUntil(feed.cursors, until, left)) {
        newest.set(feed.instrument, Math.max(newest.get(feed.instrument) as number, timeOfLast(turn)));
        yield turn;
      }
      if (left.events <= 0) return;
      // The driving feed lags by a round at most, the others never.
      const needed = isDrive ? front : next;
      const reached = newest.get(feed.instrument) as number;
      const to: number = (isDrive ? front : front + lead) - within;
      if (reached >= needed || to <= reached) continue;
      const { instrument } = feed;
      if (!isDrive && (await headOf(feed)) === Infinity)
        yield { kind: 'hole', instrument, hole: { from: reached === 0 ? to : reached, to } };
      yield { kind: 'advance', instrument, time: to };
      newest.set(instrument, to);
    }
    front = next;
  }
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

/** The events of sources before `until`, merged by time. */
async function* eventsUntil(cursors: readonly Cursor[], until: number, left: Left): AsyncGenerator<SourceTurn> {
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
    const turn = first.take(second, left.events);
    left.events -= turn.to - turn.from;
    yield turn;
  }
}

/** Time of the newest event of a turn. */
function timeOfLast(turn: SourceTurn): number {
  if (turn.kind === 'series') return turn.block.availableAt(turn.to - 1);
  if (turn.kind === 'bars') return availableAtOf(turn.block.at(turn.to - 1));
  const { time } = turn.read.block;
  let newest = 0;
  for (let i = turn.from; i < turn.to; i++) if (time[i] > newest) newest = time[i];
  return newest;
}
