/**
 * One subscription that is kept: a socket, the next one after it is lost, and a second one beside it before the venue closes the
 * first. What it says goes on at once; the socket is never paused.
 */
import type { Venue, Stream } from '../contract/venue.ts';
import type { Attempt, Attempts } from './attempts.ts';
import { createOverlapping, type Overlapping } from './overlapping.ts';
import { openSocket, type Loss, type LossCause, type Said, type UnknownMessage, type VenueSocket } from './socket.ts';
import type { Surroundings } from './surroundings.ts';
import type { WireTimes } from './times.ts';

/** Messages of no known form in a minute that are too many. */
const GARBLED = 3;
const HOUR = 3_600_000;

/** As it is now, for metrics. */
export interface ConnectionStatus {
  readonly isConnected: boolean;
  /** Whether the venue refused the subscription at the start: nothing more is tried. */
  readonly isRefused: boolean;
  readonly symbols: readonly string[];
  /** Of the newest attempt. */
  readonly url: string;
  /** Sockets so far. */
  readonly sockets: number;
  /** Those that were lost, by cause. */
  readonly losses: Readonly<Partial<Record<LossCause, number>>>;
  readonly lastLoss: (Loss & { readonly at: number }) | undefined;
  /** Messages of no known form. */
  readonly unknown: number;
}

export interface ConnectionSinks {
  /** `isContinuous`: another socket gave until now what this one gives. */
  readonly onSubscribed: (number: number, isContinuous: boolean) => void;
  readonly onSaid: (said: Said, arrival: number) => void;
  readonly onUnknown: (message: UnknownMessage) => void;
  readonly onLoss: (loss: Loss) => void;
  /** The very first subscription was refused. */
  readonly onRefused: (reason: string) => void;
}

export interface ConnectionOrder {
  readonly venue: Venue;
  readonly stream: Stream;
  /** The first is tried first, the next where one does not serve. */
  readonly urls: readonly string[];
  readonly symbols: readonly string[];
  readonly attempts: Attempts;
  readonly times: WireTimes;
  readonly around: Surroundings;
}

export interface Connection {
  start(): void;
  stop(): void;
  /** Ends the socket; the next follows. */
  drop(loss: Loss): void;
  /** A second socket, and the first goes once they overlap. */
  rotate(why: string): void;
  status(): ConnectionStatus;
}

/** A socket and what is known of it. */
interface Held {
  readonly number: number;
  readonly url: string;
  readonly attempt: Attempt;
  socket: VenueSocket | undefined;
  readyAt: number | undefined;
}

/** All that a connection knows. */
interface Kept extends ConnectionOrder {
  readonly sinks: ConnectionSinks;
  current: Held | undefined;
  /** What is to take its place. */
  next: Held | undefined;
  overlapping: Overlapping | undefined;
  /** What is called off when it stops. */
  readonly timers: Map<'retry' | 'rotation' | 'overlap', () => void>;
  isStopped: boolean;
  isRefused: boolean;
  wasReady: boolean;
  /** Attempts that came to nothing, one after the other. */
  failures: number;
  urlIndex: number;
  sockets: number;
  unknown: number;
  readonly unknownAt: number[];
  readonly losses: Partial<Record<LossCause, number>>;
  lastLoss: (Loss & { readonly at: number }) | undefined;
}

export function createConnection(order: ConnectionOrder, sinks: ConnectionSinks): Connection {
  const kept: Kept = {
    ...order,
    sinks,
    current: undefined,
    next: undefined,
    overlapping: undefined,
    timers: new Map(),
    isStopped: false,
    isRefused: false,
    wasReady: false,
    failures: 0,
    urlIndex: 0,
    sockets: 0,
    unknown: 0,
    unknownAt: [],
    losses: {},
    lastLoss: undefined,
  };
  return {
    start: () => connect(kept),
    stop() {
      kept.isStopped = true;
      for (const off of kept.timers.values()) off();
      for (const held of [kept.next, kept.current]) {
        held?.socket?.close({ cause: 'stopped', detail: 'by this program' });
        held?.attempt.done();
      }
    },
    drop(loss) {
      const { current, next } = kept;
      // A socket that is not ready yet may be the cure already.
      if (current?.readyAt !== undefined && next === undefined) current.socket?.close(loss);
    },
    rotate: (why) => rotate(kept, why),
    status: () => ({
      isConnected: kept.current?.readyAt !== undefined,
      isRefused: kept.isRefused,
      symbols: kept.symbols,
      url: urlOf(kept),
      sockets: kept.sockets,
      losses: { ...kept.losses },
      lastLoss: kept.lastLoss,
      unknown: kept.unknown,
    }),
  };
}

const urlOf = ({ urls, urlIndex }: Kept): string => urls[urlIndex % urls.length];

/** Something once, later; the same again is the later of the two. */
function later(kept: Kept, what: 'retry' | 'rotation' | 'overlap', milliseconds: number, run: () => void): void {
  kept.timers.get(what)?.();
  kept.timers.set(what, kept.around.later(milliseconds, run));
}

function connect(kept: Kept): void {
  kept.current = queued(kept);
}

