/** Of each route: what it takes and gives, in JSON Schema. Requests are checked by it, and the OpenAPI document is made of it. */
import type { FastifySchema } from 'fastify';
import { SUBJECTS } from '../protocol/messages.ts';
import { ARROW } from './arrow.ts';

/** A route as it is documented. */
type Described = FastifySchema & { readonly summary: string; readonly tags: readonly string[] };

const position = { type: 'string', pattern: '^[0-9]{1,9}:[0-9]{1,15}$', description: 'epoch:ordinal' } as const;
const number = { description: 'a number; NaN, Infinity, -Infinity as text', type: ['number', 'string'] } as const;
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const open = (description: string, properties: object = {}) => ({
  description,
  type: 'object',
  properties,
  additionalProperties: true,
});

const refusal = {
  description: 'What was expected instead.',
  type: 'object',
  required: ['status', 'message'],
  properties: {
    status: { type: 'integer' },
    message: text,
    first: { ...position, description: 'the oldest row that is there' },
    next: { ...position, description: 'the row that comes next' },
  },
} as const;
const refusals = (...statuses: readonly number[]) => Object.fromEntries(statuses.map((status) => [status, refusal]));

const place = { epoch: { type: 'integer' }, ordinal: { type: 'integer' }, time: number, arrival: number } as const;
const values = { type: 'array', items: number };
const ITEMS = {
  row: { ...place, ready: flag, complete: flag, values },
  prediction: { ...place, complete: flag, probability: number, calibrated: number, signal: number, refusal: text },
  bar: { ...place, clock: text, values },
} as const;

/** An answer of many, as JSON or as Arrow. */
function table(kind: keyof typeof ITEMS, description: string) {
  const item = { type: 'object', properties: { kind: { const: kind }, ...ITEMS[kind] } };
  const schema = {
    type: 'object',
    properties: {
      columns: { type: 'array', items: text },
      next: { ...position, description: 'where the next request begins' },
      [`${kind}s`]: { type: 'array', items: item },
    },
  };
  const binary = { schema: { type: 'string', format: 'binary' } };
  return { description, content: { 'application/json': { schema }, [ARROW]: binary } };
}

const range = {
  from: { ...position, description: 'the first that is wanted; the newest where nothing is said' },
  limit: { type: 'integer', minimum: 1, maximum: 10_000, default: 100 },
} as const;
const columns = {
  type: 'string',
  maxLength: 8192,
  description: 'names or patterns (`*`, `?`) between commas; all where nothing is said',
} as const;
/** Nothing else, and each once. */
const query = (properties: object) => ({ type: 'object', additionalProperties: false, properties });
/** What stands there is read by nobody, and whoever writes it believes otherwise. */
export const NOTHING = { querystring: query({}) };
const secured = [{ token: [] }];

const describe = (summary: string, tag: string, rest: object): Described => {
  return { summary, tags: [tag], security: secured, ...rest };
};

/** By what they are. */
export const DESCRIPTIONS = {
  stream: describe('Rows, predictions, bars and events as they come, over a WebSocket', 'data', {
    querystring: {
      ...query({
        what: { type: 'string', description: `some of ${SUBJECTS.join()}, between commas; rows where nothing is said` },
        from: {
          type: 'string',
          description: 'epoch:ordinal, or latest; the row that comes next where nothing is said',
        },
        columns,
      }),
    },
    response: {
      101: { description: 'The stream; subprotocols minotaur.v1.binary and minotaur.v1.json.' },
      ...refusals(400, 426),
    },
  }),
  rows: describe('Rows of a range', 'data', {
    querystring: query({ ...range, columns }),
    response: { 200: table('row', 'Rows in order.'), ...refusals(400, 401, 410, 416, 503) },
  }),
  latest: describe('The newest row', 'data', {
    querystring: query({ columns }),
    response: { 200: table('row', 'One row, or none yet.'), ...refusals(400, 401, 503) },
  }),
  predictions: describe('Predictions of a range', 'data', {
    querystring: query(range),
    response: { 200: table('prediction', 'Predictions in order.'), ...refusals(400, 401, 410, 416, 503) },
  }),
  bars: describe('Bars of a clock, those in memory', 'data', {
    params: { type: 'object', properties: { clock: { type: 'string', maxLength: 200 } }, required: ['clock'] },
    querystring: query(range),
    response: { 200: table('bar', 'Bars in order.'), ...refusals(400, 401, 404, 410) },
  }),
  events: describe('What happens beside rows, as server-sent events', 'service', {
    ...NOTHING,
    response: {
      200: { description: 'Events.', content: { 'text/event-stream': { schema: text } } },
      ...refusals(400, 401),
    },
  }),
  dashboard: describe('What the page at / shows, as server-sent events; it changes with the page', 'service', {
    querystring: query({ clock: { ...text, maxLength: 200, description: 'whose bars are told' } }),
    response: {
      200: { description: 'Events.', content: { 'text/event-stream': { schema: text } } },
      ...refusals(400, 401, 503),
    },
  }),
  schema: describe('What rows are: columns and their meanings', 'data', {
    ...NOTHING,
    response: {
      200: open('Identity and columns.', {
        schemaId: text,
        columns: { type: 'array', items: text },
        meanings: { type: 'array', items: text },
      }),
      ...refusals(400, 401),
    },
  }),
  status: describe('What the session is doing', 'service', {
    ...NOTHING,
    response: { 200: open('State, reasons, counts.', { state: text, next: position }), ...refusals(400, 401) },
  }),
  config: describe('The configuration of the chain', 'service', {
    ...NOTHING,
    response: { 200: open('As the configuration file has it, with every default.'), ...refusals(400, 401) },
  }),
  health: {
    ...describe('Whether the process turns', 'service', {}),
    security: [],
    response: { 200: open('It does.', { ok: flag }) },
  },
  readiness: {
    ...describe('Whether rows are to be relied on', 'service', {}),
    security: [],
    response: {
      200: open('They are.', { ready: flag }),
      503: open('They are not, and why.', {
        ready: flag,
        reasons: { type: 'array', items: open('', { code: text, text }) },
      }),
    },
  },
  metrics: describe('Counters and gauges, as Prometheus reads them', 'service', {
    response: { 200: { description: 'Metrics.', content: { 'text/plain': { schema: text } } }, ...refusals(401) },
  }),
  snapshot: describe('Takes a snapshot of the session', 'orders', {
    ...NOTHING,
    response: { 200: open('It is on record.'), ...refusals(400, 401, 403) },
  }),
  model: describe('Predicts from the next row on with what the files of artefact and model hold now', 'orders', {
    ...NOTHING,
    response: {
      200: open('It does.', { artefact: text, model: text, next: position }),
      ...refusals(400, 401, 403, 409, 503),
    },
  }),
  stop: describe('Ends the session as it should end', 'orders', {
    ...NOTHING,
    response: { 202: open('It will.'), ...refusals(400, 401, 403) },
  }),
} as const satisfies Readonly<Record<string, Described>>;
