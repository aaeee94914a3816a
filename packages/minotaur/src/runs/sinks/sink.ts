/** `sink`: rows of builds and journals into the stores that other systems read. */
import { fail } from 'minotaur-core/internal/base/errors';
import { writePartitions } from '../../sinks/parquet.ts';
import { requireFit, writeToPostgres } from '../../sinks/postgres.ts';
import type { RowLayout } from '../../sinks/postgres-copy.ts';
import { writeToRedis } from '../../sinks/redis.ts';
import { rowsOfJournal, rowsOfRun, type RowSource } from '../../sinks/sink-rows.ts';
import { beginRun, createCourse, secondsSince, type RunOptions } from '../course/options.ts';

/** What every sink takes: these, or a journal. */
export interface SinkOptions extends RunOptions {
  /** Directories that build wrote. */
  readonly rows?: readonly string[] | undefined;
  /** Directory of a journal. */
  readonly journal?: string | undefined;
}

/** What `sink parquet` takes. */
export interface ParquetSinkOptions extends SinkOptions {
  /** Directory of the partitions. */
  readonly out: string;
}

/** What `sink postgres` takes. */
export interface PostgresSinkOptions extends SinkOptions {
  /** `postgres://USER@HOST:PORT/DATABASE`. */
  readonly url: string;
  /** Made where it is missing; `minotaur_rows` where absent. */
  readonly table?: string | undefined;
  /** A column for each value, or one that holds them all in an array; `columns` where absent. */
  readonly layout?: RowLayout | undefined;
}

/** What `sink redis` takes. */
export interface RedisSinkOptions extends SinkOptions {
  /** `redis://HOST:PORT`. */
  readonly url: string;
  /** What all keys begin with; `minotaur` where absent. */
  readonly prefix?: string | undefined;
}

/** What a sink did. */
export interface SinkReport {
  /** Rows that were sent. */
  readonly rows: number;
  /** Rows of them that were new there; where the store tells. */
  readonly written?: number;
  /** Of them, `INSTRUMENTS SCHEMA`. */
  readonly chains: readonly string[];
  /** That it took. */
  readonly seconds: number;
}

type Told = (rows: number) => Promise<void>;

/**
 * Rows as partitions of Parquet files.
 * @throws {MinotaurError} where there are no rows, a row of other bits is there, or the place cannot be written
 */
export function sinkParquet(options: ParquetSinkOptions): Promise<SinkReport> {
  return sink(options, async (source, told) => ({ rows: await writePartitions(source, options.out, told) }));
}

/**
 * Rows into a table of PostgreSQL.
 * @throws {MinotaurError} where they do not fit into its rows, before anything is written, a row of other bits is there, or the server refuses
 */
export function sinkPostgres(options: PostgresSinkOptions): Promise<SinkReport> {
  const { url, table = 'minotaur_rows', layout = 'columns' } = options;
  for (const source of sourcesOf(options)) requireFit(source, { table, layout });
  return sink(options, (source, told) => writeToPostgres(source, { url, table, layout }, told));
}

/**
 * The newest row of each chain into Redis.
 * @throws {MinotaurError} where the row that is there is of another history of the chain, or the server refuses
 */
export function sinkRedis(options: RedisSinkOptions): Promise<SinkReport> {
  const { url, prefix = 'minotaur' } = options;
  return sink(options, async (source, told) => ({ rows: await writeToRedis(source, { url, prefix }, told) }));
}

function sourcesOf({ rows, journal }: SinkOptions): RowSource[] {
  if ((rows === undefined) === (journal === undefined))
    fail('config', 'sink', 'rows or a journal', rows === undefined ? 'neither' : 'both');
  return journal === undefined ? (rows ?? []).map(rowsOfRun) : [rowsOfJournal(journal)];
}

async function sink(
  options: SinkOptions,
  send: (source: RowSource, told: Told) => Promise<{ rows: number; written?: number }>,
): Promise<SinkReport> {
  const started = beginRun(options);
  const sources = sourcesOf(options);
  const course = createCourse(options, { step: 'sink', unit: 'rows' });
  let rows = 0;
  let written: number | undefined;
  for (const source of sources) {
    const sent = await send(source, (count) => course.add(count));
    rows += sent.rows;
    if (sent.written !== undefined) written = (written ?? 0) + sent.written;
  }
  const chains = [...new Set(sources.map(({ instruments, schemaId }) => `${instruments} ${schemaId}`))];
  return { rows, ...(written === undefined ? {} : { written }), chains, seconds: secondsSince(started) };
}
