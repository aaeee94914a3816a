/** A connection to Redis, and what its errors are worth. */
import { fail } from 'minotaur-core/internal/base/errors';
import { loadOptional } from '../node/optional.ts';
import type { StoreOptions } from './row-store.ts';
import { REDIS_URL, requireUrl } from './store-url.ts';

/** Tries of a connection that breaks, before those who wait are told. */
const TRIES = 3;

/** Milliseconds that it may take to answer a command. */
const ANSWER_MS = 30_000;

/** What the server answers where it takes no command; those of a transaction stand in the one that ends it. */
interface Refusal {
  readonly message: string;
  readonly previousErrors?: readonly Error[];
}

/**
 * Codes that no waiting mends: another kind of value under the key, what a login may do, a cluster that has the key elsewhere. All
 * others may pass: OOM and MISCONF once there is room, READONLY once a replica takes over, NOSCRIPT on the next connection.
 * Source: Redis' sources, `shared` in server.c, and its documentation of ACL and of clusters.
 */
const FINAL = new Set(['WRONGTYPE', 'NOAUTH', 'WRONGPASS', 'NOPERM', 'DENIED', 'MOVED', 'CROSSSLOT']);
/** Of the code that stands for all others. */
const FINAL_WORDS = /^ERR (?:unknown command|DB index is out of range|invalid DB index|invalid password|AUTH )/i;
/** Redis 6 and older put what a command of a script was refused for behind the script's line. */
const OF_SCRIPT = /^ERR Error running script .*@user_script: ?\d+: -?(?=[A-Z]+ )/;

/** Whether the same may go well at another time. */
export function mayPass(message: string): boolean {
  const words = message.replace(OF_SCRIPT, '');
  return !FINAL.has(/^[A-Z]+/.exec(words)?.[0] ?? '') && !FINAL_WORDS.test(words);
}

/** The server as errors name it: the rest of its URL may hold a password. */
const serverOf = (url: string): string => (URL.canParse(url) ? `redis ${new URL(url).host}`.trim() : 'redis');

/** Opens a connection. @throws {MinotaurError} where the URL is none of Redis, the server or a package is missing, as {@link RedisConnection.refused} */
export async function connect(url: string, { answerMs = ANSWER_MS, dropped }: StoreOptions = {}) {
  requireUrl(url, REDIS_URL);
  const where = serverOf(url);
  const { Redis } = await loadOptional('ioredis', () => import('ioredis'), { where, what: 'speaks to Redis' });
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: TRIES,
    retryStrategy: (n) => (n > TRIES ? null : 200 * n),
    commandTimeout: answerMs,
    connectTimeout: answerMs,
  });
  /** What is wrong with the connection: whoever waits hears only that it is closed. */
  let heard: Error | undefined;
  client.on('error', (error: Error) => (heard = error));
  client.on('ready', () => (heard = undefined));
  dropped?.addEventListener('abort', () => client.disconnect(), { once: true });

  /** Errors are of kind `input` where they may pass, `state` where the server will say the same again. */
  const refused = (error: unknown, expected = 'a Redis server that takes rows'): never => {
    const { message, previousErrors } = error as Refusal;
    const words = previousErrors?.[0]?.message ?? (isOfConnection(error) && heard ? heard.message : message);
    return fail(mayPass(words) ? 'input' : 'state', where, expected, words);
  };
  try {
    await client.connect();
    // The client goes on in database 0 where there is no such one.
    await client.select(client.options.db ?? 0);
  } catch (error) {
    client.disconnect();
    refused(error, 'a Redis server that answers');
  }
  return { client, where, refused };
}

export type RedisConnection = Awaited<ReturnType<typeof connect>>;

/** What the client says where there is no connection, whatever the reason. */
const isOfConnection = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'MaxRetriesPerRequestError' || error.message === 'Connection is closed.');
