/** What a page asks of a run: a window of bars, the distribution of a feature, the bar at a time. */
import { encodeWindow, type WindowRequest } from '#view';
import { strangeIn } from '../node/http.ts';
import { firstAtOrAfter } from './clock.ts';
import type { ViewedRun } from './viewed-run.ts';
import { BUCKETS, windowOf } from './window.ts';

export interface Answer {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** What is refused, and how HTTP has it. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Features of one window at most. */
const FEATURES = 32;
const JSON_TYPE = 'application/json';
/** By path, what may be asked. */
const QUERIES: Readonly<Partial<Record<string, readonly string[]>>> = {
  '/window': ['clock', 'from', 'to', 'size', 'features', 'fold'],
  '/distribution': ['feature'],
  '/bar': ['clock', 'time'],
};

/** @throws {Refusal} where `path` is none of these, or the query is not as it should be */
export async function answer(run: ViewedRun, path: string, query: URLSearchParams): Promise<Answer> {
  const names = QUERIES[path];
  if (names === undefined) throw new Refusal(404, 'expected /, /window, /distribution or /bar');
  const expected = strangeIn(query, names);
  if (expected !== undefined) throw new Refusal(400, expected);
  if (path === '/window') {
    const window = await windowOf(run, windowRequest(run, query));
    return { type: 'application/octet-stream', body: encodeWindow(window) };
  }
  if (path === '/distribution') {
    const found = await run.distribution(featureIn(run, query.get('feature') ?? ''));
    return { type: JSON_TYPE, body: JSON.stringify(found) };
  }
  const { time, bars } = await run.clock(clockIn(run, query));
  const at = Number(query.get('time') ?? NaN);
  if (!Number.isFinite(at)) throw new Refusal(400, 'time: expected microseconds');
  return { type: JSON_TYPE, body: JSON.stringify(Math.min(bars - 1, firstAtOrAfter(time, at))) };
}

function windowRequest(run: ViewedRun, query: URLSearchParams): WindowRequest {
  const [from, to, size] = ['from', 'to', 'size'].map((name) => wholeIn(query, name));
  const fold = query.has('fold') ? wholeIn(query, 'fold') : 0;
  if (size < 1 || from % size !== 0) throw new Refusal(400, 'size, from: expected a size, and a multiple of it');
  if (!(to > from) || (to - from) / size > BUCKETS)
    throw new Refusal(400, `from, to: expected at most ${BUCKETS} buckets, and one at least`);
  const features = [...new Set((query.get('features') ?? '').split(',').filter(Boolean))];
  if (features.length > FEATURES) throw new Refusal(400, `features: expected at most ${FEATURES}`);
  return { clock: clockIn(run, query), from, to, size, features: features.map((text) => featureIn(run, text)), fold };
}

function wholeIn(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? '';
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(value)) throw new Refusal(400, `${name}: expected a whole number`);
  return value;
}

function clockIn({ clocks }: ViewedRun, query: URLSearchParams): string {
  const name = query.get('clock') ?? '';
  if (!clocks.includes(name)) throw new Refusal(400, `clock: expected one of ${clocks.join(', ')}`);
  return name;
}

function featureIn({ manifest: { columns } }: ViewedRun, text: string): number {
  const index = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (!(index < columns.length)) throw new Refusal(400, `feature: expected 0 to ${columns.length - 1}`);
  return index;
}
