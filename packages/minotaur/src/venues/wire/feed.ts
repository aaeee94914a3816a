/** One instrument's trades, as they happened: from the connection, mended over REST, with holes and whatever else there is to know. */
import { oneLine } from 'minotaur-core/internal/base/printable';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type {
  Arrived,
  JoinedHole,
  Joiner,
  JoinerCounts,
  JoinerEvent,
  JoinerOptions,
  Last,
  RepairRequest,
} from '../joiner/contract.ts';
import { createJoiner } from '../joiner/joiner.ts';
import { createClockOffset } from './clock-offset.ts';
import { newest, repair, type AskedMarket } from './repair.ts';
import type { Loss, Said, UnknownMessage } from './socket.ts';
import { createAlarm, type Alarm, type Surroundings } from './surroundings.ts';
import type { WireTimes } from './times.ts';
import type { VenueTime } from './venue-time.ts';

/** What asking about silent markets may take of the venue's budget, by whom a hole is repaired too. */
const ASKING = 0.25;
/** The same answer so often is believed: one may be of a server that is behind. */
const BELIEVED = 2;

/** What somebody who reads the log should know. */
export type FeedNote =
  | JoinerEvent
  /** `isContinuous`: nothing can have been missed. */
  | { readonly what: 'subscribed'; readonly socket: number; readonly isContinuous: boolean }
  | ({ readonly what: 'lost' } & Loss)
  /** A trade that the venue's own history does not have. */
  | { readonly what: 'left-out'; readonly id: string; readonly reason: string }
  | { readonly what: 'market'; readonly isOpen: boolean; readonly state: string }
  | ({ readonly what: 'unknown' } & UnknownMessage)
  | { readonly what: 'not-repaired'; readonly why: string; readonly retryAfter: number }
  /** REST has newer trades, the stream is silent. */
  | { readonly what: 'mute'; readonly newest: string };

/** Who is told; trades and holes in their order. */
export interface FeedSinks {
  readonly onTrade: (arrived: Arrived) => void;
  /** Before the first trade behind it. */
  readonly onHole: (hole: JoinedHole) => void;
  readonly onNote: (note: FeedNote) => void;
}

/** As it is now, for metrics. */
export interface FeedStatus {
  readonly symbol: string;
  readonly last: Last | undefined;
  /** Whether trades wait for a hole. */
  readonly isJoining: boolean;
  readonly counts: JoinerCounts;
  /** Milliseconds since the stream gave a trade, or was subscribed. */
  readonly silentFor: number;
  /** Whether the venue said that trading halts. */
  readonly isHalted: boolean;
  /** Microseconds that this machine's clock is ahead of the venue's, the shortest way of a trade included; NaN: not known. */
  readonly clockOffset: number;
  /** Microseconds: the time at the venue at least, by the trades of all its instruments; NaN before the first. */
  readonly venueTime: number;
  /** Microseconds: until then, by the venue's time, the stream gave all there is: it spoke, or REST had nothing newer. */
  readonly provenTime: number;
  /** Whether the stream has given all there is since it was subscribed: what it has not given has not happened. */
  readonly isLevel: boolean;
}

export interface Feed {
  readonly symbol: string;
  /** Goes on behind the last of these, which were handed over before. */
  seed(trades: readonly Trade[]): void;
  hear(said: Said, arrival: number): void;
  subscribed(socket: number, isContinuous: boolean): void;
  note(note: FeedNote): void;
  stop(): void;
  status(): FeedStatus;
}

export interface FeedOrder extends Omit<AskedMarket, 'wall'> {
  readonly sinks: FeedSinks;
  readonly joining?: JoinerOptions | undefined;
  readonly venueTime: VenueTime;
  readonly times: WireTimes;
  readonly around: Surroundings;
  /** Markets that share the venue's budget. */
  readonly markets: number;
  /** The stream says nothing while there are trades. */
  readonly onMute: (detail: string) => void;
}

