/** What a live session records, into a bus beside it: how far that is, for whoever looks. */
import { textual, type Optional } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { firstSegmentForBus } from '../../bus/follower/place-file.ts';
import { bytesBehind, type TailPlace } from '../../bus/follower/journal-tail.ts';
import { chainOf } from '../../bus/follower/follow.ts';
import { parseBusAddress } from '../../bus/kafka/address.ts';
import { loadKafka } from '../../bus/kafka/client.ts';
import type { Metrics } from '../../service/metrics/metrics.ts';
import type { Publication } from '../../service/publication/publication.ts';
import { followInThread, type FollowNote } from '../bus/follow-thread.ts';
import { nameBus } from '../bus/open.ts';

/** What `live` takes of a bus. */
export interface LiveBusOptions {
  /** Where what the session records goes too: `kafka://HOST:PORT/NAME`. */
  readonly bus?: string | undefined;
  /** File of settings of the bus: TLS, SASL. */
  readonly busSettings?: string | undefined;
  /** Name of the chain in the bus; that of its instrument where absent. */
  readonly chain?: string | undefined;
}

export const LIVE_BUS: Optional<LiveBusOptions> = { bus: textual, busSettings: textual, chain: textual };

interface FollowingOrder {
  readonly options: LiveBusOptions;
  readonly journal: string;
  readonly publication: Publication;
  readonly metrics: Metrics;
  readonly log: (line: object) => void;
  /** The bus has taken nothing for a minute, or takes no more; undefined: it takes what comes. */
  readonly onAway: (words: string | undefined) => void;
}

/** Milliseconds between two looks. */
const METERED = 1000;
/** Seconds without a word from the bus after which somebody is told. */
const AWAY = 60;

/** @throws {MinotaurError} of kind `config` for an address, settings, a chain or a client that cannot be had */
export async function requireBus(
  { bus, busSettings, chain }: LiveBusOptions,
  instruments: readonly Pick<Instrument, 'name'>[],
): Promise<void> {
  if (bus === undefined) {
    const given = chain === undefined ? busSettings && '--bus-settings' : '--chain';
    if (given !== undefined) fail('config', '--bus', 'an address of a bus', `${given} without one`);
    return;
  }
  chainOf(chain, instruments, '--bus');
  await nameBus({ bus, settings: busSettings });
  await loadKafka();
}

/** The oldest segment that the bus needs, asked each time; undefined where there is none. */
export function firstNeededOf(
  { bus, chain, journal }: LiveBusOptions & { readonly journal: string },
  instruments: readonly Pick<Instrument, 'name'>[],
): (() => number) | undefined {
  if (bus === undefined) return undefined;
  const { prefix } = parseBusAddress(bus);
  const whose = chainOf(chain, instruments, '--bus');
  return () => firstSegmentForBus(journal, prefix, whose);
}

/** Begins it; what is returned ends it, once what is on record is in the bus, or some seconds later. */
export function followInto(bus: string, order: FollowingOrder): () => Promise<void> {
  const { options, journal, log, publication, onAway } = order;
  const { prefix: name } = parseBusAddress(bus);
  const seen = { epoch: -1, events: 0, at: { segment: 0, byte: 0 } as TailPlace };
  let trouble: string | undefined;
  let since = performance.now();
  let isOver = false;
  const say = (words: string | undefined): void => {
    if (words === trouble) return;
    if (trouble === undefined) since = performance.now();
    trouble = words;
    log({ event: 'bus', bus: name, trouble: words ?? null });
    publication.event('bus', { bus: name, trouble: words ?? null });
  };
  const hear = (note: FollowNote): void => {
    if ('trouble' in note) {
      isOver = note.isOver;
      return say(note.trouble);
    }
    const { epoch, events, written, answered, at } = note.status;
    if (answered) say(undefined);
    order.metrics.add('bus_events_total', written);
    Object.assign(seen, { epoch, events, at });
  };
  const look = (): void => {
    const behind = bytesBehind(journal, seen.at);
    order.metrics.set('bus_behind_bytes', behind);
    order.metrics.set('bus_up', trouble === undefined ? 1 : 0);
    const { epoch, events } = seen;
    publication.setStatus('bus', { bus: name, epoch, events, behind, trouble: trouble ?? null });
    if (trouble === undefined) onAway(undefined);
    else if (isOver || performance.now() - since > 1000 * AWAY) onAway(`${name}: ${trouble}`);
  };
  const ending = new AbortController();
  const task = { bus, settings: options.busSettings, journal, chain: options.chain };
  const done = followInThread(task, { signal: ending.signal, onNote: hear }).catch((error: unknown) => {
    if (ending.signal.aborted) return;
    isOver = true;
    say(error instanceof Error ? error.message : String(error));
  });
  const timer = setInterval(look, METERED);
  look();
  return async () => {
    ending.abort();
    await done;
    clearInterval(timer);
  };
}
