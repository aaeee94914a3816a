/** The page at `/`, its style and its script, and what it is told. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { renderLivePage } from '#view';
import type { Gate } from '../auth/gate.ts';
import { sendNews } from '../dashboard/stream.ts';
import type { Publication } from '../publication/publication.ts';
import { DESCRIPTIONS } from './descriptions.ts';
import type { Hub } from './hub.ts';
import { RequestError } from './requests.ts';

export interface PageOptions {
  readonly publication: Publication;
  readonly gate: Gate;
  readonly hub: Hub;
  /** Lets in whoever may read. */
  readonly onRequest: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;
}

/** Pages that are looked at at one time. */
const MOST_PAGES = 32;

export function addPage(app: FastifyInstance, { publication, gate, hub, onRequest: guard }: PageOptions): void {
  const { html, style, script, policy } = renderLivePage();
  /** The page holds nothing that is secret, and asks for a token itself: whoever comes by a name of this service has it. */
  const onRequest = ({ headers }: FastifyRequest, _: FastifyReply, done: () => void): void => {
    const who = gate(headers, 'read');
    if ('status' in who && who.status !== 401) throw new RequestError(who.status, who.message);
    done();
  };
  const send = (path: string, type: string, text: string): void => {
    app.get(path, { schema: { hide: true } as never, onRequest }, (_, reply) =>
      reply.type(`${type}; charset=utf-8`).header('Content-Security-Policy', policy).send(text),
    );
  };
  send('/', 'text/html', html);
  send('/live.css', 'text/css', style);
  send('/live.js', 'text/javascript', script);

  let pages = 0;
  app.get<{ Querystring: { clock?: string } }>(
    '/v1/dashboard',
    { schema: DESCRIPTIONS.dashboard, onRequest: guard },
    ({ query: { clock } }, reply) => {
      if (pages >= MOST_PAGES) throw new RequestError(503, `expected at most ${MOST_PAGES} pages`);
      pages++;
      reply.raw.on('close', () => void pages--);
      reply.hijack();
      sendNews(reply.raw, publication, { clock, subscribers: () => hub.size });
    },
  );
}
