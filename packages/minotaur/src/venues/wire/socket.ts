/** One socket of a venue, from the handshake to its end: it subscribes, proves that it lives, and hands on what it says. */
import { WebSocket } from 'ws';
import { oneLine } from 'minotaur-core/internal/base/printable';
import type { Decoded } from '../contract/decoded.ts';
import type { Stream, Venue } from '../contract/venue.ts';
import { LONGEST } from '../contract/json.ts';
import { createDecoder } from '../contract/decode.ts';
import type { Surroundings } from './surroundings.ts';
import type { WireTimes } from './times.ts';

/** Symbols of one subscription where the venue says nothing. */
const SYMBOLS = 100;
/** For a polite end; then the socket is torn down. */
const GOODBYE = 1000;

/** Why a connection was lost. */
export type LossCause =
  /** No address, no route, no TLS, or an answer that is none. */
  | 'unreachable'
  | 'handshake'
  /** A subscription was refused. */
  | 'refused'
  | 'unacknowledged'
  /** No proof of life. */
  | 'silent'
  | 'garbled'
  /** By the venue. */
  | 'closed'
  /** A frame that is none, or too long. */
  | 'broken'
  /** The venue had newer trades over REST. */
  | 'mute'
  /** By another that took its place. */
  | 'rotated'
  | 'stopped';

export interface Loss {
  readonly cause: LossCause;
  readonly detail: string;
}

/** A message of no known form, to be kept. */
export interface UnknownMessage {
  readonly raw: Uint8Array;
  readonly where: string;
  readonly expected: string;
  readonly found: string;
  /** Microseconds. */
  readonly arrival: number;
}

/** What a stream says that is of use behind the socket. */
export type Said = Extract<Decoded, { kind: 'trades' | 'leftOut' | 'heartbeat' | 'state' }>;

export interface SocketSinks {
  /** Every symbol is subscribed. */
  readonly onReady: () => void;
  readonly onSaid: (said: Said, arrival: number) => void;
  readonly onUnknown: (message: UnknownMessage) => void;
  /** The venue will close it. */
  readonly onAnnounced: (reason: string) => void;
  /** Once; nothing comes behind it. */
  readonly onClosed: (loss: Loss) => void;
}

export interface SocketOrder {
  readonly venue: Venue;
  readonly stream: Stream;
  readonly url: string;
  readonly symbols: readonly string[];
  readonly times: WireTimes;
  readonly around: Surroundings;
}

export interface VenueSocket {
  close(loss: Loss): void;
}

/** All that one socket knows. */
interface Life extends SocketOrder {
  readonly sinks: SocketSinks;
  readonly socket: WebSocket;
  /** What is called off at the end. */
  readonly timers: Set<() => void>;
  /** Texts, or symbols, that are not acknowledged. */
  readonly pending: Set<string>;
  isOpen: boolean;
  isClosed: boolean;
  /** The last proof that it lives. */
  proof: number;
}

/** Opens it. @throws {SyntaxError} for an address that is none */
export function openSocket(order: SocketOrder, sinks: SocketSinks): VenueSocket {
  const { url, venue, times, around } = order;
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    // Beyond, the connection is closed before it is read.
    maxPayload: LONGEST,
    handshakeTimeout: times.handshake,
  });
  const life: Life = {
    ...order,
    sinks,
    socket,
    timers: new Set(),
    pending: new Set(),
    isOpen: false,
    isClosed: false,
    proof: around.now(),
  };
  const decode = createDecoder(venue.messages);
  const alive = (): void => void (life.proof = around.now());
  const proves = order.stream.keepAlive.value.proof === 'protocol';
  after(life, times.handshake, () => {
    if (!life.isOpen) end(life, { cause: 'handshake', detail: `not open after ${times.handshake} ms` });
  });
  socket.on('open', () => {
    if (!life.isClosed) begin(life);
  });
  socket.on('message', (data: Buffer) => {
    if (life.isClosed) return;
    const arrival = around.wall();
    if (proves) alive();
    for (const one of decode(data.toString(), arrival)) hear(life, one, data, arrival);
  });
  socket.on('ping', proves ? alive : () => {});
  socket.on('pong', proves ? alive : () => {});
  socket.on('error', (error: Error) => {
    const { code } = error as NodeJS.ErrnoException;
    const detail = code === undefined ? error.message : `${code}: ${error.message}`;
    end(life, { cause: life.isOpen ? 'broken' : 'unreachable', detail });
  });
  socket.on('close', (code, reason) => {
    const words = reason.toString();
    end(life, { cause: 'closed', detail: words === '' ? `code ${code}` : `code ${code}: ${words}` });
  });
  return { close: (loss) => end(life, loss) };
}

