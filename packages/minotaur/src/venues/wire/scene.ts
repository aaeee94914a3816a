/** For tests: a venue on this machine, somebody who listens to it, and all that he was told. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Venue } from '../contract/venue.ts';
import { binanceSpot } from '../exchanges/binance-spot.ts';
import { binanceUsdm } from '../exchanges/binance-usdm.ts';
import { bitstamp } from '../exchanges/bitstamp.ts';
import { bybit } from '../exchanges/bybit.ts';
import { coinbase } from '../exchanges/coinbase.ts';
import { deribit } from '../exchanges/deribit.ts';
import { kraken } from '../exchanges/kraken.ts';
import { okx } from '../exchanges/okx.ts';
import type { Arrived, JoinedHole, JoinerOptions } from '../joiner/contract.ts';
import type { FeedNote } from './feed.ts';
import { createAccess, createListener, type Listener, type VenueAccess } from './listener.ts';
import { openLocalVenue, type LocalVenue } from './local-venue.ts';
import { processSurroundings, type Surroundings } from './surroundings.ts';
import type { WireTimes } from './times.ts';

/**
 * All waits that a scene goes through a hundredth of what they are. Those for an answer are as long as a busy machine may take for one:
 * whoever plays an answer that does not come has a shorter one.
 */
const QUICK: Partial<WireTimes> = {
  handshake: 5000,
  acknowledgement: 5000,
  ping: 50,
  deadAfter: 200,
  firstPause: 10,
  longestPause: 100,
  stable: 100,
  refused: 150,
  overlap: 5000,
  silence: 150,
  mute: 60,
  answer: 5000,
};

/** Of a scene in which nobody is to ask anything, nor take a connection for dead, however long this machine is busy with others. */
export const CALM = { times: { silence: 60_000, deadAfter: 60_000 }, joining: { auditEvery: 60_000 } } as const;

const JOINING: JoinerOptions = { swapWait: 20, holeDeadline: 3000, auditEvery: 200 };

/** Names of venues, profiles and symbols that a scene may play. */
const CASTS = {
  'binance-spot': [binanceSpot, 'binance-spot', 'BTCUSDT'],
  'binance-usdm': [binanceUsdm, 'binance-usdm', 'BTCUSDT'],
  coinbase: [coinbase, 'coinbase', 'BTC-USD'],
  kraken: [kraken, 'kraken', 'BTC/USD'],
  bitstamp: [bitstamp, 'bitstamp', 'btcusd'],
  bybit: [bybit, 'bybit-linear', 'BTCUSDT'],
  okx: [okx, 'okx', 'BTC-USDT'],
  deribit: [deribit, 'deribit', 'BTC-PERPETUAL'],
} as const satisfies Record<string, readonly [Venue, string, string]>;

export type Cast = keyof typeof CASTS;

export interface SceneOptions {
  readonly cast?: Cast;
  readonly trades?: Iterable<Trade>;
  /** More symbols, with the same trades. */
  readonly more?: readonly string[];
  readonly listenTo?: readonly string[];
  /** Paths of the stream, the first is tried first. */
  readonly paths?: readonly string[];
  readonly urls?: readonly string[];
  readonly times?: Partial<WireTimes>;
  readonly joining?: JoinerOptions;
  readonly around?: Partial<Surroundings>;
  readonly restBase?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Before anything connects. */
  readonly before?: (venue: LocalVenue) => void;
}

export interface Scene {
  readonly venue: LocalVenue;
  readonly access: VenueAccess;
  readonly listener: Listener;
  readonly symbol: string;
  readonly handed: Arrived[];
  readonly holes: JoinedHole[];
  readonly notes: FeedNote[];
  /** What was handed over of one symbol. */
  handedOf(symbol: string): readonly Arrived[];
  noted(what: FeedNote['what']): FeedNote[];
  lost(): string[];
  /** The next trades of the venue happen, some at a time. */
  say(count: number): Promise<void>;
  /** Until all that has happened is handed over. */
  caughtUp(): Promise<void>;
  until(what: string, holds: () => boolean, milliseconds?: number): Promise<void>;
  /** Everything once, in order, with its bits; holes none but `holes`. */
  assertWhole(holes?: readonly string[]): void;
}

/** Trades of the last seconds, ids of that kind; `step`: milliseconds from one to the next at most. */
export function* madeTrades(
  count: number,
  {
    ids = 'dense',
    begin = 1000,
    step = 3,
  }: { ids?: 'dense' | 'rising' | 'unique'; begin?: number; step?: number } = {},
): Generator<Trade> {
  const uniform = mulberry32(7);
  let time = 1000 * (Date.now() - 3000);
  let id = begin;
  for (let i = 0; i < count; i++) {
    time += 1000 * Math.floor((step + 1) * uniform());
    id += ids === 'dense' ? 1 : 1 + Math.floor(5 * uniform());
    const name = ids === 'unique' ? `00000000-0000-4000-8000-${String((id * 7919) % 1e12).padStart(12, '0')}` : id;
    const price = Math.round(6e6 + 100 * uniform()) / 100;
    yield { id: name, time, price, quantity: Math.ceil(1e5 * uniform()) / 1e5, buyerMaker: uniform() < 0.5 };
  }
}

