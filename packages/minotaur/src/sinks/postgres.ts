/** Rows in a table of PostgreSQL: copied into a table beside, then put where they belong by their key. */
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { loadOptional } from '../node/optional.ts';
import { encodeRows, type RowLayout } from './postgres-copy.ts';
import { failOther, KEY, type RowSource } from './sink-rows.ts';

export interface PostgresPlace {
  /** `postgres://USER@HOST:PORT/DATABASE`; what it does not say is taken from PGHOST and its like. */
  readonly url: string;
  readonly table: string;
  /** A column for each value, or one that holds them all in an array. */
  readonly layout: RowLayout;
}

/** Of a table: 1,600, of which these are not values. */
const MOST_COLUMNS = 1600;
const FIXED = ['instruments', 'schema', 'epoch', 'ordinal', 'time', 'ready', 'complete', 'digest'] as const;
/** A row has to fit into a page, beside the page's head and its own. */
const ROW_BYTES = 8192 - 24 - 8 - 24;
const NAME_BYTES = 63;
/** Bytes that are copied before they are put in place. */
const BATCH_BYTES = 1 << 24;

/**
 * That rows fit into a table, said before anything is written.
 * @throws {MinotaurError} where they do not, with the layout that does
 */
export function requireFit(
  { instruments, columns }: Pick<RowSource, 'instruments' | 'columns'>,
  { table, layout }: Omit<PostgresPlace, 'url'>,
): void {
  if (!/^[a-z_][a-z0-9_]{0,50}$/.test(table))
    fail('config', 'table', 'a name of small letters, digits and _', `'${table}'`);
  if (layout === 'array') return;
  const instead = 'the layout `array` holds them';
  const most = MOST_COLUMNS - FIXED.length;
  if (columns.length > most)
    fail('config', 'layout', `${most} columns of values at most (${instead})`, String(columns.length));
  // Text has a byte of length; the schema 64 of its own, the digest 32; numbers stand at multiples of 8.
  const bytes = Math.ceil((Buffer.byteLength(instruments) + 1 + 65) / 8) * 8 + 24 + 8 + 40 + 8 * columns.length;
  if (bytes > ROW_BYTES)
    fail(
      'config',
      'layout',
      `rows of ${ROW_BYTES} bytes at most, a page of PostgreSQL (${instead})`,
      `${bytes} bytes of ${columns.length} columns`,
    );
  const taken = new Set<string>(FIXED);
  for (const name of columns) {
    if (Buffer.byteLength(name) > NAME_BYTES)
      fail('config', 'layout', `names of ${NAME_BYTES} bytes at most (${instead})`, `'${name}'`);
    if (taken.has(name)) fail('config', 'layout', `columns beside ${FIXED.join(', ')} (${instead})`, `'${name}'`);
    taken.add(name);
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The statements that make a table for such rows, put what was copied in its place, and copy. */
function statementsOf({ columns: names }: Pick<RowSource, 'columns'>, { table, layout }: Omit<PostgresPlace, 'url'>) {
  const values = layout === 'array' ? ['values'] : names;
  const type = layout === 'array' ? 'float8[]' : 'float8';
  const key = KEY.join(', ');
  const same = KEY.map((name) => `t.${name} = s.${name}`).join(' AND ');
  const own = [
    'instruments text NOT NULL',
    'schema text NOT NULL',
    'epoch int8 NOT NULL',
    'ordinal int8 NOT NULL',
    'time timestamptz NOT NULL',
    'ready bool NOT NULL',
    'complete bool NOT NULL',
    'digest bytea NOT NULL',
    ...values.map((name) => `${quoted(name)} ${type} NOT NULL`),
  ];
  // By name: a table that another schema made may have the same columns in another order.
  const columns = [...FIXED, ...values].map(quoted).join(', ');
  return {
    create: [
      // What is copied stays in memory until it is put in its place.
      `SET temp_buffers = '64MB'`,
      `CREATE TABLE IF NOT EXISTS ${table} (${own.join(', ')}, PRIMARY KEY (${key}))`,
      `CREATE TABLE IF NOT EXISTS ${table}_columns (schema text, place int, name text NOT NULL, PRIMARY KEY (schema, place))`,
      `CREATE TEMP TABLE ${table}_staging (LIKE ${table}) ON COMMIT DELETE ROWS`,
    ],
    names: `INSERT INTO ${table}_columns SELECT $1, place, name FROM unnest($2::text[]) WITH ORDINALITY AS c (name, place) ON CONFLICT DO NOTHING`,
    copy: `COPY ${table}_staging (${columns}) FROM STDIN (FORMAT binary)`,
    // A row that is there is left alone, so a repeat writes nothing.
    place: `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${table}_staging ON CONFLICT (${key}) DO NOTHING`,
    // Asked afterwards: the rows of whoever wrote at the same time are seen too. Each is looked up by its key.
    others: `SELECT s.epoch, s.ordinal FROM ${table}_staging s, LATERAL (SELECT digest FROM ${table} t WHERE ${same} OFFSET 0) t WHERE t.digest <> s.digest ORDER BY s.epoch, s.ordinal LIMIT 1`,
  };
}

/** Puts rows into a table that is made where it is missing; gives how many came, and how many of them were new. A row of other bits is refused. */
export async function writeToPostgres(
  source: RowSource,
  place: PostgresPlace,
  told: (rows: number) => Promise<void>,
): Promise<{ rows: number; written: number }> {
  requireFit(source, place);
  const where = `postgres, table ${place.table}`;
  const { default: pg } = await loadOptional('pg', () => import('pg'), { where, what: 'speaks to PostgreSQL' });
  const { from: copyFrom } = await loadOptional('pg-copy-streams', () => import('pg-copy-streams'), {
    where,
    what: 'copies rows into PostgreSQL',
  });
  const sql = statementsOf(source, place);
  const asking = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof MinotaurError) throw error;
      const { message, code } = error as Error & { code?: string };
      return fail('input', where, 'a server that takes rows', [code, message].filter(Boolean).join(': '));
    }
  };
  const client = await asking(() => new pg.Client({ connectionString: place.url }));
  // A connection that breaks fails the query that runs; without a listener it would end the process.
  client.on('error', () => undefined);
  await asking(() => client.connect());
  try {
    for (const statement of sql.create) await asking(() => client.query(statement));
    await asking(() => client.query(sql.names, [source.schemaId, source.columns]));
    let rows = 0;
    let written = 0;
    let bytes = 0;
    let count = 0;
    let waiting: Buffer[] = [];
    const flush = async (): Promise<void> => {
      if (waiting.length === 0) return;
      const [parts, sent] = [waiting, count];
      [waiting, bytes, count] = [[], 0, 0];
      written += await asking(async () => {
        await client.query('BEGIN');
        await copyAll(client.query(copyFrom(sql.copy)), parts);
        const fresh = (await client.query(sql.place)).rowCount ?? 0;
        if (fresh < sent) {
          const [other] = (await client.query<{ epoch: string; ordinal: string }>(sql.others)).rows;
          if (other !== undefined) failOther(where, source, Number(other.epoch), Number(other.ordinal));
        }
        await client.query('COMMIT');
        return fresh;
      });
    };
    for await (const block of source.blocks()) {
      const encoded = encodeRows(source, block, place.layout);
      waiting.push(encoded);
      bytes += encoded.length;
      rows += block.count;
      count += block.count;
      if (bytes >= BATCH_BYTES) await flush();
      await told(block.count);
    }
    await flush();
    return { rows, written };
  } finally {
    await client.end().catch(() => undefined);
  }
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
