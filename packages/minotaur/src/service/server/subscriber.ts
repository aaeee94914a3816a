/**
 * One stream: takes from its feed and writes to its socket, as fast as the other end reads. What the other end does not read
 * is not kept for it: beyond a bound it is sent away, with the place where it may come back.
 */
import type { WebSocket } from 'ws';
import { CLOSE } from '../protocol/messages.ts';
import { positionText, type Position } from '../protocol/position.ts';
import type { Publication } from '../publication/publication.ts';
import type { Encoder, Format } from './encoder.ts';
import { GoneError, type Fed, type SubscriberFeed } from './feed.ts';

/** What may lie between a publication and a subscriber. */
export interface SubscriberLimits {
  /** Rows that were published and not sent, at most. */
  readonly rows: number;
  /** The same in bytes. */
  readonly bytes: number;
}

/** As the documents say. */
export const LIMITS: SubscriberLimits = { rows: 1000, bytes: 8 * 1024 * 1024 };

/** Bytes that a socket holds before the next message waits. */
const SOCKET_BYTES = 256 * 1024;
/** A peer that does not answer the close frame is cut off. */
const CLOSING_MS = 5000;

/** An open stream. */
export interface Subscriber {
  /** Rows that were published and not sent. */
  lag(): number;
  /** Goes on where something was published; sends away who is too far behind. To be called often. */
  wake(): void;
  close(code: number, reason: string): void;
}

export interface SubscriberOptions {
  readonly publication: Publication;
  readonly feed: SubscriberFeed;
  readonly socket: WebSocket;
  readonly encoder: Encoder;
  readonly format: Format;
  readonly limits: SubscriberLimits;
  /** Sends the first message. */
  readonly greet: () => string;
  /** Hears why the service closed it. */
  readonly onClose: (code: number) => void;
  /** Hears of an error of ours. */
  readonly onError: (error: unknown) => void;
}

/** A socket, and whoever waits for it. */
function createOutlet(socket: WebSocket) {
  let drained = (): void => {};
  return {
    /** Sends; where the socket is full, what is to be waited for: that it has passed on what it holds. */
    send(data: string | Uint8Array<ArrayBuffer>): Promise<void> | undefined {
      if (socket.bufferedAmount >= SOCKET_BYTES)
        return new Promise((resolve) => {
          drained = resolve;
          socket.send(data, () => resolve());
        });
      socket.send(data);
      return undefined;
    },
    /** Nobody waits for it any longer. */
    release: (): void => drained(),
  };
}

export function createSubscriber(options: SubscriberOptions): Subscriber {
  const { publication, feed, socket, encoder, format, limits, greet, onClose, onError } = options;
  let last: Position | undefined;
  let sentBytes = publication.bytes;
  let caughtUp = false;
  let closed = false;
  /** What is in memory is taken: what came before has been sent, and the socket is not full. */
  let isTaking = false;
  const isOpen = (): boolean => !closed;
  const outlet = createOutlet(socket);
  const stop = (): void => {
    closed = true;
    outlet.release();
  };
  const close = (code: number, reason: string): void => {
    if (closed) return;
    stop();
    socket.close(code, reason);
    setTimeout(() => socket.terminate(), CLOSING_MS).unref();
    onClose(code);
  };
  const tooSlow = (): void => close(CLOSE.slow, JSON.stringify({ last: last === undefined ? '' : positionText(last) }));
  const failed = (error: unknown): void => {
    if (error instanceof GoneError) return close(CLOSE.gone, JSON.stringify({ first: error.first }));
    onError(error);
    close(1011, 'an error of ours');
  };
  const send = (fed: Fed): Promise<void> | undefined => {
    if (fed.message.kind === 'row') last = fed.message;
    return outlet.send(encoder(fed, format));
  };
  /** Sends what is in memory, at once: what is there waits for no other turn. */
  const drain = (): void => {
    isTaking = true;
    try {
      for (let fed = feed.take(); isOpen(); fed = feed.take()) {
        caughtUp ||= fed === undefined;
        sentBytes = fed?.bytes ?? publication.bytes;
        if (fed === undefined) return;
        const full = send(fed);
        if (full === undefined) continue;
        isTaking = false;
        return void full.then(drain);
      }
    } catch (error) {
      // Gone from memory while he was read to: it is on record, and he may come back for it.
      if (error instanceof GoneError) tooSlow();
      else failed(error);
    }
  };
  const run = async (): Promise<void> => {
    socket.send(greet());
    for await (const fed of feed.past()) {
      await send(fed);
      if (closed) return;
    }
    drain();
  };
  const subscriber: Subscriber = {
    lag: feed.lag,
    wake() {
      if (caughtUp && (feed.lag() > limits.rows || publication.bytes - sentBytes > limits.bytes)) tooSlow();
      else if (isTaking) drain();
    },
    close,
  };
  socket.on('close', stop);
  run().catch(failed);
  return subscriber;
}
