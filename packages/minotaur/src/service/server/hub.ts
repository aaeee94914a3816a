/** All streams together: woken when something was published, watched for peers that went silent, counted. */
import type { WebSocket } from 'ws';
import type { Metrics } from '../metrics/metrics.ts';
import type { Publication } from '../publication/publication.ts';
import { CLOSE } from '../protocol/messages.ts';
import type { Subscriber } from './subscriber.ts';

/** A peer that answers no ping for so long is gone. */
const PING_MS = 20_000;

/** The streams of a server. */
export interface Hub {
  readonly size: number;
  /** Keeps a stream until its socket closes. */
  add(socket: WebSocket, subscriber: Subscriber): void;
  /** Rows that the slowest has not been sent. */
  lag(): number;
  /** Sends all away: the service stops. */
  close(): void;
}

export function createHub(publication: Publication, metrics: Metrics): Hub {
  const subscribers = new Map<WebSocket, Subscriber>();
  const silent = new WeakSet<WebSocket>();
  const wake = (): void => {
    for (const subscriber of subscribers.values()) subscriber.wake();
  };
  const unlisten = publication.listen(oncePerCall(wake));
  const timer = setInterval(() => {
    for (const socket of subscribers.keys()) {
      if (silent.has(socket)) socket.terminate();
      else socket.ping();
      silent.add(socket);
    }
  }, PING_MS).unref();
  const count = (): void => metrics.set('subscribers', subscribers.size);
  count();
  return {
    get size() {
      return subscribers.size;
    },
    add(socket, subscriber) {
      subscribers.set(socket, subscriber);
      count();
      socket.on('pong', () => silent.delete(socket));
      socket.on('close', () => {
        subscribers.delete(socket);
        count();
      });
    },
    lag: () => Math.max(0, ...Array.from(subscribers.values(), (subscriber) => subscriber.lag())),
    close() {
      clearInterval(timer);
      unlisten();
      for (const subscriber of subscribers.values()) subscriber.close(CLOSE.goingAway, 'the service stops');
    },
  };
}

/** Many calls of one callback are one, behind it: what came in one piece is used whole before anything of it is sent. */
function oncePerCall(run: () => void): () => void {
  let woken = false;
  return () => {
    if (woken) return;
    woken = true;
    queueMicrotask(() => {
      woken = false;
      run();
    });
  };
}
