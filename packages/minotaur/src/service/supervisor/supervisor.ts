/**
 * A live session: feeds of every instrument, the recorded chain behind them, what it publishes. It is handed its clock, its chance
 * and its venues, and ends in one of three ways: it was told to, a hole stayed open, or its record could not be written.
 */
import type { Config } from 'minotaur-core/internal/config/config';
import { fail, type MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { JournalOptions } from '../../journal/writer.ts';
import type { Venue } from '../../venues/contract/venue.ts';
import type { JoinedHole, JoinerOptions } from '../../venues/joiner/contract.ts';
import { venueOfMarket } from '../../venues/named.ts';
import type { FeedNote, FeedSinks } from '../../venues/wire/feed.ts';
import {
  createAccess,
  createListener,
  type Listener,
  type ListenerStatus,
  type VenueAccess,
} from '../../venues/wire/listener.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import type { WireTimes } from '../../venues/wire/times.ts';
import type { Publication } from '../publication/publication.ts';
import { createPump, type Pump, type Timings } from './pump.ts';
import type { Seeds } from './seeds.ts';
import { openLiveChain, type ChainOrder, type LiveChain } from './session-chain.ts';
import { createTicker, PATIENCE, type Patience } from './ticker.ts';

/** Where a venue is, where that is not what its file says. */
export interface VenueAddress {
  readonly stream?: readonly string[] | undefined;
  readonly rest?: string | undefined;
  readonly restHeaders?: Readonly<Record<string, string>> | undefined;
  /** A mirror of its files of days, with the same paths. */
  readonly dump?: string | undefined;
}

/** What happened beside rows. */
export type SupervisorNote = { readonly instrument: string } & (
  | FeedNote
  | { readonly what: 'hole'; readonly hole: JoinedHole }
  | { readonly what: 'refused'; readonly message: string }
  | { readonly what: 'absent'; readonly until: number }
);

export interface SupervisorOrder extends Pick<ChainOrder, 'predicting' | 'history'> {
  readonly config: Config;
  readonly instruments: readonly Instrument[];
  readonly publication: Publication;
  readonly journal: string;
  readonly journalOptions?: JournalOptions | undefined;
  readonly around: Surroundings;
  /** By the venue's name. */
  readonly addresses?: Readonly<Record<string, VenueAddress>> | undefined;
  /** What the joiners go on behind; asked once the chain is there. */
  readonly seeds: () => Seeds;
  /** A hole that nothing filled ends the session, or its rows go on as not complete. */
  readonly onOpenHole: 'stop' | 'degrade';
  readonly onNote: (note: SupervisorNote) => void;
  readonly timings?: Timings | undefined;
  readonly joining?: JoinerOptions | undefined;
  readonly times?: Partial<WireTimes> | undefined;
  readonly patience?: Partial<Patience> | undefined;
  /** Milliseconds between snapshots. Default 60,000. */
  readonly snapshotEvery?: number | undefined;
}

/** How a session ended. */
type Ending = { readonly why: 'told' } | { readonly why: 'hole' | 'broken'; readonly error: unknown };

export interface Supervisor {
  readonly chain: LiveChain;
  /** Once it has ended, its record closed. */
  readonly ended: Promise<Ending>;
  /** Listens no more, uses what has come, takes a snapshot and ends the record. */
  stop(): void;
  snapshot(): void;
  /** As it is now, by venue. */
  status(): ReadonlyMap<string, ListenerStatus>;
}

/** Milliseconds between two looks at the clock. */
const TICK = 250;

/** An instrument and the venue that it is listened to at. */
interface Listened {
  readonly instrument: Instrument;
  readonly profile: string;
  readonly venue: Venue;
}

function listenedOf(instrument: Instrument): Listened {
  const { name, venue: profile } = instrument;
  if (profile === null) fail('config', `instruments.${name}`, 'venue: the one to listen to', 'none');
  const venue = venueOfMarket(profile);
  if (venue?.stream === undefined)
    fail('config', `instruments.${name}.venue`, 'a venue that can be listened to (minotaur venues)', profile);
  return { instrument, profile, venue };
}

/** Starts a session; it is live once every instrument is subscribed. */
export async function startSupervisor(order: SupervisorOrder): Promise<Supervisor> {
  const { instruments, publication, onNote } = order;
  const listened = instruments.map(listenedOf);
  let broken: MinotaurError | undefined;
  const onBroken = (error: MinotaurError): void => {
    broken = error;
    order.journalOptions?.ears?.onBroken?.(error);
    end({ why: 'broken', error });
  };
  let end: (how: Ending) => void = () => {};
  const ears = { ...order.journalOptions?.ears, onBroken };
  const chain = await openLiveChain({ ...order, journalOptions: { ...order.journalOptions, ears } });
  let finish: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => (finish = resolve));
  let ending: Ending | undefined;
  end = (how) => {
    if (ending !== undefined) return;
    ending = how;
    void close();
  };
  const pump = createPump({
    chain,
    publication,
    around: order.around,
    timings: order.timings,
    originOf: (name, way) => `${listened.find(({ instrument }) => instrument.name === name)?.profile ?? ''} ${way}`,
    onRefused: (instrument, error) => onNote({ instrument, what: 'refused', message: error.message }),
    isBroken: () => broken !== undefined,
    onBroken: (error) => end({ why: 'broken', error }),
  });
  const listeners = createListeners(order, listened, pump, (error) => end({ why: 'hole', error }));
  const snapshot = (): void => {
    try {
      chain.snapshot();
    } catch (error) {
      end({ why: 'broken', error });
    }
  };
  const timers = startTimers({ order, chain, pump, listeners, listened, snapshot });
  const close = async (): Promise<void> => {
    timers.stop();
    for (const { listener, access } of listeners) {
      listener.stop();
      access.rest.stop();
    }
    publication.setState('stopped');
    publication.setReason('stopped', 'the session has ended');
    await pump.idle();
    finish(endRecord(chain, ending ?? { why: 'told' }));
  };
  const started = Promise.all(listeners.map(({ listener }) => listener.start()));
  publication.open();
  publication.setReason('bootstrapping', 'not subscribed yet');
  started.then(
    () => {
      if (ending !== undefined) return;
      publication.setReason('bootstrapping');
      publication.setState('live');
    },
    (error: unknown) => end({ why: 'broken', error }),
  );
  return {
    chain,
    ended,
    stop: () => end({ why: 'told' }),
    snapshot: () => chain.snapshot(),
    status: () => new Map(listeners.map(({ name, listener }) => [name, listener.status()])),
  };
}