/** A socket, when it is its turn. */
function queued(kept: Kept): Held {
  const held: Held = {
    number: ++kept.sockets,
    url: urlOf(kept),
    socket: undefined,
    readyAt: undefined,
    attempt: kept.attempts.queue(() => {
      // The turn may come at once, before `held` is there.
      kept.around.later(0, () => open(kept, held));
    }),
  };
  return held;
}

function open(kept: Kept, held: Held): void {
  if (kept.isStopped || (held !== kept.current && held !== kept.next)) return held.attempt.done();
  const { venue, stream, symbols, times, around, sinks } = kept;
  held.socket = openSocket(
    { venue, stream, symbols, times, around, url: held.url },
    {
      onReady: () => ready(kept, held),
      onSaid(said, arrival) {
        sinks.onSaid(said, arrival);
        if (kept.overlapping !== undefined && said.kind === 'trades') overlap(kept, held, said);
      },
      onUnknown(message) {
        sinks.onUnknown(message);
        garbled(kept, held, message);
      },
      onAnnounced: (reason) => rotate(kept, reason),
      onClosed: (loss) => closed(kept, held, loss),
    },
  );
}

function ready(kept: Kept, held: Held): void {
  const { around, times, stream, sinks, current } = kept;
  held.attempt.done();
  held.readyAt = around.now();
  kept.wasReady = true;
  const hours = stream.closesAfterHours.value;
  const life = times.life ?? (hours === null ? undefined : hours * HOUR - HOUR);
  if (life !== undefined) later(kept, 'rotation', life, () => rotate(kept, 'its time is over'));
  const isContinuous = held === kept.next && current?.readyAt !== undefined;
  if (isContinuous) {
    kept.overlapping = createOverlapping();
    later(kept, 'overlap', times.overlap, () => overlapped(kept));
  } else if (held === kept.next) {
    kept.current = held;
    kept.next = undefined;
  }
  sinks.onSubscribed(held.number, isContinuous);
}

function rotate(kept: Kept, why: string): void {
  const { current, next, isStopped } = kept;
  if (isStopped || next !== undefined || current?.readyAt === undefined) return;
  note(kept, { cause: 'rotated', detail: why });
  kept.next = queued(kept);
}

function overlap(kept: Kept, held: Held, said: Extract<Said, { kind: 'trades' }>): void {
  const { overlapping, next } = kept;
  // What a venue greets with proves nothing of where the stream begins.
  if (overlapping === undefined || (said.mayRepeat && held === next)) return;
  overlapping.take(said.trades, held === next ? 'newer' : 'older');
  if (overlapping.met()) replace(kept);
}

/** The older goes. */
function replace(kept: Kept): void {
  const { current, next, timers } = kept;
  timers.get('overlap')?.();
  kept.overlapping = undefined;
  kept.current = next;
  kept.next = undefined;
  current?.socket?.close({ cause: 'rotated', detail: 'another has taken its place' });
}

/** They did not meet in time: there were no trades, or the newer one is mute. */
function overlapped(kept: Kept): void {
  const missing = kept.overlapping?.missing() ?? [];
  if (missing.length === 0) return replace(kept);
  kept.next?.socket?.close({ cause: 'mute', detail: `nothing of ${missing.join(', ')}, which the other gave` });
}

function garbled(kept: Kept, held: Held, { expected, found }: UnknownMessage): void {
  const { times, around, unknownAt } = kept;
  kept.unknown++;
  const now = around.now();
  unknownAt.push(now);
  while (unknownAt[0] < now - times.garbled) unknownAt.shift();
  if (unknownAt.length < GARBLED) return;
  unknownAt.length = 0;
  held.socket?.close({ cause: 'garbled', detail: `expected ${expected}, found ${found}` });
}

function note(kept: Kept, loss: Loss): void {
  kept.losses[loss.cause] = (kept.losses[loss.cause] ?? 0) + 1;
  kept.lastLoss = { ...loss, at: kept.around.wall() };
  kept.sinks.onLoss(loss);
}

function closed(kept: Kept, held: Held, loss: Loss): void {
  held.attempt.done();
  if (kept.isStopped || (held !== kept.current && held !== kept.next)) return;
  note(kept, loss);
  const { next, around, times } = kept;
  const lived = held.readyAt === undefined ? -1 : around.now() - held.readyAt;
  kept.failures = lived >= times.stable ? 0 : kept.failures + 1;
  if (lived < 0 || loss.cause === 'mute') kept.urlIndex++;
  if (loss.cause === 'refused' && !kept.wasReady) {
    kept.isRefused = true;
    kept.current = undefined;
    return kept.sinks.onRefused(loss.detail);
  }
  kept.timers.get('overlap')?.();
  kept.overlapping = undefined;
  const pause = loss.cause === 'refused' ? times.refused : backOff(kept);
  if (held === next) {
    // The older one still gives all.
    kept.next = undefined;
    return later(kept, 'rotation', pause, () => rotate(kept, 'again'));
  }
  kept.current = next;
  kept.next = undefined;
  if (next === undefined) later(kept, 'retry', pause, () => connect(kept));
  else if (next.readyAt !== undefined) kept.sinks.onSubscribed(next.number, false);
}

/** Twice as long each time, and each time a chance part of it: those who were lost together do not come back together. */
function backOff({ failures, times, around }: Kept): number {
  const most = Math.min(times.longestPause, times.firstPause * 2 ** Math.max(0, failures - 1));
  return most * (0.5 + around.uniform() / 2);
}