/** All that a feed knows; monotonic milliseconds. */
interface Listening extends FeedOrder {
  readonly market: AskedMarket;
  readonly joiner: Joiner;
  readonly alarm: Alarm;
  readonly offset: ReturnType<typeof createClockOffset>;
  /** When the stream gave a trade, or was subscribed. */
  heard: number;
  /** When REST is asked for news; Infinity: not before the stream is subscribed. */
  askAt: number;
  patience: number;
  /** A market without news is asked about less often: up to so many times the first silence. */
  readonly mostPatience: number;
  /** Whether the stream has given all there is since it was subscribed: what REST has beyond, it should have given. */
  isLevel: boolean;
  isBehind: boolean;
  /** Answers of REST in a row that had nothing newer, and when the first of them was asked for. */
  unchanged: { readonly since: number; readonly answers: number } | undefined;
  /** Microseconds of the venue: until then the stream gave all there is. */
  proven: number;
  /** What REST had newest while the stream had given nothing yet. */
  seen: string | undefined;
  isAsking: boolean;
  isHalted: boolean;
  isStopped: boolean;
}

export function createFeed(order: FeedOrder): Feed {
  const { symbol, sinks, around, times, ids, rest } = order;
  const joiner = createJoiner(
    ids,
    {
      onTrade: sinks.onTrade,
      onHole: sinks.onHole,
      onRequest: (request) => void answer(feed, request),
      onEvent(event) {
        sinks.onNote(event);
        if (event.what !== 'behind') return;
        feed.isBehind = true;
        if (feed.isLevel) suspect(feed, `newest ${event.newest}, last ${event.last}`, times.mute);
      },
    },
    { ...order.joining, repairable: rest.canAsk },
  );
  const feed: Listening = {
    ...order,
    market: { ...order, wall: around.wall },
    joiner,
    alarm: createAlarm(around, () => wake(feed)),
    offset: createClockOffset(),
    heard: around.now(),
    askAt: Infinity,
    patience: 1,
    mostPatience: mostPatienceOf(order),
    isLevel: false,
    isBehind: false,
    unchanged: undefined,
    proven: -Infinity,
    seen: undefined,
    isAsking: false,
    isHalted: false,
    isStopped: false,
  };
  return {
    symbol,
    seed(trades) {
      joiner.seed(trades);
      // Where it was subscribed before, what came meanwhile may be missing.
      if (feed.askAt === Infinity) return;
      joiner.connected(around.now());
      settle(feed);
    },
    hear: (said, arrival) => hear(feed, said, arrival),
    subscribed(socket, isContinuous) {
      sinks.onNote({ what: 'subscribed', socket, isContinuous });
      if (isContinuous) return;
      const now = around.now();
      joiner.connected(now);
      feed.heard = now;
      feed.patience = 1;
      feed.isLevel = false;
      feed.unchanged = undefined;
      // What was missed may be the newest there is: nothing need follow it for long.
      feed.askAt = now + (joiner.last() === undefined ? times.silence : times.mute);
      settle(feed);
    },
    note: (note) => sinks.onNote(note),
    stop() {
      feed.isStopped = true;
      feed.alarm.cancel();
    },
    status: () => statusOf(feed, symbol),
  };
}

function statusOf(feed: Listening, symbol: string): FeedStatus {
  const { joiner, around, offset, venueTime } = feed;
  return {
    symbol,
    last: joiner.last(),
    isJoining: joiner.joining(),
    counts: joiner.counts(),
    silentFor: around.now() - feed.heard,
    isHalted: feed.isHalted,
    clockOffset: offset.value(around.wall()),
    venueTime: venueTime.at(around.now()),
    // Where nobody can be asked, a connection that is alive is all there is to go by.
    provenTime: feed.rest.canAsk ? feed.proven : venueTime.at(around.now()),
    isLevel: feed.isLevel,
  };
}

/** So that all silent markets together ask no more than they may. */
function mostPatienceOf({ venue, markets, times }: FeedOrder): number {
  const { perMinute, perPage } = venue.repair?.budget.value ?? { perMinute: Infinity, perPage: 1 };
  const perSilence = (ASKING * (perMinute / perPage) * times.silence) / 60_000;
  return Math.max(1, Math.ceil((BELIEVED * markets) / perSilence));
}

