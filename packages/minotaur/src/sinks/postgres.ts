/** Rows in a table of PostgreSQL: copied into a table beside, then put where they belong by their key. */
import type { Client } from 'pg';
import { askingAt, connect, hangUp } from './postgres-connection.ts';
import { encodeRows } from './postgres-copy.ts';
import { placesOf, requireFit, statementsOf, type PostgresPlace } from './postgres-table.ts';
import { createReplaced } from './replaced.ts';
import { sendRows, type RowChain, type RowStore, type StoreOptions, type StorePlaces } from './row-store.ts';
import { failOther, type RowSource } from './sink-rows.ts';

/** Bytes that are copied before they are put in place. */
const BATCH_BYTES = 1 << 24;

/** Rows that are to be copied together: of one order of columns. */
interface Waiting {
  readonly chain: RowChain;
  readonly sql: ReturnType<typeof statementsOf>;
  readonly parts: Buffer[];
  bytes: number;
  count: number;
}

/** Makes what rows of a chain need, once. */
function createStatements(client: Client, place: PostgresPlace) {
  const known = new Map<string, ReturnType<typeof statementsOf>>();
  return async (chain: RowChain) => {
    const there = known.get(chain.schemaId);
    if (there !== undefined) return there;
    requireFit(chain, place);
    const sql = statementsOf(chain, place);
    for (const statement of sql.create) await client.query(statement);
    await client.query(sql.names, [chain.schemaId, chain.columns]);
    known.set(chain.schemaId, sql);
    return sql;
  };
}

/** The transaction of a connection. */
function createTransaction(client: Client) {
  let isOpen = false;
  return {
    async begin(): Promise<void> {
      if (!isOpen) await client.query('BEGIN');
      isOpen = true;
    },
    async commit(): Promise<void> {
      if (isOpen) await client.query('COMMIT');
      isOpen = false;
    },
  };
}

/**
 * Opens a table, which is made where it is missing. A row of other bits is refused; with `replace` all that is put is in one
 * transaction, which {@link RowStore.settle} ends.
 * @throws {MinotaurError} where the server or a package is missing
 */
export async function openPostgres(place: PostgresPlace, options: StoreOptions = {}): Promise<RowStore> {
  const { replace = false } = options;
  const where = `postgres, table ${place.table}`;
  const asking = askingAt(where);
  const { client, copyFrom } = await connect(place.url, where, options);
  const statements = createStatements(client, place);
  const transaction = createTransaction(client);
  const replaced = replace ? createReplaced() : undefined;
  const placing = placesOf(place);
  let waiting: Waiting | undefined;
  let written = 0;
  /** Whether the table beside holds rows of this transaction, which are in place. */
  let isCopied = false;

  const commit = async (): Promise<void> => {
    await transaction.commit();
    isCopied = false;
  };
  /** Puts what waits in place; the transaction stays open. */
  const flush = async (): Promise<void> => {
    if (waiting === undefined) return;
    const { chain, sql, parts, count } = waiting;
    waiting = undefined;
    await transaction.begin();
    // A commit empties it without a trace, this does not.
    if (isCopied) await client.query(sql.clear);
    isCopied = true;
    await copyAll(client.query(copyFrom(sql.copy)), parts);
    const fresh = (await client.query(sql.place)).rowCount ?? 0;
    if (fresh < count) await refuseOthers(client, sql.others, where, chain);
    written += fresh;
  };
  return {
    places: (topic) =>
      asking(async () => {
        await client.query(placing.create);
        const { rows } = await client.query<{ partition: number; next: string; state: string }>(placing.read, [topic]);
        return new Map(rows.map(({ partition, next, state }) => [partition, { next: Number(next), state }]));
      }),
    put: (chain, block) =>
      asking(async () => {
        const from = replaced?.from(chain, block);
        if (waiting !== undefined && (waiting.chain.schemaId !== chain.schemaId || from !== undefined)) await flush();
        const sql = await statements(chain);
        if (from !== undefined) {
          await transaction.begin();
          await client.query(sql.remove, [chain.instruments, chain.schemaId, block.epoch, from]);
        }
        const encoded = encodeRows(chain, block, place.layout);
        waiting ??= { chain, sql, parts: [], bytes: 0, count: 0 };
        waiting.parts.push(encoded);
        waiting.bytes += encoded.length;
        waiting.count += block.count;
        if (waiting.bytes < BATCH_BYTES) return;
        await flush();
        // A correction is seen whole.
        if (!replace) await commit();
      }),
    settle: (places) =>
      asking(async () => {
        await flush();
        if (places !== undefined) {
          await transaction.begin();
          await client.query(placing.write, valuesOf(places));
        }
        await commit();
      }),
    written: () => written,
    close: () => hangUp(client),
  };
}

function valuesOf({ topic, partitions }: StorePlaces): unknown[] {
  const all = [...partitions];
  return [
    topic,
    all.map(([partition]) => partition),
    all.map(([, { next }]) => next),
    all.map(([, { state }]) => state),
  ];
}

/** Refuses the first row of those that are copied in whose place one of other bits stands. */
async function refuseOthers(client: Client, sql: string, where: string, chain: RowChain): Promise<void> {
  const [other] = (await client.query<{ instruments: string; epoch: string; ordinal: string }>(sql)).rows;
  if (other === undefined) return;
  failOther(where, { ...chain, instruments: other.instruments }, Number(other.epoch), Number(other.ordinal));
}

/** Puts rows into a table that is made where it is missing; gives how many came, and how many of them were new. A row of other bits is refused. */
export async function writeToPostgres(
  source: RowSource,
  place: PostgresPlace,
  told: (rows: number) => Promise<void>,
): Promise<{ readonly rows: number; readonly written: number | undefined }> {
  requireFit(source, place);
  return sendRows(openPostgres(place), source, told);
}

/** The signature and flags that a binary copy begins with, and what it ends with. */
const HEAD = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const TAIL = Buffer.from([0xff, 0xff]);

function copyAll(stream: NodeJS.WritableStream, parts: readonly Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.on('error', reject);
    stream.on('finish', resolve);
    stream.write(HEAD);
    for (const part of parts) stream.write(part);
    stream.end(TAIL);
  });
}
