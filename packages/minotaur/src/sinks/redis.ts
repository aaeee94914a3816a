/** The newest row of each chain in Redis: one blob, its columns beside it by schema. */
import { fail } from 'minotaur-core/internal/base/errors';
import { loadOptional } from '../node/optional.ts';
import { decodeRow, encodeRow, type StoredRow } from './redis-row.ts';
import type { RowSource } from './sink-rows.ts';

/** Where rows are in Redis. */
export interface RedisPlace {
  /** `redis://HOST:PORT/NUMBER`, or `rediss://` over TLS. */
  readonly url: string;
  /** What all keys begin with. */
  readonly prefix: string;
}

/** Rows that are on their way together. */
const PIPELINED = 256;

/** Puts a blob in place unless there is a newer one: what is repeated, or comes late, changes nothing. Epoch and ordinal stand behind the magic. */
const NEWER = `
local there = redis.call('GETRANGE', KEYS[1], 8, 23)
if #there == 16 then
  local epoch, ordinal = struct.unpack('<dd', there)
  local e, o = struct.unpack('<dd', ARGV[1], 9)
  if e < epoch or (e == epoch and o < ordinal) then return 0 end
end
redis.call('SET', KEYS[1], ARGV[1])
return 1`;

const rowKey = (prefix: string, instruments: string): string => `${prefix}:row:${instruments}`;
const schemaKey = (prefix: string, schemaId: string): string => `${prefix}:schema:${schemaId}`;

async function connect({ url }: RedisPlace) {
  const { Redis } = await loadOptional('ioredis', () => import('ioredis'), { where: url, what: 'speaks to Redis' });
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
    fail('input', url, 'a Redis server that answers', (error as Error).message);
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
        for (const [error] of (await pipeline.exec()) ?? [])
          if (error !== null) fail('input', place.url, 'a Redis server that takes rows', error.message);
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
