/**
 * The page of a run and its answers, over HTTP on one address. Nothing that a request says is a path of a file, and a request of
 * a page from elsewhere, which a name that points here would let in, is refused by its Host.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANSWER_HEADERS, hostInUrl, LOOPBACK, partsOf } from '../node/http.ts';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { answer, Refusal } from './answers.ts';
import type { ViewedRun } from './viewed-run.ts';

export interface ServeOptions {
  readonly run: ViewedRun;
  /** The page, HTML. */
  readonly page: string;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface RunningServer {
  /** Where the page is. */
  readonly url: string;
  /** Ends it, and what it was answering. */
  close(): Promise<void>;
}

/** Of a request at most, with everything that it names. */
const LONGEST_URL = 4096;

/** @throws {MinotaurError} where the address cannot be had */
export async function serveRun({ run, page, host, port }: ServeOptions): Promise<RunningServer> {
  const hosts = new Set([...LOOPBACK, hostInUrl(host)]);
  const server = createServer((request, response) => {
    void respond(request, response, { run, page, hosts });
  });
  await listen(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${hostInUrl(host)}:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'one that is taken',
  EACCES: 'one that is not allowed',
  EADDRNOTAVAIL: 'an address that this machine does not have',
  ENOTFOUND: 'a name that is not known',
};

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const found = WORDS[error.code ?? ''] ?? error.message;
      const where = `address ${hostInUrl(host)}:${port}`;
      reject(new MinotaurError('config', { where, expected: 'a free port of this machine', found }));
    });
    server.listen(port, host, () => resolve());
  });
}

interface Served {
  readonly run: ViewedRun;
  readonly page: string;
  readonly hosts: ReadonlySet<string>;
}

async function respond(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  try {
    const { type, body } = await answered(request, served);
    response.writeHead(200, { ...ANSWER_HEADERS, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
    response.end(request.method === 'HEAD' ? undefined : body);
  } catch (error) {
    const [status, words] = wordsOf(error);
    response.writeHead(status, { ...ANSWER_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`${words}\n`);
  }
}

function wordsOf(error: unknown): [status: number, words: string] {
  if (error instanceof Refusal) return [error.status, error.message];
  if (error instanceof MinotaurError) return [500, error.message];
  return [500, 'an error of ours'];
}

async function answered({ method, headers, url = '/' }: IncomingMessage, { run, page, hosts }: Served) {
  const name = /^(.*?)(?::\d+)?$/.exec(headers.host ?? '')?.[1].toLowerCase() ?? '';
  if (!hosts.has(name)) throw new Refusal(421, `expected a host of ${[...hosts].join(', ')}`);
  if (method !== 'GET' && method !== 'HEAD') throw new Refusal(405, 'expected GET');
  if (url.length > LONGEST_URL) throw new Refusal(414, `expected at most ${LONGEST_URL} characters`);
  const [path, query] = partsOf(url);
  if (path === '/') return { type: 'text/html; charset=utf-8', body: page };
  return answer(run, path, query);
}
