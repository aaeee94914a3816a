/** A table of rows in PostgreSQL: what fits into it, and the statements that fill it. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { RowLayout } from './postgres-copy.ts';
import type { RowChain } from './row-store.ts';
import { KEY } from './sink-rows.ts';

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

/**
 * That rows fit into a table, said before anything is written.
 * @throws {MinotaurError} where they do not, with the layout that does
 */
export function requireFit(
  { instruments, columns }: Pick<RowChain, 'instruments' | 'columns'>,
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
export function statementsOf(
  { columns: names }: Pick<RowChain, 'columns'>,
  { table: called, layout }: Omit<PostgresPlace, 'url'>,
) {
  const [table, listed, staging] = ['', '_columns', '_staging'].map((suffix) => quoted(called + suffix));
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
      `CREATE TABLE IF NOT EXISTS ${table} (${own.join(', ')}, PRIMARY KEY (${key}))`,
      `CREATE TABLE IF NOT EXISTS ${listed} (schema text, place int, name text NOT NULL, PRIMARY KEY (schema, place))`,
      // Another chain of the same connection takes the same one.
      `CREATE TEMP TABLE IF NOT EXISTS ${staging} (LIKE ${table}) ON COMMIT DELETE ROWS`,
    ],
    remove: `DELETE FROM ${table} WHERE instruments = $1 AND schema = $2 AND epoch = $3 AND ordinal >= $4`,
    clear: `TRUNCATE ${staging}`,
    names: `INSERT INTO ${listed} SELECT $1, place, name FROM unnest($2::text[]) WITH ORDINALITY AS c (name, place) ON CONFLICT DO NOTHING`,
    copy: `COPY ${staging} (${columns}) FROM STDIN (FORMAT binary)`,
    // A row that is there is left alone, so a repeat writes nothing.
    place: `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${staging} ON CONFLICT (${key}) DO NOTHING`,
    // Asked afterwards: the rows of whoever wrote at the same time are seen too. Each is looked up by its key.
    others: `SELECT s.instruments, s.epoch, s.ordinal FROM ${staging} s, LATERAL (SELECT digest FROM ${table} t WHERE ${same} OFFSET 0) t WHERE t.digest <> s.digest ORDER BY s.instruments, s.epoch, s.ordinal LIMIT 1`,
  };
}

/** How far partitions of a log are in a table. */
export function placesOf({ table }: Pick<PostgresPlace, 'table'>) {
  const own = quoted(`${table}_places`);
  return {
    create: `CREATE TABLE IF NOT EXISTS ${own} (topic text, partition int, next int8 NOT NULL, state text NOT NULL, PRIMARY KEY (topic, partition))`,
    read: `SELECT partition, next, state FROM ${own} WHERE topic = $1`,
    write: `INSERT INTO ${own} SELECT $1, * FROM unnest($2::int[], $3::int8[], $4::text[]) ON CONFLICT (topic, partition) DO UPDATE SET next = excluded.next, state = excluded.state`,
  };
}
