/**
 * A venue on this machine: it plays trades as the real one would say them, over WebSocket and REST, at its own pace or a faster
 * one, and goes wrong when it is told to. For demonstrations and tests.
 */
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { answerRequest } from './local/answers.ts';
import { binanceDialect } from './local/binance-dialect.ts';
import { bitstampDialect } from './local/bitstamp-dialect.ts';
import { bybitDialect } from './local/bybit-dialect.ts';
import { createClients, type Clients } from './local/clients.ts';
import { coinbaseDialect } from './local/coinbase-dialect.ts';
import { deribitDialect } from './local/deribit-dialect.ts';
import type { Dialect } from './local/dialect.ts';
import { noFaults, type LocalFaults, type Way } from './local/faults.ts';
import { krakenDialect } from './local/kraken-dialect.ts';
import { createMarket, type Market } from './local/market.ts';
import { okxDialect } from './local/okx-dialect.ts';
import type { Surroundings } from './surroundings.ts';

/** Those that it can pretend to be. */
const DIALECTS: Readonly<Record<string, Dialect>> = {
  'binance-spot': binanceDialect,
  'binance-usdm': binanceDialect,
  coinbase: coinbaseDialect,
  kraken: krakenDialect,
  bitstamp: bitstampDialect,
  bybit: bybitDialect,
  okx: okxDialect,
  deribit: deribitDialect,
};

/** Milliseconds between two looks at what has happened. */
const STEP = 5;

export interface LocalVenueOptions {
  /** Name of the venue that it pretends to be. */
  readonly venue: string;
  /** Trades by symbol, in order; they may be without end. */
  readonly markets: Readonly<Record<string, Iterable<Trade>>>;
  readonly around: Surroundings;
  /** Milliseconds between heartbeats, where the venue has any. Default 1000. */
  readonly heartbeat?: number | undefined;
  /** 0, the default: any that is free. */
  readonly port?: number | undefined;
  /** For `wss`; PEM. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
}

export interface LocalVenue {
  /** Of the stream; the same with the path `/mute` answers and says nothing. */
  readonly streamUrl: string;
  /** Of REST. */
  readonly restBase: string;
  readonly faults: LocalFaults;
  readonly clients: Pick<Clients, 'send' | 'sendPart' | 'silence' | 'disconnect' | 'count' | 'connected'>;
  /** Requests over REST so far, by address. */
  readonly requests: readonly string[];
  /** Trades so far by the way in which they came; one alone cannot swap. */
  readonly told: Readonly<Record<Way, number>>;
  /** What REST has, or will have. */
  happened(symbol: string): readonly Trade[];
  /** The next trades happen now; how many there were. */
  say(symbol: string, count: number, way?: Way): number;
  /** A trade on the stream that is in no history. */
  leaveOut(symbol: string, trade: Trade): void;
  /** From now on trades happen by their times, so many times faster; what is returned stops it. */
  play(speed: number): () => void;
  /** Microseconds: the time that is played. */
  time(): number;
  /** Announces to those that are connected that it closes, then does. */
  goodbye(milliseconds: number): void;
  close(): Promise<void>;
}

/** @throws {MinotaurError} of kind `config` for a venue that it cannot pretend to be */
export async function openLocalVenue(options: LocalVenueOptions): Promise<LocalVenue> {
  const { venue, around, heartbeat = 1000, port = 0, tls } = options;
  const dialect = DIALECTS[venue] ?? fail('config', 'venue', Object.keys(DIALECTS).join(', '), venue);
  const markets = new Map(Object.entries(options.markets).map(([name, trades]) => [name, createMarket(trades)]));
  const faults = noFaults();
  const requests: string[] = [];
  const order = { dialect, markets, faults, around, heartbeat };
  const clients = createClients(order);
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  server.on('request', (request, response) => {
    requests.push(request.url ?? '/');
    answerRequest(order, request, response);
  });
  server.on('upgrade', (request, socket, head) => clients.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const told = { plainly: 0, twice: 0, swapped: 0, lost: 0 };
  const tell = (symbol: string, trades: readonly Trade[], way: Way): void => {
    if (trades.length === 0) return;
    told[way === 'swapped' && trades.length === 1 ? 'plainly' : way] += trades.length;
    if (way !== 'lost') clients.send(framesOf(dialect, symbol, trades, way), symbol);
  };
  const player = createPlayer(markets, around, (symbol, trades) => tell(symbol, trades, faults.way));
  const marketOf = (symbol: string): Market =>
    markets.get(symbol) ?? fail('config', 'symbol', [...markets.keys()].join(', '), symbol);
  return {
    streamUrl: `${tls === undefined ? 'ws' : 'wss'}://${address}/`,
    restBase: `${tls === undefined ? 'http' : 'https'}://${address}`,
    faults,
    clients,
    requests,
    told,
    happened: (symbol) => marketOf(symbol).happened,
    say(symbol, count, way = faults.way) {
      const trades = marketOf(symbol).next(count, Infinity, around.now());
      tell(symbol, trades, way);
      return trades.length;
    },
    leaveOut(symbol, trade) {
      const text = dialect.leftOut?.(symbol, trade);
      if (text !== undefined) clients.send([text], symbol);
    },
    play: player.play,
    time: player.time,
    goodbye: (milliseconds) => clients.goodbye(dialect.goodbye, milliseconds),
    async close() {
      player.stop();
      clients.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function framesOf(dialect: Dialect, symbol: string, trades: readonly Trade[], way: Way): readonly string[] {
  if (way === 'plainly') return dialect.frames(symbol, trades);
  const single = trades.flatMap((trade) => dialect.frames(symbol, [trade]));
  if (way === 'twice') return single.flatMap((frame) => [frame, frame]);
  return single.map((frame, i) => single[i % 2 === 1 ? i - 1 : i + 1] ?? frame);
}

/** Lets trades happen by their times. */
function createPlayer(
  markets: ReadonlyMap<string, Market>,
  { now, later }: Surroundings,
  say: (symbol: string, trades: readonly Trade[]) => void,
) {
  let off = (): void => {};
  let begun: { readonly at: number; readonly time: number; readonly speed: number } | undefined;
  const first = (): number => Math.min(...[...markets.values()].map(({ nextTime }) => nextTime));
  const time = (): number => {
    if (begun === undefined) return first();
    return begun.time + Math.floor(1000 * begun.speed * (now() - begun.at));
  };
  const step = (): void => {
    const until = time();
    for (const [symbol, market] of markets) {
      say(symbol, market.next(Infinity, until, now()));
    }
    off = later(STEP, step);
  };
  return {
    time,
    stop: () => off(),
    play(speed: number) {
      off();
      begun = { at: now(), time: time(), speed };
      step();
      return () => off();
    },
  };
}
