/**
 * A venue in a process of its own: `live-venue.ts MARKET` (JSON) plays simulated trades to one subscriber. `{ count, perSecond }` from
 * the parent sends so many, as fast as the socket takes them where no rate is given; it says `{ sent }` once they are out.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { simulatedTrades } from '../packages/minotaur/src/files/simulate.ts';
import { frameOf } from './live-frames.ts';

/** What is to be played. */
export interface PlayedMarket {
  readonly trades: number;
  readonly seed: number;
  /** Microseconds. */
  readonly start: number;
  /** So many times closer together than the simulation has them. */
  readonly dense: number;
}

/** What the parent asks for. */
export interface Asked {
  readonly count: number;
  readonly perSecond?: number;
}

/** Bytes on their way, beyond which the sender waits. */
const ON_THE_WAY = 4 * 1024 * 1024;
/** Frames between two looks at the socket. */
const PIECE = 256;

const { trades, seed, start, dense } = JSON.parse(process.argv[2]) as PlayedMarket;
const market = simulatedTrades({ trades, seed, start: 0 });
let subscriber: WebSocket | undefined;
const onTheWay = (): number => subscriber?.bufferedAmount ?? 0;

function next(): string | undefined {
  const step = market.next();
  return step.done === true ? undefined : frameOf({ ...step.value, time: start + Math.floor(step.value.time / dense) });
}

async function send({ count, perSecond = Infinity }: Asked): Promise<void> {
  // Made beforehand: what is measured is the listener.
  const begun = performance.now();
  for (let sent = 0; sent < count;) {
    const due = Math.min(
      count,
      perSecond === Infinity ? sent + PIECE : ((performance.now() - begun) / 1000) * perSecond,
    );
    for (; sent < due; sent++) {
      const frame = next();
      if (frame !== undefined) subscriber?.send(frame);
    }
    if (perSecond < Infinity) await pause(1);
    else if (onTheWay() > ON_THE_WAY) await pause(1);
    else if (sent % (PIECE * 64) === 0) await pause(0);
  }
  while (onTheWay() > 0) await pause(1);
  process.send?.({ sent: count });
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', () => {
    socket.send('{"result":null,"id":1}');
    subscriber = socket;
  });
});
server.on('listening', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
process.on('message', (asked: Asked) => void send(asked));
process.on('disconnect', () => process.exit());
