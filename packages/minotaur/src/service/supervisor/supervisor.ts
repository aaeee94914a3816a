/**
 * A live session: feeds of every instrument, the recorded chain behind them, what it publishes. It is handed its clock, its chance
 * and its venues, and ends in one of four ways: it was told to, a hole stayed open, its record could not be written, or the venue has an instrument no more.
 */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { planOf } from 'minotaur-core/internal/config/engine';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { JournalOptions } from '../../journal/writer.ts';
import type { JoinedHole } from '../../venues/joiner/contract.ts';
import type { ListenerStatus } from '../../venues/wire/listener.ts';
import type { BegunInstrument, Warmth } from '../bootstrap/bootstrap.ts';
import type { Publication } from '../publication/publication.ts';
import { createDoor, type OpenOrder } from './door.ts';
import {
  begunAt,
  checkedOf,
  createListeners,
  feedsOf,
  listenedOf,
  stopListening,
  type Listened,
  type ListeningOrder,
  type NamedListener,
} from './listening.ts';
import { createHolding, watchHeld } from './holding.ts';
import { createPump, type Pump, type PumpOrder, type PredictionEar, type Timings } from './pump.ts';
import { goesOn, openLiveChain, type ChainOrder, type LiveChain, type Predicting } from './session-chain.ts';
import type { Seeds } from './seeds.ts';
import { checkSymbols, type SymbolCheckOrder } from './symbol-check.ts';
import { createUnpredicted } from './unpredicted.ts';
import { PATIENCE, type Patience } from './ticker.ts';
import { startTimers } from './timers.ts';

export interface SupervisorOrder extends ListeningOrder, Omit<ChainOrder, 'history'> {
  readonly instruments: readonly Instrument[];
  readonly journalOptions?: JournalOptions | undefined;
  readonly timings?: Timings | undefined;
  readonly onPredictions?: PredictionEar | undefined;
  /** Once a second while it begins: how much of what feeds say is held, by instrument; then that it is nothing. */
  readonly onHeld?: ((counts: ReadonlyMap<string, number>) => void) | undefined;
  readonly patience?: Partial<Patience> | undefined;
  /** Milliseconds between snapshots. Default 60,000. */
  readonly snapshotEvery?: number | undefined;
  /** How often it is asked whether the venue still has a symbol. */
  readonly symbolChecks?: Pick<SymbolCheckOrder, 'every' | 'again'> | undefined;
  /**
   * The history that a session begins with, gathered while what the streams say is held; undefined: it goes on where its record
   * ends. Absent: nothing is gathered.
   */
  readonly warm?: ((begun: readonly BegunInstrument[], signal: AbortSignal) => Promise<Warmth | undefined>) | undefined;
  /** Ends a session that has yet to begin. */
  readonly signal?: AbortSignal | undefined;
}

/** How a session ended. */
type Ending = { readonly why: 'told' } | { readonly why: 'hole' | 'broken' | 'gone'; readonly error: unknown };

export interface Supervisor {
  readonly chain: LiveChain;
  /** Once it has ended, its record closed. */
  readonly ended: Promise<Ending>;
  /** Listens no more, uses what has come, takes a snapshot and ends the record. */
  stop(): void;
  /** Between two events. */
  snapshot(): Promise<void>;
  /** Predicts with these from the next row on; where they do not fit, nothing changes. The ordinal of that row. */
  replace(by: Predicting): Promise<number>;
  /** As it is now, by venue. */
  status(): ReadonlyMap<string, ListenerStatus>;
}

/**
 * Starts a session; it is live once every instrument is subscribed.
 * @throws whatever ended it before it began
 */
export async function startSupervisor(order: SupervisorOrder): Promise<Supervisor> {
  const { instruments, publication } = order;
  const listened = instruments.map(listenedOf);
  const early = new AbortController();
  let ending: Ending | undefined;
  let close = (): void => early.abort();
  const end = (how: Ending): void => {
    if (ending !== undefined) return;
    ending = how;
    close();
  };
  const endBroken = (error: unknown): void => end({ why: 'broken', error });
  const { journalOptions, isBroken } = hearBroken(order, endBroken);
  const { holding, door, seeds, ...held } = hold(order, endBroken);
  let listeners: readonly NamedListener[] = [];
  try {
    const cold = order.warm === undefined ? await openLiveChain({ ...order, journalOptions }) : undefined;
    listeners = createListeners({ ...order, seeds }, listened, door, (error) => end({ why: 'hole', error }));
    const started = Promise.all(listeners.map(({ listener }) => listener.start()));
    started.catch(endBroken);
    const signal = AbortSignal.any([early.signal, ...(order.signal === undefined ? [] : [order.signal])]);
    const warmth = await order.warm?.(begunAt(order, listened, listeners, holding), signal).catch((error: unknown) => {
      // What is on record meets the stream no more: that goes on record too, and ends it.
      if (ending?.why === 'hole' && order.isNew !== true) return undefined;
      throw error;
    });
    const anew = warmth === undefined ? {} : { isNew: true, history: warmth.feed.bind(warmth), isWarm: warmth.isReady };
    const chain = cold ?? (await openLiveChain({ ...order, journalOptions, ...anew }));
    const pump = pumpOf(order, chain, listened, { isBroken, onBroken: endBroken });
    const before = warmth?.rest() ?? new Map();
    await door.open(pump, openOrderOf(order, chain, listeners, listened, before));
    await pump.idle();
    // From here on there is a session to go on with: what it goes on behind is on record.
    if (warmth !== undefined) chain.snapshot();
    else chain.sync();
    held.isOnRecord();
    const timers = startTimers({ order, chain, pump, listeners, listened, onBroken: endBroken });
    const stopChecks = checkSymbols({
      symbols: checkedOf(listeners, listened),
      around: order.around,
      ...order.symbolChecks,
      onGone: (instrument, why) => end({ why: 'gone', error: goneOf(instrument, why) }),
    });
    const run = { chain, pump, listeners, publication };
    const { ended, finish } = createEnded();
    close = () => {
      stopChecks();
      void closeSession(run, timers, ending).then(finish);
    };
    if (ending !== undefined) close();
    publication.open();
    publication.setReason('bootstrapping', 'not subscribed yet');
    void started.then(() => {
      if (ending !== undefined) return;
      publication.setReason('bootstrapping');
      publication.setState('live');
    }, endBroken);
    return { ended, stop: () => end({ why: 'told' }), ...ordersOf(run) };
  } catch (error) {
    stopListening(listeners);
    held.isLeft();
    throw causeOf(ending) ?? error;
  }
}