const kindOf = (cast: Cast): 'dense' | 'rising' | 'unique' =>
  cast === 'bitstamp' ? 'rising' : cast === 'bybit' ? 'unique' : 'dense';

/** Plays `act`, and puts everything away behind it. */
export async function play(options: SceneOptions, act: (scene: Scene) => Promise<void>): Promise<void> {
  const { cast = 'binance-spot', trades, more = [], before, times, joining } = options;
  const [venue, profile, symbol] = CASTS[cast];
  const around: Surroundings = { ...processSurroundings(), ...options.around };
  const source = trades ?? madeTrades(1_000_000, { ids: kindOf(cast) });
  const markets = Object.fromEntries([
    [symbol, source],
    ...more.map((name) => [name, madeTrades(1_000_000, { ids: kindOf(cast), begin: 50_000 })] as const),
  ]);
  const local = await openLocalVenue({ venue: cast, markets, around, heartbeat: 50, tls: options.tls });
  before?.(local);
  const access = createAccess({
    venue,
    restBase: options.restBase ?? local.restBase,
    restHeaders: {},
    times: { ...QUICK, ...times },
    around,
  });
  const told = new Map<string, Arrived[]>();
  const [holes, notes]: [JoinedHole[], FeedNote[]] = [[], []];
  const symbols = (options.listenTo ?? [symbol, ...more]).map((name) => {
    const own: Arrived[] = [];
    told.set(name, own);
    const sinks = {
      onTrade: (arrived: Arrived) => void own.push(arrived),
      onHole: (hole: JoinedHole) => void holes.push(hole),
      onNote: (note: FeedNote) => void notes.push(note),
    };
    return { symbol: name, sinks };
  });
  const urls = options.urls ?? (options.paths ?? ['']).map((path) => local.streamUrl + path);
  const listener = createListener({ access, profile, symbols, urls, joining: { ...JOINING, ...joining } });
  const handed = told.get(symbol) ?? [];
  try {
    await act(
      sceneOf({
        venue: local,
        access,
        listener,
        symbol,
        handed,
        holes,
        notes,
        handedOf: (name) => told.get(name) ?? [],
      }),
    );
  } finally {
    listener.stop();
    access.rest.stop();
    await local.close();
  }
}

type Bare = Omit<Scene, 'noted' | 'lost' | 'say' | 'caughtUp' | 'until' | 'assertWhole'>;

function sceneOf(bare: Bare): Scene {
  const { venue, symbol, handed, holes, notes } = bare;
  const until = async (what: string, holds: () => boolean, milliseconds = 30_000): Promise<void> => {
    const end = performance.now() + milliseconds;
    while (!holds()) {
      if (performance.now() > end) {
        const last = notes.slice(-8).map((note) => JSON.stringify(note).slice(0, 150));
        assert.fail(
          `${what} did not come in ${milliseconds} ms: ${handed.length} of ${venue.happened(symbol).length}\n${last.join('\n')}`,
        );
      }
      await pause(2);
    }
  };
  /** What happened from the first trade on that was handed over. */
  const truth = (): readonly Trade[] => {
    const all = venue.happened(symbol);
    return all.slice(all.findIndex(({ id }) => id === handed[0]?.trade.id));
  };
  return {
    ...bare,
    until,
    noted: (what) => notes.filter((note) => note.what === what),
    lost: () => notes.flatMap((note) => (note.what === 'lost' ? [note.cause] : [])),
    async say(count) {
      for (let said = 0; said < count; said += 10) {
        venue.say(symbol, Math.min(10, count - said));
        await pause(1);
      }
    },
    caughtUp: () =>
      until('the last trade', () => handed.length > 0 && handed.at(-1)?.trade.id === venue.happened(symbol).at(-1)?.id),
    assertWhole(expected = []) {
      const coarse = handed.map(({ trade }) => 'isCoarse' in trade);
      const bits = (trade: Trade, i: number): readonly unknown[] => {
        const { id, time, price, quantity, buyerMaker } = trade;
        return [id, coarse[i] ? 0 : time, price, quantity, buyerMaker];
      };
      assert.deepEqual(
        handed.map(({ trade }, i) => bits(trade, i)),
        truth().map(bits),
      );
      assert.ok(
        handed.every(({ trade }, i) => i === 0 || trade.time >= handed[i - 1].trade.time),
        'times go on',
      );
      assert.deepEqual(
        holes.map(({ kind, ids }) => `${kind} ${ids?.join('-') ?? ''}`.trim()),
        expected,
      );
    },
  };
}
