/** Every path but the stream's upgrade. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Gate } from '../auth/gate.ts';
import type { Role } from '../auth/tokens.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { BarMessage } from '../protocol/messages.ts';
import { comparePositions, parsePosition, positionAfter, positionText, type Position } from '../protocol/position.ts';
import type { History } from '../publication/history.ts';
import type { Publication } from '../publication/publication.ts';
import { answerTable, requireFew } from './answers.ts';
import { DESCRIPTIONS } from './descriptions.ts';
import { pickColumns } from './encoder.ts';
import { addPage } from './page.ts';
import { eventAfter, sendEvents } from './event-stream.ts';
import { GoneError } from './feed.ts';
import type { Hub } from './hub.ts';
import { createJournalLine } from './journal-line.ts';
import { nextOf, rangeOf, type Range } from './past.ts';
import { picksOf, readStreamQuery, RequestError, requireOpen, type StreamQuery } from './requests.ts';
import { STREAM } from './stream.ts';

/** What an administrator may order. */
export interface Actions {
  /** Takes a snapshot; what is known of it. */
  snapshot(): Promise<object> | object;
  /** Predicts with what the files of the session's artefact and model hold now; what is known of it. */
  replaceModel(): Promise<object>;
  /** Ends the session; may return before it has ended. */
  stop(): void;
}

export interface RouteOptions {
  readonly publication: Publication;
  readonly history: History;
  readonly gate: Gate;
  readonly hub: Hub;
  readonly metrics: Metrics;
  readonly actions: Actions;
}

interface RangeQuery {
  readonly from?: string;
  readonly limit: number;
  readonly columns?: string;
}

const rangeIn = ({ from, limit }: RangeQuery): Range => ({
  from: from === undefined ? undefined : parsePosition(from),
  limit,
});

/** Lets in whoever has a token of this role. */
function guard(gate: Gate, needed: Role) {
  return (request: FastifyRequest, _: FastifyReply, done: () => void): void => {
    const who = gate(request.headers, needed);
    if ('status' in who) throw new RequestError(who.status, who.message);
    request.who = who.name;
    done();
  };
}

export function addRoutes(app: FastifyInstance, options: RouteOptions): void {
  addPage(app, { ...options, onRequest: guard(options.gate, 'read') });
  addProbes(app, options);
  addData(app, options);
  addOrders(app, options);
}

function addData(app: FastifyInstance, { publication, history, gate, hub }: RouteOptions): void {
  const onRequest = guard(gate, 'read');
  const { facts } = publication;
  const past = { publication, history, line: createJournalLine() };
  const columnsAt = (picks: readonly number[] | undefined): readonly string[] =>
    picks?.map((at) => facts.columns[at]) ?? facts.columns;
  const rows = async (request: FastifyRequest, reply: FastifyReply, range: Range, columns: string | undefined) => {
    const picks = picksOf(columns, facts.columns);
    const names = columnsAt(picks);
    requireFew(range.limit, facts.columns.length);
    const found = await rangeOf('row', past, range);
    const messages = found.map((row) => pickColumns(row, picks));
    return answerTable(request, reply, { kind: 'row', messages, columns: names, next: nextOf(messages, publication) });
  };
  // A browser is not told why its WebSocket was not opened: a plain request says it.
  app.get<{ Querystring: StreamQuery }>(STREAM, { schema: DESCRIPTIONS.stream, onRequest }, ({ query }) => {
    readStreamQuery(query, publication);
    throw new RequestError(426, 'expected an upgrade to a WebSocket');
  });
  app.get<{ Querystring: RangeQuery }>('/v1/rows', { schema: DESCRIPTIONS.rows, onRequest }, (request, reply) =>
    rows(request, reply, rangeIn(request.query), request.query.columns),
  );
  app.get<{ Querystring: RangeQuery }>(
    '/v1/rows/latest',
    { schema: DESCRIPTIONS.latest, onRequest },
    (request, reply) => rows(request, reply, { from: undefined, limit: 1 }, request.query.columns),
  );
  app.get<{ Querystring: RangeQuery }>(
    '/v1/predictions',
    { schema: DESCRIPTIONS.predictions, onRequest },
    async (request, reply) => {
      const messages = await rangeOf('prediction', past, rangeIn(request.query));
      const next = nextOf(messages, publication);
      return answerTable(request, reply, { kind: 'prediction', messages, columns: [], next });
    },
  );
  app.get<{ Querystring: RangeQuery; Params: { clock: string } }>(
    '/v1/bars/:clock',
    { schema: DESCRIPTIONS.bars, onRequest },
    (request, reply) => {
      const { clock } = request.params;
      const messages = barsOf(publication, clock, rangeIn(request.query));
      const columns = facts.clocks.find(({ name }) => name === clock)?.columns ?? [];
      const last = messages.at(-1);
      const next = last === undefined ? (request.query.from ?? '0:0') : positionText(positionAfter(last));
      return answerTable(request, reply, { kind: 'bar', messages, columns, next });
    },
  );
  app.get('/v1/events', { schema: DESCRIPTIONS.events, onRequest }, (request, reply) => {
    const lastId = request.headers['last-event-id'];
    reply.hijack();
    sendEvents(reply.raw, publication, eventAfter(Array.isArray(lastId) ? lastId[0] : lastId, publication));
  });
  app.get('/v1/schema', { schema: DESCRIPTIONS.schema, onRequest }, () => {
    const { schemaId, artefact, engineVersion, instruments, clocks, columns, meanings } = publication.facts;
    return { schemaId, artefact, engineVersion, instruments, clocks, columns, meanings };
  });
  app.get('/v1/status', { schema: DESCRIPTIONS.status, onRequest }, () => statusOf(publication, hub));
  app.get('/v1/config', { schema: DESCRIPTIONS.config, onRequest }, () => facts.config);
}