/** Something later, unless it has ended by then. */
function after({ around, timers }: Life, milliseconds: number, run: () => void): void {
  const off = around.later(milliseconds, () => {
    timers.delete(off);
    run();
  });
  timers.add(off);
}

function end(life: Life, loss: Loss): void {
  if (life.isClosed) return;
  life.isClosed = true;
  for (const off of life.timers) off();
  const { socket } = life;
  if (loss.cause === 'rotated' || loss.cause === 'stopped') {
    const off = life.around.later(GOODBYE, () => socket.terminate());
    socket.once('close', off);
    socket.close(1000);
  } else socket.terminate();
  // Its words may be the venue's: of any length, with anything in them.
  life.sinks.onClosed({ cause: loss.cause, detail: oneLine(loss.detail) });
}

/** Texts that subscribe, in pieces that the venue takes. */
function subscriptions({ stream, symbols }: Life): string[] {
  const size = stream.limits.value.symbolsPerMessage ?? SYMBOLS;
  const texts: string[] = [];
  for (let from = 0; from < symbols.length; from += size)
    for (const text of stream.subscribe(symbols.slice(from, from + size))) if (!texts.includes(text)) texts.push(text);
  return texts;
}

function begin(life: Life): void {
  const { stream, symbols, around, pending, times } = life;
  life.isOpen = true;
  life.proof = around.now();
  const texts = subscriptions(life);
  for (const name of stream.acknowledged.value === 'symbol' ? symbols : texts) pending.add(name);
  const perSecond = stream.limits.value.messagesPerSecond ?? texts.length;
  const atOnce = Math.max(1, Math.floor(perSecond));
  let sent = 0;
  const send = (): void => {
    const until = Math.min(texts.length, sent + (sent === 0 ? atOnce : 1));
    while (sent < until) life.socket.send(texts[sent++]);
    if (sent < texts.length) after(life, 1000 / perSecond, send);
    else after(life, times.acknowledgement, unacknowledged);
  };
  const unacknowledged = (): void => {
    if (pending.size === 0) return;
    const detail = `no word of ${[...pending].join(', ').slice(0, 200)} in ${times.acknowledgement} ms`;
    end(life, { cause: 'unacknowledged', detail });
  };
  send();
  keepAlive(life);
}

/** Asks for proofs of life, and ends what gives none: a market without trades is alive. */
function keepAlive(life: Life): void {
  const { stream, times, around, socket } = life;
  const { ping, deadAfterMs } = stream.keepAlive.value;
  const deadAfter = times.deadAfter ?? deadAfterMs;
  let ticked = around.now();
  const tick = (): void => {
    const now = around.now();
    // This process stood still: what came meanwhile is not read yet.
    if (now - ticked > 2 * times.ping) life.proof = Math.max(life.proof, now - deadAfter / 2);
    ticked = now;
    if (now - life.proof > deadAfter)
      return end(life, { cause: 'silent', detail: `no proof of life for ${Math.round(now - life.proof)} ms` });
    socket.ping();
    after(life, times.ping, tick);
  };
  after(life, times.ping, tick);
  if (ping === null) return;
  const every = Math.min(ping.everyMs, deadAfter / 3);
  const say = (): void => {
    socket.send(ping.text);
    after(life, every, say);
  };
  after(life, every, say);
}

function hear(life: Life, one: Decoded, data: Uint8Array, arrival: number): void {
  const { sinks, around } = life;
  // What one message says may end it.
  if (life.isClosed) return;
  if (one.kind !== 'unknown') life.proof = around.now();
  switch (one.kind) {
    case 'trades':
    case 'leftOut':
    case 'heartbeat':
    case 'state':
      return sinks.onSaid(one, arrival);
    case 'ack':
      return acknowledge(life, one.symbols);
    case 'nack':
      return end(life, { cause: 'refused', detail: one.reason });
    case 'respond':
      return life.socket.send(one.text);
    case 'reconnect':
      return sinks.onAnnounced(one.reason);
    case 'unknown': {
      const { where, expected, found } = one;
      return sinks.onUnknown({ raw: Uint8Array.from(data), where, expected, found, arrival });
    }
    default:
  }
}

/** An acknowledgement without symbols is that of the oldest text. */
function acknowledge({ pending, sinks, stream }: Life, symbols: readonly string[] | undefined): void {
  if (pending.size === 0) return;
  const taken = stream.acknowledged.value === 'symbol' ? (symbols ?? [...pending]) : [...pending].slice(0, 1);
  for (const name of taken) pending.delete(name);
  if (pending.size === 0) sinks.onReady();
}
