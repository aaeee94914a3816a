/** The newest row of each chain in Redis: one blob, its columns beside it by schema. */
import { optionsOf, requireKind, secret, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { connect, type RedisConnection } from './redis-connection.ts';
import { decodeRow, encodeRow, type StoredRow } from './redis-row.ts';
import { createReplaced } from './replaced.ts';
import { sendRows, type RowChain, type RowStore, type StoreOptions, type StorePlace } from './row-store.ts';
import { failOther, type RowSource, type SinkBlock } from './sink-rows.ts';

/** Where rows are in Redis. */
export interface RedisPlace {
  /** `redis://HOST:PORT/NUMBER`, or `rediss://` over TLS. */
  readonly url: string;
  /** What all keys begin with. */
  readonly prefix: string;
}

const PLACE = optionsOf<RedisPlace>({ url: secret, prefix: textual }, {});

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
const placeKey = (prefix: string, topic: string): string => `${prefix}:place:${topic}`;
const schemaKey = (prefix: string, schemaId: string): string => `${prefix}:schema:${schemaId}`;

/**
 * Opens the newest rows of chains; each that is put stands there until the next. With `replace` only the last of each chain that is
 * put, whatever stood there, once {@link RowStore.settle} is called.
 * @throws {MinotaurError} where the server or a package is missing
 */
export async function openRedis(place: RedisPlace, options: StoreOptions = {}): Promise<RowStore> {
  const { replace = false } = options;
  const { client, where, refused } = await connect(place.url, options);
  const { prefix } = place;
  const script = (await client.script('LOAD', NEWER).catch((error: unknown) => {
    client.disconnect();
    return refused(error);
  })) as string;
  const named = new Set<string>();
  const last = new Map<string, Buffer>();
  const replaced = createReplaced();

  const sent = async (pipeline: Pipeline, onOutcome = (_i: number, _outcome: unknown): void => {}): Promise<void> => {
    const outcomes = await pipeline.exec().catch((error: unknown) => refused(error));
    for (const [i, [error, outcome]] of (outcomes ?? []).entries()) {
      if (error !== null) refused(error);
      onOutcome(i, outcome);
    }
  };
  const putNewer = async (chain: RowChain, block: SinkBlock): Promise<void> => {
    const key = rowKey(prefix, chain.instruments);
    for (let from = 0; from < block.count; from += PIPELINED) {
      const pipeline = client.pipeline();
      const to = Math.min(block.count, from + PIPELINED);
      for (let i = from; i < to; i++) pipeline.evalsha(script, 1, key, encodeRow(chain.schemaId, block, i));
      await sent(pipeline, (i, outcome) => {
        if (outcome === OTHER) failOther(where, chain, block.epoch, block.ordinal + from + i);
      });
    }
  };
  return {
    async places(topic) {
      const found = await client.hgetall(placeKey(prefix, topic)).catch((error: unknown) => refused(error));
      return new Map(
        Object.entries(found).map(([partition, text]) => [Number(partition), JSON.parse(text) as StorePlace]),
      );
    },
    async put(chain, block) {
      const { schemaId, instruments, columns } = chain;
      if (!named.has(schemaId)) {
        await sent(client.pipeline().set(schemaKey(prefix, schemaId), JSON.stringify(columns)));
        named.add(schemaId);
      }
      if (!replace) return putNewer(chain, block);
      replaced.from(chain, block);
      if (block.count > 0) last.set(rowKey(prefix, instruments), encodeRow(schemaId, block, block.count - 1));
    },
    async settle(places) {
      const all = client.multi();
      for (const [key, blob] of last) all.set(key, blob);
      for (const [partition, at] of places?.partitions ?? [])
        all.hset(placeKey(prefix, places?.topic ?? ''), String(partition), JSON.stringify(at));
      if (all.length > 0) await sent(all);
      last.clear();
    },
    written: () => undefined,
    close: () => Promise.resolve(client.disconnect()),
  };
}

type Pipeline = ReturnType<RedisConnection['client']['pipeline']>;

/** Sends rows; each stands there until the next. */
export async function writeToRedis(
  source: RowSource,
  place: RedisPlace,
  told: (rows: number) => Promise<void>,
): Promise<number> {
  return (await sendRows(openRedis(place), source, told)).rows;
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
  requireKind('readNewestRow', PLACE, place);
  const { client, refused } = await connect(place.url);
  const key = rowKey(place.prefix, instruments);
  try {
    const blob = await client.getBuffer(key).catch((error: unknown) => refused(error, 'a row'));
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