/** Takes the last snapshot; how the session has ended, which may be because of that. */
function endRecord(chain: LiveChain, how: Ending): Ending {
  if (how.why === 'broken') return how;
  try {
    chain.snapshot();
    chain.stop();
    return how;
  } catch (error) {
    return { why: 'broken', error };
  }
}

interface NamedListener {
  readonly name: string;
  readonly listener: Listener;
  readonly access: VenueAccess;
}

/** One listener for each market of a venue; markets of one venue share its budget. */
function createListeners(
  order: SupervisorOrder,
  listened: readonly Listened[],
  pump: Pump,
  onStop: (error: MinotaurError | JoinedHole) => void,
): readonly NamedListener[] {
  const { addresses = {}, around, times, joining } = order;
  const seeds = order.seeds();
  const accesses = new Map(
    listened.map(({ venue }) => {
      const { rest, restHeaders } = addresses[venue.name] ?? {};
      return [venue.name, createAccess({ venue, restBase: rest, restHeaders, times, around })] as const;
    }),
  );
  const profiles = [...new Set(listened.map(({ profile }) => profile))];
  return profiles.map((profile) => {
    const own = listened.filter((one) => one.profile === profile);
    const [{ venue }] = own;
    const access = accesses.get(venue.name) ?? fail('internal', venue.name, 'an access', 'none');
    const listener = createListener({
      access,
      profile,
      urls: addresses[venue.name]?.stream,
      joining,
      symbols: own.map(({ instrument }) => ({
        symbol: instrument.symbol,
        sinks: sinksOf(order, instrument, pump, onStop),
        seed: seeds.get(instrument.name),
      })),
    });
    return { name: profile, listener, access };
  });
}

function sinksOf(
  { onOpenHole, onNote }: SupervisorOrder,
  { name, ids }: Instrument,
  pump: Pump,
  onStop: (hole: JoinedHole) => void,
): FeedSinks {
  return {
    onTrade: (arrived) => pump.trade(name, arrived),
    onHole(hole) {
      onNote({ instrument: name, what: 'hole', hole });
      if (hole.kind === 'official') return;
      // Dense ids tell the chain themselves, with the trade behind the hole.
      if (ids !== 'dense') pump.hole(name, { from: hole.from, to: hole.to });
      if (onOpenHole === 'stop') onStop(hole);
    },
    onNote: (note) => onNote({ instrument: name, ...note }),
  };
}

interface Timed {
  readonly order: SupervisorOrder;
  readonly chain: LiveChain;
  readonly pump: Pump;
  readonly listeners: readonly NamedListener[];
  readonly listened: readonly Listened[];
  readonly snapshot: () => void;
}

function startTimers({ order, chain, pump, listeners, listened, snapshot }: Timed): { stop(): void } {
  const { around, patience, snapshotEvery = 60_000, onNote } = order;
  const feeds = () =>
    listeners.flatMap(({ name: profile, listener }) => {
      const status = listener.status();
      return status.feeds.flatMap((feed) => {
        const own = listened.find((one) => one.profile === profile && one.instrument.symbol === feed.symbol);
        const { symbol } = feed;
        const isConnected = status.connections.some((one) => one.isConnected && one.symbols.includes(symbol));
        return own === undefined ? [] : [{ ...feed, name: own.instrument.name, isConnected }];
      });
    });
  const onAbsent = (instrument: string, until: number): void => onNote({ instrument, what: 'absent', until });
  const tick = createTicker({ chain, pump, feeds, around, patience: { ...PATIENCE, ...patience }, onAbsent });
  let stopped = false;
  let snapshotAt = around.now() + snapshotEvery;
  let off = (): void => {};
  const turn = (): void => {
    if (stopped) return;
    tick();
    if (around.now() >= snapshotAt && pump.waiting === 0) {
      snapshotAt = around.now() + snapshotEvery;
      snapshot();
    }
    off = around.later(TICK, turn);
  };
  off = around.later(TICK, turn);
  return {
    stop() {
      stopped = true;
      off();
    },
  };
}
