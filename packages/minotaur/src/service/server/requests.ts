/** What a query asks for, checked; what is wrong with it in words that hold nothing of it. */
import type { IncomingMessage } from 'node:http';
import { globMatcher } from 'minotaur-core/internal/base/glob';
import { strangeIn } from '../../node/http.ts';
import { SUBJECTS, type Subject } from '../protocol/messages.ts';
import { comparePositions, parsePosition, positionText, type Position } from '../protocol/position.ts';
import type { Publication } from '../publication/publication.ts';

/** A request that cannot be answered, and why. */
export class RequestError extends Error {
  readonly status: number;
  /** What helps to ask again: `first`, `next`. */
  readonly facts: Readonly<Record<string, string>>;

  constructor(status: number, message: string, facts: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.facts = facts;
  }
}

/** Seconds after which it is worth asking again, where a request was refused for what passes (503). */
export const RETRY_AFTER = 1;

/** Of a pattern: each doubles the ways in which it may match. */
const MOST_STARS = 3;

/** `rows,predictions`, rows where nothing is said. */
function subjectsOf(text = 'rows'): ReadonlySet<Subject> {
  const names = text.split(',');
  const subjects = SUBJECTS.filter((name) => names.includes(name));
  if (subjects.length !== names.length)
    throw new RequestError(400, `what: expected some of ${SUBJECTS.join()}, each once`);
  return new Set(subjects);
}

/** Places of the columns that the names or patterns (`*`, `?`) say, in the order of the columns; undefined for all. */
export function picksOf(text: string | undefined, columns: readonly string[]): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const wanted = new Set<number>();
  for (const pattern of text.split(',')) {
    if (pattern.split('*').length > MOST_STARS + 1)
      throw new RequestError(400, `columns: expected at most ${MOST_STARS} stars in a pattern`);
    const matches = globMatcher(pattern);
    const before = wanted.size;
    const found = columns.flatMap((name, i) => (matches(name) ? [i] : []));
    if (found.length === 0)
      throw new RequestError(400, `columns: expected patterns that match columns; number ${before + 1} matches none`);
    for (const i of found) wanted.add(i);
  }
  return [...wanted].sort((a, b) => a - b);
}

/** Where to begin: `latest` is the newest row there is, nothing the row that comes next. */
function fromOf(text: string | undefined, publication: Publication): Position {
  const { next, recent } = publication;
  if (text === undefined) return next;
  if (text === 'latest') return recent.rows.at(recent.rows.next - 1)?.position ?? next;
  const position = parsePosition(text);
  if (position === undefined) throw new RequestError(400, 'from: expected epoch:ordinal, such as 0:1200, or latest');
  return position;
}

/** Of a stream, as it stands in the address. */
export interface StreamQuery {
  readonly what?: string | undefined;
  readonly columns?: string | undefined;
  readonly from?: string | undefined;
}

/** Of an upgrade, which no route has checked. */
export function streamQueryOf(query: URLSearchParams): StreamQuery {
  const expected = strangeIn(query, ['what', 'columns', 'from']);
  if (expected !== undefined) throw new RequestError(400, expected);
  return Object.fromEntries(query);
}

/** What a stream is to give. */
export function readStreamQuery({ what, columns, from }: StreamQuery, publication: Publication) {
  requireOpen(publication);
  return {
    what: subjectsOf(what),
    picks: picksOf(columns, publication.facts.columns),
    from: fromOf(from, publication),
  };
}

/** Refuses a row that the chain has yet to make: whoever asks for it has seen another journal. */
export function requireNotAhead(from: Position, { next }: Publication): void {
  if (comparePositions(from, next) > 0)
    throw new RequestError(416, 'from: expected a row that is there, or the next', { next: positionText(next) });
}

/** Refuses while there is nothing to ask for yet. */
export function requireOpen({ isOpen }: Publication): void {
  if (!isOpen) throw new RequestError(503, 'expected a session that has begun; it is bootstrapping');
}

/** A second name would be another for whoever reads it otherwise: a proxy in front of this. */
export const namesHostOnce = ({ headersDistinct: { host = [] } }: IncomingMessage): boolean => host.length <= 1;