/** Bars in memory are all that there are: a journal has the trades that they are made of. */
function barsOf({ recent }: Publication, clock: string, { from, limit }: Range): readonly BarMessage[] {
  const ring = recent.bars.get(clock);
  if (ring === undefined) throw new RequestError(404, `expected a clock: ${[...recent.bars.keys()].join(', ')}`);
  const begin =
    from === undefined
      ? Math.max(ring.first, ring.next - limit)
      : ring.search(({ message }) => comparePositions(message, from) >= 0);
  const oldest = ring.at(ring.first)?.message;
  if (
    ring.first > 0 &&
    begin === ring.first &&
    from !== undefined &&
    oldest !== undefined &&
    oldest.ordinal > from.ordinal
  )
    throw new GoneError(oldest);
  return ring.take(begin, limit).map(({ message }) => message);
}

function statusOf(publication: Publication, hub: Hub): object {
  const { facts, state, reasons, next, recent, status } = publication;
  const last = recent.rows.at(recent.rows.next - 1)?.message;
  return {
    session: facts.session,
    schemaId: facts.schemaId,
    artefact: facts.artefact,
    engineVersion: facts.engineVersion,
    instruments: facts.instruments,
    state,
    ready: reasons.length === 0,
    reasons,
    next: positionText(next),
    newest: last === undefined ? null : { ...place(last), ready: last.ready, complete: last.complete },
    bars: Object.fromEntries(Array.from(recent.bars, ([clock, ring]) => [clock, ring.next])),
    subscribers: hub.size,
    subscriberLagRows: hub.lag(),
    ...status,
  };
}

const place = (of: Position & { readonly time: number; readonly arrival: number }) => ({
  position: positionText(of),
  time: of.time,
  arrival: Number.isFinite(of.arrival) ? of.arrival : null,
});

function addProbes(app: FastifyInstance, { publication, gate, hub, metrics }: RouteOptions): void {
  app.get('/healthz', { schema: DESCRIPTIONS.health }, () => ({ ok: true }));
  app.get('/readyz', { schema: DESCRIPTIONS.readiness }, (_, reply) => {
    const { reasons } = publication;
    if (reasons.length === 0) return { ready: true };
    return reply.status(503).send({ ready: false, reasons });
  });
  app.get('/metrics', { schema: DESCRIPTIONS.metrics, onRequest: guard(gate, 'read') }, async (_, reply) => {
    metrics.set('subscriber_lag_rows', hub.lag());
    metrics.set('ready', publication.reasons.length === 0 ? 1 : 0);
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

function addOrders(app: FastifyInstance, { publication, gate, actions }: RouteOptions): void {
  const onRequest = guard(gate, 'admin');
  app.post('/v1/snapshot', { schema: DESCRIPTIONS.snapshot, onRequest }, () => {
    requireOpen(publication);
    return actions.snapshot();
  });
  app.post('/v1/model', { schema: DESCRIPTIONS.model, onRequest }, async () => {
    requireOpen(publication);
    try {
      return await actions.replaceModel();
    } catch (error) {
      if (error instanceof MinotaurError && error.kind !== 'internal') throw new RequestError(409, error.message);
      throw error;
    }
  });
  app.post('/v1/stop', { schema: DESCRIPTIONS.stop, onRequest }, (_, reply) => {
    actions.stop();
    return reply.status(202).send({ stopping: true });
  });
}
