/** Sends news to a page, as server-sent events: four times a second at most, once a second at least, and none that it does not read. */
import type { ServerResponse } from 'node:http';
import type { Publication } from '../publication/publication.ts';
import { createNews } from './news.ts';

/** Milliseconds between two looks; looks at which something is told in any case. */
const LOOK = 250;
const BEAT = 4;

/** Until the reader goes. What comes while he does not read is told in one when he does. */
export function sendNews(
  response: ServerResponse,
  publication: Publication,
  { clock, subscribers }: { readonly clock: string | undefined; readonly subscribers: () => number },
): void {
  const news = createNews(publication, clock);
  let isChanged = true;
  let looks = 0;
  const write = (event: string, data: object): void => {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const tell = (): void => {
    looks++;
    if (response.writableNeedDrain || (!isChanged && looks < BEAT)) return;
    isChanged = false;
    looks = 0;
    write('news', news.next(subscribers()));
  };
  const unlisten = publication.listen(() => {
    isChanged = true;
  });
  const timer = setInterval(tell, LOOK).unref();
  response.on('close', () => {
    clearInterval(timer);
    unlisten();
  });
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  write('facts', news.facts);
  tell();
}
