/** `sink`: rows of builds and journals into the stores that other systems read. */
import {
  choice,
  flag,
  listOf,
  optionsOf,
  requireKind,
  secret,
  textual,
  type Optional,
} from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { openPartitions } from '../../sinks/parquet.ts';
import type { RowLayout } from '../../sinks/postgres-copy.ts';
import { requireFit } from '../../sinks/postgres-table.ts';
import { openPostgres } from '../../sinks/postgres.ts';
import { openRedis } from '../../sinks/redis.ts';
import { putRows, type RowStore, type StoreOptions } from '../../sinks/row-store.ts';
import { rowsOfJournal, rowsOfRun } from '../../sinks/sink-rows.ts';
import { beginRun, createCourse, secondsSince, type RunOptions, RUN } from '../course/options.ts';
import { ANSWER_MS } from './farewell.ts';
import { followIntoStore, type FollowedStore, type FollowOptions, FOLLOW } from './follow.ts';
import type { Followed } from './followed.ts';

/** What every sink takes: these, a journal, or a bus. */
export interface SinkOptions extends RunOptions, FollowOptions {
  /** Directories that build wrote. */
  readonly rows?: readonly string[] | undefined;
  /** Directory of a journal. */
  readonly journal?: string | undefined;
  /**
   * A correction: of every epoch that has rows here, what is there from the first of them on goes, whatever its bits, and these stand
   * in its place. Not of a bus.
   */
  readonly replace?: boolean | undefined;
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

const SINK: Optional<SinkOptions> = { ...RUN, ...FOLLOW, rows: listOf(textual), journal: textual, replace: flag };
const PARQUET = optionsOf<ParquetSinkOptions>({ out: textual }, SINK);
const POSTGRES = optionsOf<PostgresSinkOptions>(
  { url: secret },
  { ...SINK, table: textual, layout: choice(['columns', 'array']) },
);
const REDIS = optionsOf<RedisSinkOptions>({ url: secret }, { ...SINK, prefix: textual });

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

/** Milliseconds for which rows of a bus are gathered: a file is written anew with every row that it gets. */
const GATHERED_MS = { parquet: 30_000, others: 0 } as const;

/**
 * Rows as partitions of Parquet files.
 * @throws {MinotaurError} where there are no rows, a row of other bits is there, or the place cannot be written
 */
export async function sinkParquet(options: ParquetSinkOptions): Promise<SinkReport> {
  requireKind('sinkParquet', PARQUET, options);
  const { out } = options;
  const open = (own: StoreOptions) => Promise.resolve(openPartitions(out, own));
  return sink(options, { open, requireFit: () => undefined, gatherMs: GATHERED_MS.parquet });
}

/**
 * Rows into a table of PostgreSQL.
 * @throws {MinotaurError} where they do not fit into its rows, before anything is written, a row of other bits is there, or the server refuses
 */
export async function sinkPostgres(options: PostgresSinkOptions): Promise<SinkReport> {
  requireKind('sinkPostgres', POSTGRES, options);
  const { url, table = 'minotaur_rows', layout = 'columns' } = options;
  const place = { url, table, layout };
  return sink(options, {
    open: (own) => openPostgres(place, own),
    requireFit: (chain) => requireFit(chain, place),
    gatherMs: GATHERED_MS.others,
  });
}

/**
 * The newest row of each chain into Redis.
 * @throws {MinotaurError} where the row that is there is of another history of the chain, or the server refuses
 */
export async function sinkRedis(options: RedisSinkOptions): Promise<SinkReport> {
  requireKind('sinkRedis', REDIS, options);
  const { url, prefix = 'minotaur' } = options;
  const open = (own: StoreOptions) => openRedis({ url, prefix }, own);
  return sink(options, { open, requireFit: () => undefined, gatherMs: GATHERED_MS.others });
}

interface Into extends Omit<FollowedStore, 'open'> {
  open(options: StoreOptions): Promise<RowStore>;
}

async function sink(options: SinkOptions, into: Into): Promise<SinkReport> {
  const { rows, journal, bus } = options;
  const given = [rows, journal, bus].filter((one) => one !== undefined).length;
  if (given !== 1) fail('config', 'sink', 'rows, a journal or a bus', given === 0 ? 'none' : 'several');
  return bus === undefined ? sendSources(options, into) : sendBus(options, bus, into);
}

async function sendSources(options: SinkOptions, into: Into): Promise<SinkReport> {
  const started = beginRun(options);
  const { rows: directories = [], journal, replace } = options;
  const { config, settings, once, port, host } = options;
  for (const [name, value] of Object.entries({ config, settings, once, port, host }))
    if (value !== undefined) fail('config', name, 'a bus (--bus) beside it', 'none');
  const sources = journal === undefined ? directories.map(rowsOfRun) : [rowsOfJournal(journal)];
  for (const source of sources) into.requireFit(source);
  const course = createCourse(options, { step: 'sink', unit: 'rows' });
  const store = await into.open({ replace });
  try {
    let rows = 0;
    for (const source of sources) rows += await putRows(store, source, (count) => course.add(count));
    await store.settle();
    const chains = sources.map(({ instruments, schemaId }) => `${instruments} ${schemaId}`);
    return reportOf({ rows, written: store.written(), chains: new Set(chains) }, started);
  } finally {
    await store.close();
  }
}

async function sendBus(options: SinkOptions, bus: string, into: Into): Promise<SinkReport> {
  const started = beginRun(options);
  const { config, replace, signal = new AbortController().signal } = options;
  if (config === undefined) return fail('config', 'config', 'the configuration whose rows these are', 'none');
  // A correction has an end, which a bus has not.
  if (replace) fail('config', 'replace', 'rows or a journal', 'a bus');
  const open = (dropped: AbortSignal) => into.open({ answerMs: ANSWER_MS, dropped });
  const store = { ...into, open };
  return reportOf(await followIntoStore({ ...options, bus, config, signal }, store), started);
}

function reportOf(
  { rows, written, chains }: Pick<Followed, 'rows' | 'written' | 'chains'>,
  started: number,
): SinkReport {
  return { rows, ...(written === undefined ? {} : { written }), chains: [...chains], seconds: secondsSince(started) };
}
