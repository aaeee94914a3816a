/** The stream of a venue on this machine: whoever is connected, what he subscribed to, what he is sent. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Surroundings } from '../surroundings.ts';
import type { Dialect } from './dialect.ts';
import type { LocalFaults } from './faults.ts';
import type { Market } from './market.ts';

export interface ClientsOrder {
  readonly dialect: Dialect;
  readonly markets: ReadonlyMap<string, Market>;
  readonly faults: LocalFaults;
  readonly around: Surroundings;
  /** Milliseconds between heartbeats. */
  readonly heartbeat: number;
}

/** Somebody who is connected. */
interface Client {
  readonly socket: WebSocket;
  readonly symbols: Set<string>;
  /** It is acknowledged, and hears no trade. */
  isMute: boolean;
  /** Nothing goes out, pongs included. */
  isFrozen: boolean;
}

export interface Clients {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends to all that subscribed to `symbol`, or to all. */
  send(texts: readonly string[], symbol?: string): void;
  /** A message that is begun and not ended. */
  sendPart(text: string): void;
  /** Those that are connected now stop hearing trades, or anything at all. */
  silence(how: 'mute' | 'frozen'): void;
  /** Ends all connections; politely, or as a cable does. */
  disconnect(how: 'politely' | 'at once'): void;
  /** Tells those that are connected now that they will be closed, where there is a text for it, and closes them so much later. */
  goodbye(text: string | undefined, milliseconds: number): void;
  /** Connected now. */
  readonly count: number;
  /** Connected so far. */
  readonly connected: number;
  stop(): void;
}

export function createClients(order: ClientsOrder): Clients {
  const { around } = order;
  const clients = new Set<Client>();
  let connected = 0;
  let off = (): void => {};
  const leaving: (() => void)[] = [];
  const beat = (): void => {
    heartbeat(order, clients);
    off = around.later(order.heartbeat, beat);
  };
  beat();
  const take = (socket: WebSocket, path: string): void => {
    connected++;
    const client: Client = { socket, symbols: new Set(), isMute: path.startsWith('/mute'), isFrozen: false };
    clients.add(client);
    socket.on('close', () => clients.delete(client));
    socket.on('error', () => {});
    socket.on('ping', (data) => {
      if (!client.isFrozen) socket.pong(data);
    });
    socket.on('message', (data: Buffer) => hear(order, client, data.toString()));
  };
  const handshakes = createHandshakes(order, take);
  return {
    upgrade: handshakes.upgrade,
    send(texts, symbol) {
      for (const { socket, symbols, isFrozen, isMute } of clients) {
        if (isFrozen || (symbol !== undefined && (isMute || !symbols.has(symbol)))) continue;
        for (const text of texts) socket.send(text);
      }
    },
    sendPart(text) {
      for (const { socket } of clients) socket.send(text, { fin: false });
    },
    silence(how) {
      for (const client of clients) client[how === 'mute' ? 'isMute' : 'isFrozen'] = true;
    },
    disconnect(how) {
      for (const { socket } of clients) {
        if (how === 'politely') socket.close(1001, 'going away');
        else socket.terminate();
      }
    },
    goodbye(text, milliseconds) {
      const some = [...clients];
      for (const { socket, isFrozen } of some) if (text !== undefined && !isFrozen) socket.send(text);
      leaving.push(around.later(milliseconds, () => some.forEach(({ socket }) => socket.close(1001, 'going away'))));
    },
    get count() {
      return clients.size;
    },
    get connected() {
      return connected;
    },
    stop() {
      off();
      for (const stays of leaving) stays();
      for (const { socket } of clients) socket.terminate();
      handshakes.stop();
    },
  };
}

/** Answers handshakes, in time or not, or refuses them. */
function createHandshakes({ around, faults }: ClientsOrder, take: (socket: WebSocket, path: string) => void) {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, autoPong: false });
  /** Those that wait, and what calls each off. */
  const pending = new Map<Duplex, () => void>();
  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      socket.on('error', () => {});
      if (faults.handshakeStatus !== undefined) {
        socket.end(`HTTP/1.1 ${faults.handshakeStatus} Refused\r\nConnection: close\r\n\r\n`);
        return;
      }
      const answer = (): void => {
        if (!pending.delete(socket) || socket.destroyed) return;
        server.handleUpgrade(request, socket, head, (open) => take(open, request.url ?? '/'));
      };
      pending.set(socket, around.later(faults.handshakeDelay, answer));
    },
    stop(): void {
      for (const [socket, never] of pending) {
        never();
        socket.destroy();
      }
      pending.clear();
    },
  };
}

function heartbeat({ dialect, markets }: ClientsOrder, clients: ReadonlySet<Client>): void {
  if (dialect.heartbeat === undefined) return;
  for (const { socket, symbols, isFrozen } of clients)
    for (const symbol of isFrozen ? [] : symbols) {
      const last = markets.get(symbol)?.happened.at(-1)?.id;
      socket.send(dialect.heartbeat(symbol, last === undefined ? undefined : Number(last)));
    }
}

function hear({ dialect, markets, faults }: ClientsOrder, client: Client, text: string): void {
  const { socket, symbols } = client;
  if (client.isFrozen) return;
  const { subscribe: asked, reply } = dialect.ask(text) ?? {};
  if (reply !== undefined) socket.send(reply);
  if (asked === undefined || faults.subscription === 'ignored') return;
  const unknown = asked.filter((symbol) => !markets.has(symbol));
  if (faults.subscription === 'refused' || unknown.length > 0) {
    socket.send(dialect.nack(asked, unknown.length > 0 ? `no symbol ${unknown.join(', ')}` : 'not now'));
    return;
  }
  if (faults.subscription === 'mute') client.isMute = true;
  for (const symbol of asked) symbols.add(symbol);
  for (const one of dialect.acks(asked)) socket.send(one);
  for (const symbol of client.isMute ? [] : asked) {
    const happened = markets.get(symbol)?.happened ?? [];
    const greeting = happened.length > 0 ? dialect.greeting?.(symbol, happened) : undefined;
    if (greeting !== undefined) socket.send(greeting);
  }
}