/** What feeds say is held until it can be let through, and until it is on record. */
function hold(order: SupervisorOrder, onBroken: (error: unknown) => void) {
  const { config, around, onHeld = () => {} } = order;
  const onRecord = goesOn(order) ? order.seeds() : undefined;
  const holding = createHolding({ ...order, plan: planOf(config), onRecord });
  const unwatch = watchHeld(holding, around, onHeld);
  return {
    holding,
    seeds: (): Seeds => (onRecord === undefined ? order.seeds() : holding.seeds),
    door: createDoor(holding, onBroken),
    isOnRecord(): void {
      unwatch();
      holding.end();
    },
    /** To whoever goes on with the record. */
    isLeft(): void {
      unwatch();
      holding.leave();
    },
  };
}

/** A record that could not be written ends the session, whoever of it hears first. */
function hearBroken({ journalOptions }: SupervisorOrder, onBroken: (error: MinotaurError) => void) {
  let broken: MinotaurError | undefined;
  const ears: JournalOptions['ears'] = {
    ...journalOptions?.ears,
    onBroken(error) {
      broken = error;
      journalOptions?.ears?.onBroken?.(error);
      onBroken(error);
    },
  };
  return { journalOptions: { ...journalOptions, ears }, isBroken: () => broken !== undefined };
}

function pumpOf(
  { publication, around, timings, onPredictions, onNote }: SupervisorOrder,
  chain: LiveChain,
  listened: readonly Listened[],
  breaking: Pick<PumpOrder, 'isBroken' | 'onBroken'>,
): Pump {
  const profileOf = (name: string): string =>
    listened.find(({ instrument }) => instrument.name === name)?.profile ?? '';
  const tell = createUnpredicted(onNote);
  return createPump({
    chain,
    publication,
    around,
    timings,
    onPredictions(predictions) {
      onPredictions?.(predictions);
      tell(predictions);
    },
    originOf: (name, way) => `${profileOf(name)} ${way}`,
    onRefused: (instrument, error) => onNote({ instrument, what: 'refused', message: error.message }),
    ...breaking,
  });
}

function goneOf(instrument: string, why: string): MinotaurError {
  return new MinotaurError('state', { where: instrument, expected: 'a symbol that its venue has', found: why });
}

function causeOf(ending: Ending | undefined): unknown {
  if (ending === undefined || ending.why === 'told') return undefined;
  const { why, error } = ending;
  if (why !== 'hole' || error instanceof Error) return error;
  const expected = 'no hole while it begins';
  return new MinotaurError('state', { where: 'session', expected, found: (error as JoinedHole).why });
}

function createEnded(): { ended: Promise<Ending>; finish: (ending: Ending) => void } {
  let finish: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => (finish = resolve));
  return { ended, finish };
}

interface Running {
  readonly chain: LiveChain;
  readonly pump: Pump;
  readonly listeners: readonly NamedListener[];
  readonly publication: Publication;
}

/** What a session that runs is asked for. */
function ordersOf({ chain, pump, listeners }: Running): Pick<Supervisor, 'chain' | 'snapshot' | 'replace' | 'status'> {
  return {
    chain,
    snapshot: () => pump.between(async () => chain.snapshot()),
    replace: (by) =>
      pump.between(async () => {
        await chain.replace(by);
        return chain.counts().rows;
      }),
    status: () => new Map(listeners.map(({ name, listener }) => [name, listener.status()])),
  };
}

async function closeSession(
  { chain, pump, listeners, publication }: Running,
  timers: { stop(): void },
  ending: Ending = { why: 'told' },
): Promise<Ending> {
  timers.stop();
  stopListening(listeners);
  publication.setState('stopped');
  publication.setReason('stopped', 'the session has ended');
  await pump.idle();
  return endRecord(chain, ending);
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

function openOrderOf(
  { around, patience, instruments }: SupervisorOrder,
  { plan }: LiveChain,
  listeners: readonly NamedListener[],
  listened: readonly Listened[],
  before: OpenOrder['before'],
): OpenOrder {
  const drive = plan.instruments[plan.clocks[plan.drive].instrument].name;
  const names = instruments.map(({ name }) => name).toSorted((a, b) => Number(a === drive) - Number(b === drive));
  const arrival = around.wall();
  const { lateness } = { ...PATIENCE, ...patience };
  const quietUntil = (name: string): number => {
    const feed = feedsOf(listeners, listened).find((one) => one.name === name);
    if (feed?.isConnected !== true || !feed.isLevel || feed.isJoining || feed.isHalted) return -Infinity;
    const until = Math.floor(Math.min(feed.venueTime - lateness, feed.provenTime));
    return until === until ? until : -Infinity;
  };
  return { instruments: names, skew: plan.lanes.skew, before, arrival, quietUntil };
}
