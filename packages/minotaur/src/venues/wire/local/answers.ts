/** REST of a venue on this machine. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Surroundings } from '../surroundings.ts';
import type { Dialect, RestAsk } from './dialect.ts';
import type { LocalFaults, RestFault } from './faults.ts';
import type { Market } from './market.ts';

export interface AnswerOrder {
  readonly dialect: Dialect;
  readonly markets: ReadonlyMap<string, Market>;
  readonly faults: LocalFaults;
  readonly around: Surroundings;
}

/** Answers one request. */
export function answerRequest(order: AnswerOrder, request: IncomingMessage, response: ServerResponse): void {
  const { dialect, markets, faults } = order;
  const ask = dialect.question(new URL(request.url ?? '/', 'http://local'));
  const market = ask && markets.get(ask.symbol);
  if (ask === undefined || market === undefined) {
    response.writeHead(404).end('{"message":"NotFound"}');
    return;
  }
  const fault = faults.restNext.shift();
  if (fault !== undefined && fault.what !== 'empty') return misbehave(fault, response);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(dialect.page(ask.symbol, fault === undefined ? tradesOf(order, ask, market) : []));
}

function tradesOf({ faults, around }: AnswerOrder, ask: RestAsk, market: Market) {
  const trades = market.page(ask, around.now(), faults.restLag);
  if (!faults.restHalf || trades.length < 2) return trades;
  // From where it was asked for; of the newest first, the newest.
  const half = Math.ceil(trades.length / 2);
  return ask.beforeId === undefined ? trades.slice(0, half) : trades.slice(-half);
}

function misbehave(fault: Exclude<RestFault, { what: 'empty' }>, response: ServerResponse): void {
  if (fault.what === 'hang') return;
  if (fault.what === 'garbled') {
    response.writeHead(200).end('<html>Bad gateway');
    return;
  }
  if (fault.what === 'status') {
    const header = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
    response.writeHead(fault.status, header).end('{"code":-1003,"msg":"Too many requests."}');
    return;
  }
  if (fault.what === 'redirect') {
    response.writeHead(302, { location: fault.to }).end();
    return;
  }
  if (fault.what === 'gzip') {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(fault.body);
    return;
  }
  response.writeHead(200);
  const piece = Buffer.alloc(1 << 20, ' ');
  let left = fault.bytes;
  const more = (): void => {
    while (left > 0) {
      left -= piece.length;
      if (!response.write(piece)) return void response.once('drain', more);
    }
    response.end('[]');
  };
  more();
}
