/** Several instruments of one venue: as few connections as it allows, one budget, a feed each. */
import { fail } from 'minotaur-core/internal/base/errors';
import { profileNamed } from 'minotaur-core/internal/trades/venues/told';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type { Stream, Venue } from '../contract/venue.ts';
import type { JoinerOptions } from '../joiner/contract.ts';
import { createAttempts, type Attempts } from './attempts.ts';
import { createConnection, type Connection, type ConnectionStatus } from './connection.ts';
import { createFeed, type Feed, type FeedSinks, type FeedStatus } from './feed.ts';
import { createRest, type Rest, type RestStatus } from './rest.ts';
import type { Said } from './socket.ts';
import type { Surroundings } from './surroundings.ts';
import { WIRE_TIMES, type WireTimes } from './times.ts';
import { createVenueTime, type VenueTime } from './venue-time.ts';

/** Symbols of one connection where the venue says nothing. */
const SYMBOLS = 100;

/** A venue as one address of this machine reaches it: all that listens to it and asks it shares this. */
export interface VenueAccess {
  readonly venue: Venue;
  readonly attempts: Attempts;
  readonly rest: Rest;
  /** One for all its markets. */
  readonly venueTime: VenueTime;
  readonly times: WireTimes;
  readonly around: Surroundings;
}

export interface AccessOptions {
  readonly venue: Venue;
  /** In place of the venue's own address for questions. */
  readonly restBase?: string | undefined;
  /** Sent with each question: a key, where the venue wants one. */
  readonly restHeaders?: Readonly<Record<string, string>> | undefined;
  readonly times?: Partial<WireTimes> | undefined;
  readonly around: Surroundings;
}

export function createAccess({ venue, restBase, restHeaders, around, ...options }: AccessOptions): VenueAccess {
  const times = { ...WIRE_TIMES, ...options.times };
  return {
    venue,
    attempts: createAttempts(venue.stream?.limits.value.connectionsPerMinute ?? null, around),
    rest: createRest({ venue, base: restBase, headers: restHeaders, times, around }),
    venueTime: createVenueTime(),
    times,
    around,
  };
}

/** An instrument to be listened to. */
interface ListenedSymbol {
  /** As the venue writes it. */
  readonly symbol: string;
  readonly sinks: FeedSinks;
  /** Trades that were handed over before, the newest last. */
  readonly seed?: readonly Trade[] | undefined;
}

export interface ListenerOptions {
  readonly access: VenueAccess;
  /** Of the market: what its ids are good for, where its stream is. */
  readonly profile: string;
  readonly symbols: readonly ListenedSymbol[];
  /** In place of the venue's own; the first is tried first. */
  readonly urls?: readonly string[] | undefined;
  readonly joining?: JoinerOptions | undefined;
}

export interface ListenerStatus {
  readonly connections: readonly ConnectionStatus[];
  readonly feeds: readonly FeedStatus[];
  readonly rest: RestStatus;
}

/** Whether a symbol's stream is there. */
export const isListenedTo = ({ connections }: Pick<ListenerStatus, 'connections'>, symbol: string): boolean =>
  connections.some(({ isConnected, symbols }) => isConnected && symbols.includes(symbol));

export interface Listener {
  /**
   * Once every symbol is subscribed for the first time, however long that takes.
   * @throws {MinotaurError} of kind `config` where the venue refuses a subscription; what else is connected has to be stopped then
   */
  start(): Promise<void>;
  /** The stream of a symbol that has given nothing yet goes on behind the last of these. */
  seed(symbol: string, trades: readonly Trade[]): void;
  /** Nothing is told behind it. */
  stop(): void;
  /** A second connection takes the place of each, without a hole. */
  rotate(why: string): void;
  status(): ListenerStatus;
}

