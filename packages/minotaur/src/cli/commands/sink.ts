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
import { print, type OutputFlags } from '../output.ts';
import { count } from '../print/figures.ts';
import { watched } from '../progress.ts';

export type ParquetFlags = ParquetSinkOptions & OutputFlags;
export type PostgresFlags = PostgresSinkOptions & OutputFlags;
export type RedisFlags = RedisSinkOptions & OutputFlags;

export const parquetCommand = (flags: ParquetFlags): Promise<void> => command(flags, sinkParquet);
export const postgresCommand = (flags: PostgresFlags): Promise<void> => command(flags, sinkPostgres);
export const redisCommand = (flags: RedisFlags): Promise<void> => command(flags, sinkRedis);

async function command<O extends SinkOptions>(
  { json, ...options }: O & OutputFlags,
  sink: (options: O) => Promise<SinkReport>,
): Promise<void> {
  const report = await watched(({ onProgress, signal }) => sink({ ...(options as unknown as O), onProgress, signal }));
  print(report, json, ({ rows, written, chains, seconds }) => {
    const fresh = written === undefined ? '' : `, ${count(written)} of them new`;
    return [...chains, `${count(rows)} rows${fresh}, ${seconds.toFixed(1)} s`].join('\n');
  });
}