function hear(feed: Listening, said: Said, arrival: number): void {
  const { joiner, around, offset, venueTime, times, sinks, ids } = feed;
  const now = around.now();
  if (said.kind === 'trades') {
    feed.heard = now;
    feed.askAt = now + times.silence;
    feed.patience = 1;
    const newestTrade = said.trades.at(-1);
    if (newestTrade !== undefined && !said.mayRepeat) {
      offset.add(newestTrade.time, arrival);
      venueTime.add(newestTrade.time, now);
      level(feed, newestTrade.time);
    }
    joiner.stream(said.trades, arrival, now);
  } else if (said.kind === 'leftOut') {
    sinks.onNote({ what: 'left-out', id: oneLine(said.id), reason: said.reason });
    if (ids === 'dense') joiner.leftOut(Number(said.id), now);
  } else if (said.kind === 'state') {
    feed.isHalted = !said.isOpen;
    sinks.onNote({ what: 'market', isOpen: said.isOpen, state: oneLine(said.what) });
  } else if (ids === 'dense' && !joiner.joining()) {
    const ahead = Number(said.lastId) - Number(joiner.last()?.id);
    // The venue counts further than its stream gave; the trade may be on its way.
    if (ahead > 0) feed.askAt = Math.min(feed.askAt, now + times.mute);
    // It has no time of its own, and may have been on its way for long.
    else if (ahead === 0) level(feed, venueTime.at(now) - 1000 * times.silence);
  }
  settle(feed);
}

/** The stream has given all there was at `time` of the venue. */
function level(feed: Listening, time: number): void {
  feed.isLevel = true;
  feed.unchanged = undefined;
  if (time > feed.proven) feed.proven = time;
}

/** Sets the alarm to what has to be done next. */
function settle({ joiner, alarm, askAt, isStopped }: Listening): void {
  if (!isStopped) alarm.set(Math.min(joiner.due(), askAt));
}

function wake(feed: Listening): void {
  const { joiner, around } = feed;
  const now = around.now();
  if (now >= joiner.due()) joiner.wake(now);
  if (now >= feed.askAt) askForNews(feed, now);
  settle(feed);
}

/** Whether the venue has something newer than the stream gave. */
function askForNews(feed: Listening, now: number): void {
  const { joiner, rest, times } = feed;
  // This process stood still: what came meanwhile is not read yet.
  if (now > feed.askAt + times.mute) return void (feed.askAt = now + times.mute);
  feed.askAt = now + feed.patience * times.silence;
  feed.patience = Math.min(feed.mostPatience, 2 * feed.patience);
  if (!rest.canAsk) return;
  if (joiner.last() !== undefined) joiner.probe(now);
  else void compare(feed);
}

/** Before the stream's first trade: REST's newest moves on, or it does not. */
async function compare(feed: Listening): Promise<void> {
  if (feed.isAsking) return;
  feed.isAsking = true;
  const found = await newest(feed.market);
  feed.isAsking = false;
  if (feed.isStopped || feed.joiner.last() !== undefined) return;
  if ('failed' in found)
    return feed.sinks.onNote({ what: 'not-repaired', why: found.failed, retryAfter: found.retryAfter });
  const id = found.at(-1)?.id;
  if (id === undefined) return;
  const before = feed.seen;
  feed.seen = String(id);
  if (before !== undefined && before !== feed.seen)
    suspect(feed, `newest ${feed.seen}, before ${before}`, feed.times.mute);
}

/** REST was ahead: a stream that says nothing for a while yet is mute. */
function suspect(feed: Listening, detail: string, wait: number): void {
  const { around, heard, sinks, onMute } = feed;
  const at = around.now() + wait;
  around.later(wait, () => {
    if (feed.isStopped || feed.heard !== heard) return;
    if (around.now() > at + wait) return suspect(feed, detail, wait);
    sinks.onNote({ what: 'mute', newest: detail });
    onMute(detail);
  });
}

async function answer(feed: Listening, request: RepairRequest): Promise<void> {
  const { joiner, market, around, sinks } = feed;
  const asked = around.now();
  const found = await repair(market, request);
  if (feed.isStopped) return;
  const now = around.now();
  if ('failed' in found) {
    sinks.onNote({ what: 'not-repaired', why: found.failed, retryAfter: found.retryAfter });
    joiner.failed(request.number, now, found.retryAfter);
  } else {
    feed.isBehind = false;
    joiner.answer(found, now);
    if (request.reason === 'probe') believe(feed, asked, now);
  }
  settle(feed);
}

/** What REST says of news: one answer without any may be of a server that is behind, and nothing else speaks for a silent stream. */
function believe(feed: Listening, asked: number, now: number): void {
  if (feed.isBehind) return void (feed.unchanged = undefined);
  const { since = asked, answers = 0 } = feed.unchanged ?? {};
  if (answers + 1 === BELIEVED) return level(feed, feed.venueTime.at(since));
  feed.unchanged = { since, answers: answers + 1 };
  feed.askAt = Math.min(feed.askAt, now + feed.times.mute);
}
