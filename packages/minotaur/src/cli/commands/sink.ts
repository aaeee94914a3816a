/** `minotaur sink parquet|postgres|redis`. */
import {
  sinkParquet,
  sinkPostgres,
  sinkRedis,
  type ParquetSinkOptions,
  type PostgresSinkOptions,
  type RedisSinkOptions,
  type SinkOptions,
  type SinkReport,
} from '../../runs/sinks/sink.ts';
import { interruption } from '../interruption.ts';
import { print, type OutputFlags } from '../output.ts';
import { count } from '../print/figures.ts';
import { watched } from '../progress.ts';
import { createNotes } from './bus.ts';

export type ParquetFlags = ParquetSinkOptions & OutputFlags;
export type PostgresFlags = PostgresSinkOptions & OutputFlags;
export type RedisFlags = RedisSinkOptions & OutputFlags;

export const parquetCommand = (flags: ParquetFlags): Promise<void> => command(flags, sinkParquet);
export const postgresCommand = (flags: PostgresFlags): Promise<void> => command(flags, sinkPostgres);
export const redisCommand = (flags: RedisFlags): Promise<void> => command(flags, sinkRedis);

async function command<O extends SinkOptions>(
  { json, ...flags }: O & OutputFlags,
  sink: (options: O) => Promise<SinkReport>,
): Promise<void> {
  const options = flags as unknown as O;
  const report = await (options.bus === undefined
    ? watched(({ onProgress, signal }) => sink({ ...options, onProgress, signal }))
    : follow(options, sink));
  print(report, json, ({ rows, written, chains, seconds }) => {
    const fresh = written === undefined ? '' : `, ${count(written)} of them new`;
    return [...chains, `${count(rows)} rows${fresh}, ${seconds.toFixed(1)} s`].join('\n');
  });
  // What follows a bus ends by a signal as it should.
  if (options.bus !== undefined) interruption().settled();
}

function follow<O extends SinkOptions>(options: O, sink: (options: O) => Promise<SinkReport>): Promise<SinkReport> {
  const { signal } = interruption();
  const onNote = createNotes();
  const onListening = (url: string): void => onNote(`${url}/readyz ${url}/metrics ${url}/v1/status`);
  return sink({ ...options, signal, onNote, onListening });
}
