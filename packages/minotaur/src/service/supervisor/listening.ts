/** What a session listens to: a listener for each market, and what every instrument's feed says, into the door. */
import { fail, type MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { Venue } from '../../venues/contract/venue.ts';
import type { JoinedHole, JoinerOptions } from '../../venues/joiner/contract.ts';
import { venueOfMarket } from '../../venues/named.ts';
import type { FeedSinks } from '../../venues/wire/feed.ts';
import {
  createAccess,
  createListener,
  isListenedTo,
  type Listener,
  type VenueAccess,
} from '../../venues/wire/listener.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import type { WireTimes } from '../../venues/wire/times.ts';
import type { BegunInstrument } from '../bootstrap/bootstrap.ts';
import type { Door } from './door.ts';
import type { Holding } from './holding.ts';
import type { Seeds } from './seeds.ts';
import type { SupervisorNote } from './notes.ts';
import type { CheckedSymbol } from './symbol-check.ts';
import type { Watched } from './ticker.ts';

/** Where a venue is, where that is not what its file says. */
export interface VenueAddress {
  readonly stream?: readonly string[] | undefined;
  readonly rest?: string | undefined;
  readonly restHeaders?: Readonly<Record<string, string>> | undefined;
  /** In place of the host of its files of days. */
  readonly dumps?: string | undefined;
}

export interface ListeningOrder {
  readonly around: Surroundings;
  /** By the venue's name. */
  readonly addresses?: Readonly<Record<string, VenueAddress>> | undefined;
  /** What the joiners go on behind. */
  readonly seeds: () => Seeds;
  readonly onOpenHole: 'stop' | 'degrade';
  readonly onNote: (note: SupervisorNote) => void;
  readonly joining?: JoinerOptions | undefined;
  readonly times?: Partial<WireTimes> | undefined;
}

/** An instrument and the venue that it is listened to at. */
export interface Listened {
  readonly instrument: Instrument;
  readonly profile: string;
  readonly venue: Venue;
}

export function listenedOf(instrument: Instrument): Listened {
  const { name, venue: profile } = instrument;
  if (profile === null) fail('config', `instruments.${name}`, 'venue: the one to listen to', 'none');
  const venue = venueOfMarket(profile);
  if (venue?.stream === undefined)
    fail('config', `instruments.${name}.venue`, 'a venue that can be listened to (minotaur venues)', profile);
  return { instrument, profile, venue };
}

export interface NamedListener {
  readonly name: string;
  readonly listener: Listener;
  readonly access: VenueAccess;
}

/** One listener for each market of a venue; markets of one venue share its budget. */
export function createListeners(
  order: ListeningOrder,
  listened: readonly Listened[],
  door: Door,
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
        sinks: sinksOf(order, instrument, door, onStop),
        seed: seeds.get(instrument.name),
      })),
    });
    return { name: profile, listener, access };
  });
}

function sinksOf(
  { onOpenHole, onNote }: ListeningOrder,
  { name, ids, officialGaps }: Instrument,
  door: Door,
  onStop: (hole: JoinedHole) => void,
): FeedSinks {
  return {
    onTrade: (arrived) => door.trade(name, arrived),
    onHole(hole) {
      onNote({ instrument: name, what: 'hole', hole });
      if (hole.kind === 'official') return;
      // Dense ids tell the chain themselves, with the trade behind the hole; but where some are missing officially, none tell.
      if (ids !== 'dense' || officialGaps) door.hole(name, { from: hole.from, to: hole.to });
      if (onOpenHole === 'stop') onStop(hole);
    },
    onNote: (note) => onNote({ instrument: name, ...note }),
  };
}

/** The instruments as a bootstrap sees them, in their own order. */
export function begunAt(
  { addresses = {} }: ListeningOrder,
  listened: readonly Listened[],
  listeners: readonly NamedListener[],
  holding: Pick<Holding, 'begun'>,
): readonly BegunInstrument[] {
  return listened.map(({ instrument, profile, venue }) => {
    const { listener, access } =
      listeners.find(({ name }) => name === profile) ?? fail('internal', profile, 'a listener', 'none');
    return {
      instrument,
      profile,
      access,
      dumpBase: addresses[venue.name]?.dumps,
      begun: () => holding.begun(instrument.name),
      seed: (trades) => listener.seed(instrument.symbol, trades),
    };
  });
}

/** Every instrument as it is now. */
export function feedsOf(listeners: readonly NamedListener[], listened: readonly Listened[]): readonly Watched[] {
  return listeners.flatMap(({ name: profile, listener }) => {
    const status = listener.status();
    return status.feeds.flatMap((feed) => {
      const own = listened.find((one) => one.profile === profile && one.instrument.symbol === feed.symbol);
      const { symbol } = feed;
      const isConnected = isListenedTo(status, symbol);
      return own === undefined ? [] : [{ ...feed, name: own.instrument.name, isConnected }];
    });
  });
}

/** The symbols of which it is asked whether their venue still has them. */
export function checkedOf(
  listeners: readonly NamedListener[],
  listened: readonly Listened[],
): readonly CheckedSymbol[] {
  return listened.flatMap(({ instrument: { name, symbol }, profile }) => {
    const rest = listeners.find((one) => one.name === profile)?.access.rest;
    return rest === undefined ? [] : [{ instrument: name, symbol, profile, rest }];
  });
}

/** Nothing is heard or asked from here on. */
export function stopListening(listeners: readonly NamedListener[]): void {
  for (const { listener, access } of listeners) {
    listener.stop();
    access.rest.stop();
  }
}
