/** `GET /v1/events`: what happens beside rows, as server-sent events. */
import type { ServerResponse } from 'node:http';
import { messageText } from '../protocol/messages.ts';
import type { Publication } from '../publication/publication.ts';
import { onceATurn } from '../../node/once-a-turn.ts';

/** A comment so often keeps proxies from closing it. */
const BEAT_MS = 15_000;
/** Bytes that wait for a reader, at most. */
const WAITING_BYTES = 1024 * 1024;

/** Writes events from number `from` on until the reader goes, or does not read. */
export function sendEvents(response: ServerResponse, publication: Publication, from: number): void {
  const { events } = publication.recent;
  const { session } = publication.facts;
  let next = Math.max(from, events.first);
  const write = (text: string): void => {
    response.write(text);
    if (response.writableLength > WAITING_BYTES) response.destroy();
  };
  const send = (): void => {
    for (let item = events.at(next); item !== undefined; item = events.at(++next)) {
      const { message } = item;
      write(`id: ${session}/${message.number}\nevent: ${message.event}\ndata: ${messageText(message)}\n\n`);
    }
  };
  const unlisten = publication.listen(onceATurn(send));
  const timer = setInterval(() => write(': still here\n\n'), BEAT_MS).unref();
  response.on('close', () => {
    clearInterval(timer);
    unlisten();
  });
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  write('retry: 2000\n\n');
  send();
}

/** The event behind the last that a reader has; from the oldest where that was of another session. */
export function eventAfter(lastId: string | undefined, { facts, recent }: Publication): number {
  const [session, number = ''] = (lastId ?? '').split('/', 2);
  return session === facts.session && /^[0-9]{1,15}$/.test(number) ? Number(number) + 1 : recent.events.first;
}
