/** What became of a sink that follows a bus, while it does. */
import type { Log } from '../../bus/log/contract.ts';
import { figureInTime, metricText, type Probed } from '../../node/probes.ts';

/** What a sink has done so far. */
export interface Followed extends Probed {
  /** Whether the store takes rows. */
  isUp: boolean;
  /** Rows that were sent. */
  rows: number;
  /** Rows were sent that it has not taken. */
  owes: boolean;
  /** Those of them that were new there; undefined where the store does not tell. */
  written: number | undefined;
  /** Time of the newest row that the store has, of those that were sent, microseconds; undefined before the first. */
  newestRow: number | undefined;
  /** Times that the store had to be tried again. */
  retries: number;
  /** Times that brokers did not do what was asked. */
  troubles: number;
  /** `INSTRUMENTS SCHEMA` of each. */
  readonly chains: Set<string>;
  readonly partitions: number;
  /** Of each partition: offset of the first message that the store may not have. */
  readonly next: number[];
  /** Whether the store has been had. */
  hasBegun(): boolean;
}

export function createFollowed(log: Log, partitions: number): Followed {
  const next: number[] = [];
  const chains = new Set<string>();
  async function lag(): Promise<number> {
    const ends = await Promise.all(
      Array.from({ length: partitions }, async (_, partition) => (await log.range('rows', partition)).end),
    );
    return ends.reduce((sum, end, partition) => sum + Math.max(0, end - (next[partition] ?? 0)), 0);
  }
  return {
    isUp: false,
    owes: false,
    rows: 0,
    written: undefined,
    newestRow: undefined,
    retries: 0,
    troubles: 0,
    chains,
    partitions,
    next,
    hasBegun: () => next.length > 0,
    isReady() {
      return this.isUp;
    },
    status() {
      const { isUp: ready, rows, retries, newestRow } = this;
      return { ready, rows, chains: chains.size, newestRow, retries, next };
    },
    async metrics() {
      const behind = await figureInTime(lag());
      return [
        metricText('minotaur_sink_up', 'gauge', 'Whether the store takes rows', Number(this.isUp)),
        metricText('minotaur_sink_rows_total', 'counter', 'Rows sent to the store', this.rows),
        metricText(
          'minotaur_sink_lag_messages',
          'gauge',
          'Messages of rows that the store has not got; NaN: not known',
          behind,
        ),
        metricText(
          'minotaur_sink_newest_row_timestamp_seconds',
          'gauge',
          'Time of the newest row that was sent and taken; NaN before the first',
          (this.newestRow ?? NaN) / 1e6,
        ),
        metricText('minotaur_sink_chains', 'gauge', 'Chains of which rows were sent', chains.size),
        metricText('minotaur_sink_retries_total', 'counter', 'Times that the store was tried again', this.retries),
        metricText(
          'minotaur_sink_bus_troubles_total',
          'counter',
          'Times that brokers did not do what was asked',
          this.troubles,
        ),
      ].join('');
    },
  };
}
