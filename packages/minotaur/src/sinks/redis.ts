/** The newest row of each chain in Redis: one blob, its columns beside it by schema. */
import { fail } from 'minotaur-core/internal/base/errors';
import { loadOptional } from '../node/optional.ts';
import { decodeRow, encodeRow, type StoredRow } from './redis-row.ts';
import { failOther, type RowSource } from './sink-rows.ts';

/** Where rows are in Redis. */
export interface RedisPlace {
  /** `redis://HOST:PORT/NUMBER`, or `rediss://` over TLS. */
  readonly url: string;
  /** What all keys begin with. */
  readonly prefix: string;
}

/** The script's answer where the row is of another history than the one that is there. */
const OTHER = -1;
/** Rows that are on their way together. */
const PIPELINED = 256;

/**
 * Puts a blob in place unless there is a newer one: what is repeated, or comes late, changes nothing. Behind the magic stand
 * epoch, ordinal and time; the schema is bytes 40 to 71. Rows of two schemas have nothing but their times in common. Within an
 * epoch, ordinals and times that contradict each other are of two histories.
 */
const NEWER = `
local there = redis.call('GETRANGE', KEYS[1], 8, 71)
if #there == 64 then
  local epoch, ordinal, time = struct.unpack('<ddd', there)
  local e, o, t = struct.unpack('<ddd', ARGV[1], 9)
  if string.sub(there, 33) ~= string.sub(ARGV[1], 41, 72) then
    if t < time then return 0 end
  elseif e < epoch then
    return 0
  elseif e == epoch then
    if o == ordinal then return redis.call('GET', KEYS[1]) == ARGV[1] and 0 or ${OTHER} end
    if (o < ordinal and t > time) or (o > ordinal and t < time) then return ${OTHER} end
    if o < ordinal then return 0 end
  end
end
redis.call('SET', KEYS[1], ARGV[1])
return 1`;

const rowKey = (prefix: string, instruments: string): string => `${prefix}:row:${instruments}`;
const schemaKey = (prefix: string, schemaId: string): string => `${prefix}:schema:${schemaId}`;

/** The server as errors name it: the rest of its URL may hold a password. */
function serverOf(url: string): string {
  return URL.canParse(url) ? `redis ${new URL(url).host}`.trim() : 'redis';
}

async function connect({ url }: RedisPlace) {
  const where = serverOf(url);
  const { Redis } = await loadOptional('ioredis', () => import('ioredis'), { where, what: 'speaks to Redis' });
  const client = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 3,
    retryStrategy: (n) => (n > 3 ? null : 200 * n),
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    client.disconnect();
    fail('input', where, 'a Redis server that answers', (error as Error).message);
  }
  return client;
}

/** Sends rows; each stands there until the next. */
export async function writeToRedis(
  source: RowSource,
  place: RedisPlace,
  told: (rows: number) => Promise<void>,
): Promise<number> {
  const client = await connect(place);
  const { instruments, schemaId, columns } = source;
  const where = serverOf(place.url);
  const key = rowKey(place.prefix, instruments);
  let rows = 0;
  try {
    await client.set(schemaKey(place.prefix, schemaId), JSON.stringify(columns));
    const script = (await client.script('LOAD', NEWER)) as string;
    for await (const block of source.blocks()) {
      for (let from = 0; from < block.count; from += PIPELINED) {
        const pipeline = client.pipeline();
        const to = Math.min(block.count, from + PIPELINED);
        for (let i = from; i < to; i++) pipeline.evalsha(script, 1, key, encodeRow(schemaId, block, i));
        for (const [i, [error, outcome]] of ((await pipeline.exec()) ?? []).entries()) {
          if (error !== null) fail('input', where, 'a Redis server that takes rows', error.message);
          if (outcome === OTHER) failOther(where, source, block.epoch, block.ordinal + from + i);
        }
      }
      rows += block.count;
      await told(block.count);
    }
    return rows;
  } finally {
    client.disconnect();
  }
}

/** A row by the names of its values. */
export interface NamedRow extends StoredRow {
  /** By column. */
  readonly values: Readonly<Record<string, number>>;
}

/**
 * The newest row of `instruments` in Redis; undefined where there is none.
 * @throws {MinotaurError} where what is there is no row, or its columns are not there
 */
export async function readNewestRow(instruments: string, place: RedisPlace): Promise<NamedRow | undefined> {
  const client = await connect(place);
  const key = rowKey(place.prefix, instruments);
  try {
    const blob = await client.getBuffer(key);
    if (blob === null) return undefined;
    const { numbers, ...row } = decodeRow(blob, key);
    const schema = schemaKey(place.prefix, row.schemaId);
    const columns = JSON.parse((await client.get(schema)) ?? '[]') as string[];
    if (columns.length !== numbers.length)
      fail('state', schema, `the names of ${numbers.length} columns`, String(columns.length));
    return { ...row, values: Object.fromEntries(columns.map((name, i) => [name, numbers[i]])) };
  } finally {
    client.disconnect();
  }
}
