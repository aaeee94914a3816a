/** A connection to PostgreSQL, and what its errors are worth. */
import type { Client } from 'pg';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { loadOptional } from '../node/optional.ts';
import type { StoreOptions } from './row-store.ts';
import { POSTGRES_URL, requireUrl } from './store-url.ts';

/** Milliseconds that a server may take to say goodbye. */
const GOODBYE_MS = 1000;
/** Milliseconds that it may take to answer at all. */
const CONNECT_MS = 30_000;
/** Milliseconds for which another session may hold the table; less than an answer may take, so that the server can say that it was that. */
const LOCK_MS = 20_000;

/** Does something with the server, whose errors are told as those of a place. */
export type Asking = <T>(work: () => T | Promise<T>) => Promise<T>;

/** What of an error of the driver tells whether it may pass. */
interface Refusal {
  /** SQLSTATE of the server; or what the system calls an error of the connection. */
  readonly code?: string | undefined;
  /** Schema of the table that the server's error is about. */
  readonly schema?: string | undefined;
}

/** Classes of SQLSTATE: connection, rollback, resources, state of an object, operators, system. Source: PostgreSQL's documentation, appendix A. */
const PASSING = new Set(['08', '40', '53', '55', '57', '58']);
/** A standby that takes over soon takes no rows yet. */
const READ_ONLY = '25006';
/** Two who make one table at once: both find none, and the later one hits the name or the catalog's own key. */
const TABLE_THERE = '42P07';
const UNIQUE = '23505';
/** A lock that another session did not let go in time. */
const LOCKED = '55P03';

/** Whether the same may go well at another time, on another connection. Names of errors of the system begin with an E, no SQLSTATE does. */
export function mayPass({ code = '', schema }: Refusal): boolean {
  if (!/^[0-9A-DF-Z][0-9A-Z]{4}$/.test(code)) return true;
  if (code === UNIQUE) return schema === 'pg_catalog';
  return code === READ_ONLY || code === TABLE_THERE || PASSING.has(code.slice(0, 2));
}

/** Errors are of kind `input` where they may pass, `state` where the server will say the same again. */
export function askingAt(where: string): Asking {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof MinotaurError) throw error;
      const { message, code, schema } = error as Error & Refusal;
      if (code === LOCKED) fail('input', where, 'a table that no other session locks', message);
      const kind = mayPass({ code, schema }) ? 'input' : 'state';
      return fail(kind, where, 'a server that takes rows', [code, message].filter(Boolean).join(': '));
    }
  };
}

const LOCK_LIMIT = `SELECT set_config('lock_timeout', '${LOCK_MS}', false) WHERE current_setting('lock_timeout') = '0'`;

/** @throws {MinotaurError} where the URL is none of PostgreSQL, the server or a package is missing */
export async function connect(url: string, where: string, { answerMs, dropped }: StoreOptions) {
  requireUrl(url, POSTGRES_URL);
  const asking = askingAt(where);
  const { default: pg } = await loadOptional('pg', () => import('pg'), { where, what: 'speaks to PostgreSQL' });
  const { from: copyFrom } = await loadOptional('pg-copy-streams', () => import('pg-copy-streams'), {
    where,
    what: 'copies rows into PostgreSQL',
  });
  const limit = answerMs === undefined ? {} : { query_timeout: answerMs };
  const limits = { ...limit, connectionTimeoutMillis: CONNECT_MS };
  const client = await asking(() => new pg.Client({ connectionString: url, ...limits }));
  // A connection that breaks fails the query that runs; without a listener it would end the process.
  client.on('error', () => undefined);
  const drop = (): void => void client.connection.stream.destroy();
  dropped?.addEventListener('abort', drop, { once: true });
  try {
    await asking(() => client.connect());
    // What is copied stays in memory until it is put in its place.
    await asking(() => client.query(`SET temp_buffers = '64MB'`));
    // Who says it of the role, the database or the URL has said it.
    await asking(() => client.query(LOCK_LIMIT));
  } catch (error) {
    await hangUp(client);
    throw error;
  }
  return { client, copyFrom };
}

/** Ends a connection; one whose server does not answer is dropped. */
export async function hangUp(client: Client): Promise<void> {
  const timer = setTimeout(() => client.connection.stream.destroy(), GOODBYE_MS);
  await client.end().catch(() => undefined);
  clearTimeout(timer);
}
