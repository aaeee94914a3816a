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
import { createNews, type News, type NewsNote } from './news.ts';
import { repair, type AskedMarket } from './repair.ts';
import type { Loss, Said, UnknownMessage } from './socket.ts';
import { createAlarm, type Alarm, type Surroundings } from './surroundings.ts';
import type { WireTimes } from './times.ts';
import type { VenueTime } from './venue-time.ts';

/** What somebody who reads the log should know. */
export type FeedNote =
  | JoinerEvent
  | NewsNote
  /** `isContinuous`: nothing can have been missed. */
  | { readonly what: 'subscribed'; readonly socket: number; readonly isContinuous: boolean }
  | ({ readonly what: 'lost' } & Loss)
  /** A trade that the venue's own history does not have. */
  | { readonly what: 'left-out'; readonly id: string; readonly reason: string }
  | { readonly what: 'market'; readonly isOpen: boolean; readonly state: string }
  | ({ readonly what: 'unknown' } & UnknownMessage);

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

/** All that a feed knows. */
interface Listening extends FeedOrder {
  readonly market: AskedMarket;
  readonly joiner: Joiner;
  readonly news: News;
  readonly alarm: Alarm;
  readonly offset: ReturnType<typeof createClockOffset>;
  isHalted: boolean;
  isStopped: boolean;
}

export function createFeed(order: FeedOrder): Feed {
  const { symbol, sinks, around, ids, rest } = order;
  const joiner = createJoiner(
    ids,
    {
      onTrade: sinks.onTrade,
      onHole: sinks.onHole,
      onRequest: (request) => void answer(feed, request),
      onEvent(event) {
        sinks.onNote(event);
        if (event.what === 'behind') news.behind(`newest ${event.newest}, last ${event.last}`);
      },
    },
    { ...order.joining, repairable: rest.canAsk },
  );
  const market = { ...order, wall: around.wall };
  const news = createNews({ ...order, market, joiner, onNote: sinks.onNote });
  const feed: Listening = {
    ...order,
    market,
    joiner,
    news,
    alarm: createAlarm(around, () => wake(feed)),
    offset: createClockOffset(),
    isHalted: false,
    isStopped: false,
  };
  return {
    symbol,
    seed(trades) {
      joiner.seed(trades);
      // Where it was subscribed before, what came meanwhile may be missing.
      if (news.due === Infinity) return;
      joiner.connected(around.now());
      settle(feed);
    },
    hear: (said, arrival) => hear(feed, said, arrival),
    subscribed(socket, isContinuous) {
      sinks.onNote({ what: 'subscribed', socket, isContinuous });
      if (isContinuous) return;
      const now = around.now();
      joiner.connected(now);
      news.subscribed(now);
      settle(feed);
    },
    note: (note) => sinks.onNote(note),
    stop() {
      feed.isStopped = true;
      news.stop();
      feed.alarm.cancel();
    },
    status: () => statusOf(feed, symbol),
  };
}

function statusOf(feed: Listening, symbol: string): FeedStatus {
  const { joiner, news, around, offset, venueTime } = feed;
  return {
    symbol,
    last: joiner.last(),
    isJoining: joiner.joining(),
    counts: joiner.counts(),
    silentFor: around.now() - news.since,
    isHalted: feed.isHalted,
    clockOffset: offset.value(around.wall()),
    venueTime: venueTime.at(around.now()),
    // Where nobody can be asked, a connection that is alive is all there is to go by.
    provenTime: feed.rest.canAsk ? news.proven : venueTime.at(around.now()),
    isLevel: news.isLevel,
  };
}

function hear(feed: Listening, said: Said, arrival: number): void {
  const { joiner, news, around, offset, venueTime, times, sinks, ids } = feed;
  const now = around.now();
  if (said.kind === 'trades') {
    news.heard(now);
    const newestTrade = said.trades.at(-1);
    if (newestTrade !== undefined && !said.mayRepeat) {
      offset.add(newestTrade.time, arrival);
      venueTime.add(newestTrade.time, now);
      news.level(newestTrade.time);
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
    if (ahead > 0) news.ahead(now);
    // It has no time of its own, and may have been on its way for long.
    else if (ahead === 0) news.level(venueTime.at(now) - 1000 * times.silence);
  }
  settle(feed);
}

/** Sets the alarm to what has to be done next. */
function settle({ joiner, news, alarm, isStopped }: Listening): void {
  if (!isStopped) alarm.set(Math.min(joiner.due(), news.due));
}

function wake(feed: Listening): void {
  const { joiner, news, around } = feed;
  const now = around.now();
  if (now >= joiner.due()) joiner.wake(now);
  news.wake(now);
  settle(feed);
}

async function answer(feed: Listening, request: RepairRequest): Promise<void> {
  const { joiner, news, market, around, sinks } = feed;
  const asked = around.now();
  const found = await repair(market, request);
  if (feed.isStopped) return;
  const now = around.now();
  if ('failed' in found) {
    sinks.onNote({ what: 'not-repaired', why: found.failed, retryAfter: found.retryAfter });
    joiner.failed(request.number, now, found.retryAfter);
  } else {
    news.answering();
    joiner.answer(found, now);
    if (request.reason === 'probe') news.answered(asked, now);
  }
  settle(feed);
}
