/** Probes and figures of something that runs for long, over HTTP. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fail } from 'minotaur-core/internal/base/errors';
import { hostInUrl } from './http.ts';
import { systemWords } from './system-words.ts';

/** What is asked. */
export interface Probed {
  /** Whether it does all that it is there for. */
  isReady(): boolean;
  /** As JSON. */
  status(): unknown;
  /** As Prometheus reads it. */
  metrics(): Promise<string>;
}

/** A figure as Prometheus reads it. */
export function metricText(name: string, type: 'gauge' | 'counter', help: string, value: number): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`;
}

/** Milliseconds that a figure may take; whoever asks wants the rest all the same. */
const FIGURE_MS = 1000;

/** A figure that somebody else has to tell; NaN where he does not, or not in time. */
export function figureInTime(figure: Promise<number>): Promise<number> {
  return Promise.race([figure.catch(() => NaN), setTimeout(FIGURE_MS, NaN, { ref: false })]);
}

export interface Probes {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves `/healthz`, `/readyz`, `/v1/status` and `/metrics` of what `probedOf` gives: undefined until it has begun, so that a port
 * that is taken is said before.
 * @throws {MinotaurError} of kind `config` where the address cannot be had
 */
export async function serveProbes(
  probedOf: () => Probed | undefined,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<Probes> {
  const server = createServer((request, response) => {
    const answer = (code: number, type: string, body: string): void => {
      response.writeHead(code, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body);
    };
    const json = (value: unknown, code = 200): void => answer(code, 'application/json', JSON.stringify(value));
    // As it came: `//` is no URL, and would be an error that nobody catches.
    const [pathname] = (request.url ?? '/').split('?');
    const probed = probedOf();
    if (request.method !== 'GET') json({ error: 'GET alone' }, 405);
    else if (pathname === '/healthz') json({ ok: true });
    else if (probed === undefined) json({ ready: false, error: 'it has not begun yet' }, 503);
    else if (pathname === '/readyz') json({ ready: probed.isReady() }, probed.isReady() ? 200 : 503);
    else if (pathname === '/v1/status') json(probed.status());
    else if (pathname === '/metrics')
      void probed.metrics().then((text) => answer(200, 'text/plain; version=0.0.4; charset=utf-8', text));
    else json({ error: 'no such page' }, 404);
  });
  server.headersTimeout = 5000;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (error) {
    return fail('config', '--port', `a port of ${host} that can be had (0: any that is free)`, systemWords(error));
  }
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${hostInUrl(host)}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