/** @throws {MinotaurError} of kind `config` for a venue that is read from recordings alone, or whose trades have no ids */
export function createListener(options: ListenerOptions): Listener {
  const { access, profile, symbols } = options;
  const { venue } = access;
  const stream = venue.stream ?? fail('config', venue.title, 'a venue that can be listened to', 'recordings alone');
  const urls =
    options.urls ?? stream.urls[profile]?.value ?? fail('config', profile, `a market of ${venue.title}`, profile);
  const size = stream.limits.value.symbolsPerConnection ?? SYMBOLS;
  const groups: Group[] = [];
  for (let from = 0; from < symbols.length; from += size)
    groups.push(createGroup(options, stream, urls, symbols.slice(from, from + size)));
  return {
    async start() {
      await Promise.all(groups.map((group) => group.start()));
    },
    seed(symbol, trades) {
      for (const { feeds } of groups) feeds.find((feed) => feed.symbol === symbol)?.seed(trades);
    },
    stop() {
      for (const group of groups) group.stop();
    },
    rotate(why) {
      for (const { connection } of groups) connection.rotate(why);
    },
    status: () => ({
      connections: groups.map(({ connection }) => connection.status()),
      feeds: groups.flatMap(({ feeds }) => feeds.map((feed) => feed.status())),
      rest: access.rest.status(),
    }),
  };
}

/** One connection and its feeds. */
interface Group {
  readonly connection: Connection;
  readonly feeds: readonly Feed[];
  start(): Promise<void>;
  stop(): void;
}

function createGroup(
  { access, profile, joining, symbols: { length: markets } }: ListenerOptions,
  stream: Stream,
  urls: readonly string[],
  symbols: readonly ListenedSymbol[],
): Group {
  const { venue, attempts, rest, venueTime, times, around } = access;
  const ids = profileNamed(profile)?.defaults.ids ?? 'none';
  const feeds = symbols.map(({ symbol, sinks, seed }) => {
    const onMute = (detail: string): void => connection.drop({ cause: 'mute', detail: `${symbol}: ${detail}` });
    const about = { venue, profile, symbol, ids, rest, venueTime, joining, times, around, markets };
    const feed = createFeed({ ...about, sinks, onMute });
    if (seed !== undefined) feed.seed(seed);
    return feed;
  });
  const bySymbol = new Map(feeds.map((feed) => [feed.symbol, feed]));
  const first = createOutcome();
  const connection = createConnection(
    { venue, stream, urls, attempts, times, around, symbols: feeds.map(({ symbol }) => symbol) },
    {
      onSubscribed(number, isContinuous) {
        for (const feed of feeds) feed.subscribed(number, isContinuous);
        first.resolve();
      },
      onSaid: (said, arrival) => say(said, arrival, feeds, bySymbol),
      onUnknown(message) {
        for (const feed of feeds) feed.note({ what: 'unknown', ...message });
      },
      onLoss(loss) {
        for (const feed of feeds) feed.note({ what: 'lost', ...loss });
      },
      onRefused: (reason) => first.reject(refusal(venue, feeds, reason)),
    },
  );
  return {
    connection,
    feeds,
    start() {
      connection.start();
      return first.promise;
    },
    stop() {
      connection.stop();
      for (const feed of feeds) feed.stop();
      first.resolve();
    },
  };
}

/** Of what happens once, at some time. */
function createOutcome() {
  let settle: (error?: Error) => void = () => {};
  const promise = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error));
  });
  return { promise, resolve: () => settle(), reject: (error: Error) => settle(error) };
}

function refusal({ title }: Venue, feeds: readonly Feed[], reason: string): Error {
  const names = feeds.map(({ symbol }) => symbol).join(', ');
  try {
    return fail('config', `${title}, subscription`, `${names} to be taken`, reason);
  } catch (error) {
    return error as Error;
  }
}

/** To whom it is said; what names no symbol is for all. */
function say(said: Said, arrival: number, feeds: readonly Feed[], bySymbol: ReadonlyMap<string, Feed>): void {
  if (said.kind !== 'trades') {
    const symbol = said.kind === 'state' ? undefined : said.symbol;
    const own = symbol === undefined ? feeds : [bySymbol.get(symbol)];
    for (const feed of own) feed?.hear(said, arrival);
    return;
  }
  const { trades } = said;
  const symbol = trades[0]?.symbol;
  if (symbol === undefined) return;
  if (trades.every((trade) => trade.symbol === symbol)) return bySymbol.get(symbol)?.hear(said, arrival);
  for (const name of new Set(trades.map((trade) => trade.symbol ?? '')))
    bySymbol.get(name)?.hear({ ...said, trades: trades.filter((trade) => trade.symbol === name) }, arrival);
}
