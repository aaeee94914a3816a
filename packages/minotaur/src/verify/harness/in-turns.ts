/** Trades of several instruments that are at hand, in turns: by time, none ahead of another by more than part of the skew. */
import type { Hole } from 'minotaur-core/internal/chain/contract';
import { sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { Turn } from './turns.ts';

/** Of the skew: how far a feed runs ahead, and how far it is let fall behind before a watermark is pushed for it. */
const AHEAD = 0.25;
const BEHIND = 0.5;

/** A hole that was declared, before a trade of its instrument. */
export interface HoleAt {
  readonly instrument: string;
  /** Trades of that instrument before it. */
  readonly at: number;
  readonly hole: Hole;
}

/**
 * Turns of the trades of each instrument, with holes in their places. Where one is silent for long a watermark stands for it; where its trades end before those of
 * the others, that is a hole from there on. At the end all have come beyond the last trade, so that no row waits.
 */
export function* inTurns(
  lanes: Readonly<Record<string, TradeBlock>>,
  skew: number,
  holes: readonly HoleAt[] = [],
): Generator<Turn> {
  const start = Math.min(...Object.values(lanes).map(({ time }) => time[0] ?? Infinity));
  const feeds: Feed[] = Object.entries(lanes).map(([instrument, block]) => {
    const own = holes.filter((one) => one.instrument === instrument);
    return { instrument, block, next: 0, newest: start, over: false, holes: [...own] };
  });
  const end = Math.max(...feeds.map(({ block }) => block.time[block.length - 1] ?? -Infinity));
  for (;;) {
    const feed = feeds.reduce((a, b) => (headOf(b) < headOf(a) ? b : a));
    const head = headOf(feed);
    if (head === Infinity) break;
    for (const other of feeds) if (headOf(other) === Infinity && !other.over) yield* closeFeed(other, end);
    yield* passSilence(feeds, head, BEHIND * skew, skew);
    yield* holesOf(feed);
    yield takeFrom(feed, feeds, skew);
  }
  for (const feed of feeds) if (!feed.over) yield* closeFeed(feed, end);
  yield* passSilence(feeds, end + 1, 0, skew);
}

/** Brings all feeds to within `apart` of `time`, before which none has a trade: step by step, because none may be far ahead. */
function* passSilence(feeds: readonly Feed[], time: number, apart: number, skew: number): Generator<Turn> {
  const step = Math.max(1, Math.floor(BEHIND * skew));
  for (;;) {
    const last = feeds.reduce((a, b) => (b.newest < a.newest ? b : a));
    if (!(last.newest + apart < time)) return;
    yield advanceTo(last, Math.min(time, last.newest + step));
  }
}

interface Feed {
  readonly instrument: string;
  readonly block: TradeBlock;
  next: number;
  /** Time of the newest event, at first that of all. */
  newest: number;
  /** Whether it is known that no more will come. */
  over: boolean;
  /** Still to come. */
  readonly holes: HoleAt[];
}

const headOf = ({ block, next }: Feed): number => (next < block.length ? block.time[next] : Infinity);

function advanceTo(feed: Feed, time: number): Turn {
  feed.newest = time;
  return { kind: 'advance', instrument: feed.instrument, time };
}

/** The holes that come before the next trade of a feed. */
function* holesOf({ instrument, holes, next, newest }: Feed): Generator<Turn> {
  while (holes.length > 0 && holes[0].at <= next) {
    const { hole } = holes.shift() as HoleAt;
    // It may have been told before a watermark that history has in its place.
    yield { kind: 'hole', instrument, hole: { ...hole, to: Math.max(hole.to, newest) } };
  }
}

/** The end of the data of a feed, where there is more of others. */
function* closeFeed(feed: Feed, end: number): Generator<Turn> {
  feed.over = true;
  yield* holesOf(feed);
  const { instrument, newest } = feed;
  if (newest < end) yield { kind: 'hole', instrument, hole: { from: newest, to: end } };
}

/** Trades from the feed whose next is the oldest, up to where others are due. */
function takeFrom(feed: Feed, feeds: readonly Feed[], skew: number): Turn {
  const { block, instrument, next } = feed;
  let until = Infinity;
  for (const other of feeds) {
    if (other === feed) continue;
    until = Math.min(until, headOf(other) + AHEAD * skew, other.newest + BEHIND * skew);
  }
  let to = next + 1;
  const end = Math.min(block.length, feed.holes[0]?.at ?? Infinity);
  while (to < end && block.time[to] <= until) to++;
  feed.next = to;
  // A late trade takes nobody back.
  feed.newest = block.time.slice(next, to).reduce((a, b) => Math.max(a, b), feed.newest);
  return { kind: 'trades', instrument, block: sliceTrades(block, next, to) };
}
