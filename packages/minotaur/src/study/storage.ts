/** A file of studies that several processes write at once: every change is one transaction, and whoever is second waits. */
import { dirname } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { MinotaurError, fail } from 'minotaur-core/internal/base/errors';
import { makeDirectory } from '../node/writing.ts';
import { OPTUNA_VERSION, REVISION, SCHEMA_VERSION, TABLES } from './schema.ts';

type Row = Readonly<Record<string, SQLInputValue>>;

export interface Storage {
  readonly path: string;
  /** The rows of a query. */
  all<T = Row>(sql: string, ...values: readonly SQLInputValue[]): T[];
  /** Changes something. Returns the id of the row that was put in last. */
  change(sql: string, ...values: readonly SQLInputValue[]): number;
  /** All of `work` or nothing of it, while no other process writes. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** How long a process waits for others, milliseconds. */
const PATIENCE = 60_000;

/**
 * Opens a file of studies, made where there is none.
 * @throws {MinotaurError} where the file is no database, or its tables are of another version
 */
export async function openStorage(path: string): Promise<Storage> {
  // Loaded here: Node 22 says on its import that it is experimental.
  const { DatabaseSync: Database } = await import('node:sqlite');
  makeDirectory(dirname(path));
  const storage = inWords(path, () => storageOf(path, new Database(path)));
  try {
    storage.transaction(() => requireTables(storage));
  } catch (error) {
    storage.close();
    throw error;
  }
  return storage;
}

function storageOf(path: string, database: DatabaseSync): Storage {
  database.exec(`PRAGMA busy_timeout = ${PATIENCE}`);
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statement = (sql: string): ReturnType<DatabaseSync['prepare']> => {
    const found = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, found);
    return found;
  };
  return {
    path,
    all: <T>(sql: string, ...values: readonly SQLInputValue[]) =>
      inWords(path, () => statement(sql).all(...values) as T[]),
    change: (sql, ...values) => inWords(path, () => Number(statement(sql).run(...values).lastInsertRowid)),
    transaction(work) {
      inWords(path, () => database.exec('BEGIN IMMEDIATE'));
      try {
        const result = work();
        inWords(path, () => database.exec('COMMIT'));
        return result;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => database.close(),
  };
}

/** SQLite's errors as ours. */
function inWords<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MinotaurError || (error as NodeJS.ErrnoException).code !== 'ERR_SQLITE_ERROR') throw error;
    return fail('input', path, 'a database of studies (SQLite) that can be read and written', (error as Error).message);
  }
}

/** Makes the tables in an empty file; refuses those of another version, or of something else. */
function requireTables({ path, all, change }: Storage): void {
  const tables = all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => name);
  if (tables.length === 0) {
    for (const sql of TABLES.split(';').filter((text) => text.trim() !== '')) change(sql);
    return;
  }
  const expected = `a storage of Optuna ${OPTUNA_VERSION} (schema ${SCHEMA_VERSION}, revision ${REVISION})`;
  const missing = ['studies', 'trials', 'version_info', 'alembic_version'].find((name) => !tables.includes(name));
  if (missing !== undefined) fail('state', path, expected, `another database: no table ${missing}`);
  const [{ schema, library }] = all<{ schema: number; library: string }>(
    'SELECT schema_version AS schema, library_version AS library FROM version_info',
  );
  const [{ revision }] = all<{ revision: string }>('SELECT version_num AS revision FROM alembic_version');
  if (schema !== SCHEMA_VERSION || revision !== REVISION)
    fail('state', path, expected, `one of Optuna ${library} (schema ${schema}, revision ${revision})`);
}
