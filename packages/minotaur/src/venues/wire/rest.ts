/** A venue asked over REST: one budget for all that one address asks, refusals honoured, answers bounded in size and time. */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { PageQuestion, Venue } from '../contract/venue.ts';
import { LONGEST } from '../contract/json.ts';
import { pageRequest, readPage, type TradePage } from '../contract/pages.ts';
import { retryAfterOf } from '../../node/retry-after.ts';
import { networkWords } from '../../node/system-words.ts';
import { createBudget, type Budget } from './budget.ts';
import type { Surroundings } from './surroundings.ts';
import type { WireTimes } from './times.ts';

/** Milliseconds where the venue does not say when to come again: asked too often, shut out, or broken. */
const TOO_OFTEN = 30_000;
const SHUT_OUT = 300_000;
const BROKEN = 1000;
/** Longer than that nobody waits for his turn: he is told when to come again. */
const LONGEST_TURN = 10_000;

export interface RestPage extends TradePage {
  /** Microseconds. */
  readonly arrival: number;
}

/** There is no page. */
export interface RestFailure {
  readonly failed: string;
  /** Milliseconds until the next may be asked for. */
  readonly retryAfter: number;
}

export interface RestStatus {
  /** Answers by status; 0: none. */
  readonly answers: Readonly<Record<number, number>>;
  /** Of what may be asked at once, the share that is gone. */
  readonly used: number;
  /** Milliseconds for which the venue wants to be left alone. */
  readonly shutFor: number;
}

/** One venue and one address; every symbol of it shares this. */
export interface Rest {
  /** Whether it can be asked at all. */
  readonly canAsk: boolean;
  /** It never rejects. */
  page(question: PageQuestion): Promise<RestPage | RestFailure>;
  /** Ends what is under way. */
  stop(): void;
  status(): RestStatus;
}

export interface RestOrder {
  readonly venue: Venue;
  /** In place of the venue's own, `http://127.0.0.1:1234`. */
  readonly base?: string | undefined;
  /** Sent with each request: a key, where the venue wants one. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly times: WireTimes;
  readonly around: Surroundings;
}

interface Asked extends RestOrder {
  readonly budget: Budget;
  readonly cost: number;
  readonly answers: Record<number, number>;
  readonly abort: AbortController;
  /** Monotonic milliseconds before which nothing is asked. */
  shutUntil: number;
}

export function createRest(order: RestOrder): Rest {
  const { venue, headers, around } = order;
  const { perMinute, perPage } = venue.repair?.budget.value ?? { perMinute: 1, perPage: 1 };
  const budget = createBudget(perMinute, perPage, around.now);
  const abort = new AbortController();
  const asked: Asked = { ...order, budget, cost: perPage, answers: {}, abort, shutUntil: -Infinity };
  return {
    canAsk: venue.repair !== undefined && (!venue.repair.needsKey.value || headers !== undefined),
    page: (question) => page(asked, question),
    stop: () => abort.abort(),
    status: () => ({
      answers: { ...asked.answers },
      used: budget.used(),
      shutFor: Math.max(0, asked.shutUntil - around.now()),
    }),
  };
}

async function page(asked: Asked, question: PageQuestion): Promise<RestPage | RestFailure> {
  const { around, budget, cost } = asked;
  const shut = shutOut(asked);
  if (shut !== undefined) return shut;
  const turn = budget.take(cost);
  if (turn > LONGEST_TURN) {
    budget.giveBack(cost);
    return { failed: 'the budget is spent', retryAfter: turn };
  }
  if (turn > 0) await new Promise<void>((resolve) => void around.later(turn, resolve));
  try {
    // It may have shut us out meanwhile.
    return shutOut(asked) ?? (await request(asked, question));
  } catch (error) {
    asked.answers[0] = (asked.answers[0] ?? 0) + 1;
    return { failed: networkWords(error), retryAfter: BROKEN };
  }
}

function shutOut({ shutUntil, around }: Asked): RestFailure | undefined {
  const retryAfter = shutUntil - around.now();
  return retryAfter > 0 ? { failed: 'the venue wants to be left alone', retryAfter } : undefined;
}

async function request(asked: Asked, question: PageQuestion): Promise<RestPage | RestFailure> {
  const { venue, base, headers = {}, times, around, abort, answers } = asked;
  const { method, host, path, body } = pageRequest(venue, question);
  const late = new AbortController();
  const off = around.later(times.answer, () => late.abort(new Error(`no whole answer in ${times.answer} ms`)));
  try {
    const response = await around.fetch(`${base ?? `https://${host}`}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body }),
      // A venue's own address answers itself.
      redirect: 'error',
      signal: AbortSignal.any([abort.signal, late.signal]),
    });
    const { status } = response;
    answers[status] = (answers[status] ?? 0) + 1;
    if (!response.ok) {
      await response.body?.cancel();
      return refused(asked, status, response.headers.get('retry-after'));
    }
    const text = await bounded(response);
    const arrival = around.wall();
    try {
      return { ...readPage(venue, text, question), arrival };
    } catch (error) {
      if (error instanceof MinotaurError) return { failed: error.message, retryAfter: BROKEN };
      throw error;
    }
  } finally {
    off();
  }
}

/** 429 and 418 are for all that this address asks. */
function refused(asked: Asked, status: number, header: string | null): RestFailure {
  const { around } = asked;
  const told = retryAfterOf(header, around.wall() / 1000);
  const failed = `status ${status}`;
  if (status !== 429 && status !== 418) return { failed, retryAfter: told ?? BROKEN };
  const retryAfter = told ?? (status === 418 ? SHUT_OUT : TOO_OFTEN);
  asked.shutUntil = Math.max(asked.shutUntil, around.now() + retryAfter);
  return { failed, retryAfter };
}

async function bounded(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > LONGEST) throw new Error(`an answer of more than ${LONGEST} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}
