/** Serves a publication: one port for streams, answers, probes and metrics. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { ANSWER_HEADERS, hostInUrl } from '../../node/http.ts';
import { loadOptional } from '../../node/optional.ts';
import { systemWords } from '../../node/system-words.ts';
import { createGate } from '../auth/gate.ts';
import { openTokens } from '../auth/tokens.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { NO_HISTORY, type History } from '../publication/history.ts';
import type { Publication } from '../publication/publication.ts';
import { NOTHING } from './descriptions.ts';
import { GoneError } from './feed.ts';
import { createHub } from './hub.ts';
import type { TlsFiles } from './tls-files.ts';
import { namesHostOnce, RequestError, RETRY_AFTER } from './requests.ts';
import { addRoutes, type Actions } from './routes.ts';
import { serveStream } from './stream.ts';
import { LIMITS, type SubscriberLimits } from './subscriber.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Name of the token that let it in. */
    who?: string;
  }
}

/** What is served, where, and to whom. */
export interface ServiceOptions {
  readonly publication: Publication;
  /** What is older than memory; see {@link createJournalHistory}. */
  readonly history?: History;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly actions: Actions;
  /** 127.0.0.1 where absent. */
  readonly host?: string;
  /** 0: any that is free. */
  readonly port: number;
  /** File of tokens; absent: nobody is asked, on loopback only. */
  readonly tokens?: string | undefined;
  /** Origins of pages from elsewhere that may call. */
  readonly origins?: readonly string[];
  readonly tls?: TlsFiles | undefined;
  readonly limits?: Partial<ServiceLimits>;
}

/** What nobody may exceed. */
interface ServiceLimits {
  readonly subscriber: SubscriberLimits;
  /** Streams. */
  readonly subscribers: number;
  /** Connections of any kind. */
  readonly connections: number;
  /** Milliseconds in which the head of a request has to be there. */
  readonly headMs: number;
}

const DEFAULTS: ServiceLimits = { subscriber: LIMITS, subscribers: 256, connections: 1024, headMs: 5000 };
/** Nothing that is sent here is long. */
const BODY_BYTES = 4096;
const HEAD_BYTES = 16 * 1024;

/** A service that listens. */
export interface RunningService {
  readonly url: string;
  readonly port: number;
  /** Sends subscribers away and ends. */
  close(): Promise<void>;
}

/** @throws {MinotaurError} of kind `config` where a package is missing, or the address cannot be had */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { publication, history = NO_HISTORY, metrics, log, actions, host = '127.0.0.1', port, tokens, tls } = options;
  const limits = { ...DEFAULTS, ...options.limits };
  const scheme = tls === undefined ? 'http' : 'https';
  const gate = createGate({
    host,
    scheme,
    tokens: tokens === undefined ? undefined : openTokens(tokens, Date.now),
    origins: options.origins ?? [],
  });
  const app = await createApp(log, limits, tls);
  const hub = createHub(publication, metrics);
  await describeApi(app, publication.facts.engineVersion);
  app.setErrorHandler((error: unknown, _, reply) => answerError(error, reply, log));
  app.setNotFoundHandler((_, reply) =>
    reply.status(404).send({ status: 404, message: 'expected a path of this service' }),
  );
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(ANSWER_HEADERS);
    if (namesHostOnce(request.raw)) done();
    else void reply.status(400).send({ status: 400, message: 'expected one Host' });
  });
  app.addHook('onResponse', (request, reply, done) => {
    logRequest(request, reply, log);
    done();
  });
  addRoutes(app, { publication, history, gate, hub, metrics, actions });
  app.get('/v1/openapi.json', { schema: { hide: true, ...NOTHING } as never }, () => app.swagger());
  const { server } = app;
  server.maxConnections = limits.connections;
  const { subscriber, subscribers: mostSubscribers } = limits;
  await serveStream(server, { publication, history, gate, hub, metrics, log, limits: subscriber, mostSubscribers });
  const unlisten = countRows(publication, metrics);
  await listen(app, host, port);
  const { port: taken } = server.address() as AddressInfo;
  const { schemaId, artefact, engineVersion } = publication.facts;
  metrics.set('build_info', 1, { version: engineVersion, schema: schemaId, artefact: artefact ?? '' });
  const url = `${scheme}://${hostInUrl(host)}:${taken}`;
  log.info({ event: 'listening', host, port: taken, auth: tokens !== undefined, tls: tls !== undefined });
  return {
    url,
    port: taken,
    async close() {
      hub.close();
      unlisten();
      await app.close();
    },
  };
}

async function createApp(log: Logger, limits: ServiceLimits, tls: TlsFiles | undefined): Promise<FastifyInstance> {
  const need = { where: 'the service', what: 'answers requests' };
  const { fastify, LogController } = await loadOptional('fastify', () => import('fastify'), need);
  const bounds = {
    maxHeaderSize: HEAD_BYTES,
    headersTimeout: limits.headMs,
    requestTimeout: 2 * limits.headMs,
    connectionsCheckingInterval: Math.min(1000, limits.headMs),
  };
  // What it does is told by events of ours.
  const logger: FastifyBaseLogger = log.child({}, { level: 'warn' });
  return fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    forceCloseConnections: true,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: false } },
    serverFactory: (handler) =>
      tls === undefined
        ? createServer(bounds, handler)
        : createSecureServer({ ...bounds, cert: pem(tls.cert), key: pem(tls.key) }, handler),
  });
}

function pem(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    return fail('config', file, 'a certificate or key, PEM', systemWords(error));
  }
}

async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  const need = { where: 'the service', what: 'describes its answers' };
  const { default: swagger } = await loadOptional('@fastify/swagger', () => import('@fastify/swagger'), need);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Minotaur', description: 'Rows, predictions and bars of a live session.', version },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
  });
}

function answerError(error: unknown, reply: FastifyReply, log: Logger): FastifyReply {
  if (error instanceof RequestError) {
    if (error.status === 503) reply.header('Retry-After', RETRY_AFTER);
    return reply.status(error.status).send({ status: error.status, message: error.message, ...error.facts });
  }
  if (error instanceof GoneError)
    return reply.status(410).send({ status: 410, message: error.message, first: error.first });
  if (error instanceof MinotaurError) return reply.status(500).send({ status: 500, message: error.message });
  const { statusCode = 500, message, validation } = error as FastifyError;
  if (statusCode >= 500) {
    log.error({ event: 'error', error: error as Error });
    return reply.status(500).send({ status: 500, message: 'an error of ours' });
  }
  return reply
    .status(statusCode)
    .send({ status: statusCode, message: validation === undefined ? 'expected another request' : message });
}

/** The pattern of the path, never the path: nothing that was sent is logged. */
function logRequest({ method, routeOptions, who }: FastifyRequest, reply: FastifyReply, log: Logger): void {
  const { url: route = 'none' } = routeOptions;
  log.info({ event: 'request', method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), name: who });
}

function countRows({ recent, listen: hear }: Publication, metrics: Metrics): () => void {
  let counted = recent.rows.next;
  return hear(() => {
    for (; counted < recent.rows.next; counted++)
      metrics.add('rows_total', 1, { ready: String(recent.rows.at(counted)?.message.ready ?? false) });
  });
}

const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'one that is taken',
  EACCES: 'one that is not allowed',
  EADDRNOTAVAIL: 'an address that this machine does not have',
  ENOTFOUND: 'a name that is not known',
};

async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    fail('config', `address ${host}:${port}`, 'a free port of this machine', WORDS[code] ?? message);
  }
}
