/** `GET /v1/stream`: from an upgrade to an open stream, or to an answer that says why not. */
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { WebSocket, WebSocketServer } from 'ws';
import { partsOf } from '../../node/http.ts';
import { loadOptional } from '../../node/optional.ts';
import { protocolsOf, type Gate } from '../auth/gate.ts';
import { BINARY, CLOSE, JSON_TEXT, messageText, type Hello } from '../protocol/messages.ts';
import { positionText, type Position } from '../protocol/position.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { History } from '../publication/history.ts';
import type { Publication } from '../publication/publication.ts';
import { createEncoder } from './encoder.ts';
import { createFeed } from './feed.ts';
import type { Hub } from './hub.ts';
import {
  namesHostOnce,
  readStreamQuery,
  RequestError,
  requireNotAhead,
  RETRY_AFTER,
  streamQueryOf,
} from './requests.ts';
import { createSubscriber, type SubscriberLimits } from './subscriber.ts';

/** Where it is. */
export const STREAM = '/v1/stream';
/** Bytes of a message from a subscriber; there is nothing to say. */
const INCOMING_BYTES = 1024;
/** Bytes that wait for a peer, beyond which its pings are not answered. */
const PONG_BYTES = 64 * 1024;

export interface StreamOptions {
  readonly publication: Publication;
  readonly history: History;
  readonly gate: Gate;
  readonly hub: Hub;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly limits: SubscriberLimits;
  readonly mostSubscribers: number;
}

/** Takes the upgrades of `server`. */
export async function serveStream(server: Server, options: StreamOptions): Promise<void> {
  const need = { where: 'the service', what: 'streams' };
  const { WebSocketServer: Sockets } = await loadOptional('ws', () => import('ws'), need);
  const sockets: WebSocketServer = new Sockets({
    noServer: true,
    maxPayload: INCOMING_BYTES,
    perMessageDeflate: false,
    autoPong: false,
    handleProtocols: (offered) => [BINARY, JSON_TEXT].find((name) => offered.has(name)) ?? false,
  });
  const encoder = createEncoder();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    try {
      const wanted = admit(request, options);
      sockets.handleUpgrade(request, socket, head, (webSocket) =>
        subscribe(webSocket, wanted, { ...options, encoder }),
      );
    } catch (error) {
      if (!(error instanceof RequestError)) options.log.error({ event: 'error', error });
      refuse(socket, error instanceof RequestError ? error : new RequestError(500, 'an error of ours'));
    }
  });
}

/** What a request wants, where it may have it. */
function admit(request: IncomingMessage, options: StreamOptions) {
  const { url = '', headers, method } = request;
  const { gate, publication, hub, mostSubscribers } = options;
  const [path, query] = partsOf(url);
  if (path !== STREAM || method !== 'GET') throw new RequestError(404, `expected ${STREAM}`);
  if (!namesHostOnce(request)) throw new RequestError(400, 'expected one Host');
  const who = gate(headers, 'read');
  if ('status' in who) throw new RequestError(who.status, who.message);
  if (hub.size >= mostSubscribers) throw new RequestError(503, `expected at most ${mostSubscribers} streams`);
  if (!protocolsOf(headers).some((name) => name === BINARY || name === JSON_TEXT))
    throw new RequestError(400, `expected one of the subprotocols ${BINARY}, ${JSON_TEXT}`);
  return { name: who.name, ...readStreamQuery(streamQueryOf(query), publication) };
}

function refuse(socket: Duplex, { status, message, facts }: RequestError): void {
  const body = JSON.stringify({ status, message, ...facts });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    ...(status === 503 ? [`Retry-After: ${RETRY_AFTER}`] : []),
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

type Wanted = ReturnType<typeof admit>;
type Subscribing = StreamOptions & { readonly encoder: ReturnType<typeof createEncoder> };

function subscribe(socket: WebSocket, { name, what, picks, from }: Wanted, options: Subscribing): void {
  const { publication, history, hub, metrics, log, limits, encoder } = options;
  socket.on('error', () => socket.terminate());
  socket.on('message', () => socket.close(CLOSE.policy, 'expected no message'));
  socket.on('ping', (data) => socket.bufferedAmount < PONG_BYTES && socket.pong(data));
  try {
    requireNotAhead(from, publication);
  } catch (error) {
    return socket.close(CLOSE.ahead, JSON.stringify((error as RequestError).facts));
  }
  log.info({ event: 'subscribed', name, what: [...what], from: positionText(from), protocol: socket.protocol });
  void history.first().then(
    (first) => {
      if (socket.readyState !== socket.OPEN) return;
      const subscriber = createSubscriber({
        publication,
        feed: createFeed(publication, history, { what, from }),
        socket,
        encoder,
        format: { binary: socket.protocol === BINARY, picks },
        limits,
        greet: () => messageText(helloOf(publication, { picks, from, first })),
        onClose(code) {
          metrics.add('subscribers_closed_total', 1, { reason: REASONS.get(code) ?? 'error' });
          log.info({ event: 'closed', name, code });
        },
        onError: (error) => log.error({ event: 'error', error }),
      });
      hub.add(socket, subscriber);
    },
    (error: unknown) => {
      log.error({ event: 'error', error });
      socket.close(1011, 'an error of ours');
    },
  );
}

const REASONS: ReadonlyMap<number, string> = new Map([
  [CLOSE.goingAway, 'stop'],
  [CLOSE.slow, 'slow'],
  [CLOSE.gone, 'gone'],
]);

interface Asked {
  readonly picks: readonly number[] | undefined;
  readonly from: Position;
  readonly first: Position | undefined;
}

function helloOf({ facts, recent, next }: Publication, { picks, from, first }: Asked): Hello {
  const { session, schemaId, artefact, engineVersion, instruments, clocks, columns } = facts;
  const oldest = first ?? recent.rows.at(recent.rows.first)?.position ?? next;
  return {
    kind: 'hello',
    session,
    schemaId,
    artefact,
    engineVersion,
    instruments,
    clocks,
    columns: picks?.map((at) => columns[at]) ?? columns,
    from: positionText(from),
    first: positionText(oldest),
    next: positionText(next),
  };
}
