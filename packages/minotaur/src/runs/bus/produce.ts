/** `bus produce`: trades, or a journal, into a bus. */
import { amount, flag, numeric, optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Config } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { RUN } from '../course/options.ts';
import { filesByName } from '../chain/run-files.ts';
import { followJournal } from '../../bus/follower/follow.ts';
import type { Log } from '../../bus/log/contract.ts';
import { produce, type Produced, type ProduceSettings } from '../../bus/worker/produce.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import type { RunOptions } from '../course/options.ts';
import { tradesSource } from './sources.ts';
import { nameBus, withLog, type BusOptions, BUS } from './open.ts';

/** What `bus produce` takes. */
export interface BusProduceOptions extends BusOptions, RunOptions {
  /** How files of trades are read. */
  readonly config?: ConfigArgument | undefined;
  /** Files of trades and globs, by the names of their chains. */
  readonly trades?: Readonly<Record<string, readonly string[]>> | undefined;
  /** In place of trades: what a journal recorded. */
  readonly journal?: string | undefined;
  /** Name of the journal's chain, where it is not its instrument's. */
  readonly chain?: string | undefined;
  /** Events of one message, at most; 1,000 where absent. */
  readonly batch?: number | undefined;
  /** Events a second and chain; as fast as they are taken where absent. */
  readonly rate?: number | undefined;
  /** Another history of the chains: their rows are counted anew. */
  readonly newEpoch?: boolean | undefined;
}

const PRODUCE = optionsOf<BusProduceOptions>(
  { bus: textual },
  {
    ...RUN,
    ...BUS,
    config: configArgument,
    trades: filesByName,
    journal: textual,
    chain: textual,
    batch: amount,
    rate: numeric,
    newEpoch: flag,
  },
);

/** What `bus produce` wrote of a chain. */
export interface ProducedChain {
  /** The key of its messages. */
  readonly chain: string;
  /** Where they are. */
  readonly partition: number;
  /** Which history it is. */
  readonly epoch: number;
  /** Events of the epoch that the log has now. */
  readonly events: number;
  /** Of these, those that it had before. */
  readonly before: number;
  /** Of the messages that were written. */
  readonly bytes: number;
}

/** What `bus produce` did. */
export interface BusProduceReport {
  /** In the order in which they were named. */
  readonly chains: readonly ProducedChain[];
  /** It took. */
  readonly seconds: number;
}

const BATCH = 1000;

/**
 * Writes events into a bus, those that it has not got: what was ended half-way goes on where it was.
 * @throws {MinotaurError} where files, journal or bus cannot be read or written
 */
export async function produceToBus(options: BusProduceOptions): Promise<BusProduceReport> {
  requireKind('produceToBus', PRODUCE, options);
  const { trades, journal, chain, batch = BATCH, rate, newEpoch, onProgress, signal } = options;
  if ((trades === undefined) === (journal === undefined))
    fail('config', 'bus produce', 'trades, or a journal', trades ? 'both' : 'neither');
  if (journal !== undefined && (rate !== undefined || newEpoch === true))
    fail('config', 'bus produce', '--rate and --new-epoch beside trades', 'beside a journal, which has its own epochs');
  const config = journal === undefined ? (await resolveConfig(options.config ?? 'minotaur')).config : undefined;
  const named = await nameBus(options, config && planOf(config).schema.id);
  const started = performance.now();
  let done = 0;
  const onWritten = (events: number): void => onProgress?.({ step: 'produce', done: (done += events), unit: 'events' });
  const hasSnapshots = config !== undefined;
  const settings = { batch, rate, newEpoch, hasSnapshots, signal: signal ?? new AbortController().signal, onWritten };
  const sources = Object.entries(trades ?? {}).map(([name, files]) => tradesSource(config as Config, name, files));
  const chains = await withLog(named, options, async (log) =>
    journal === undefined
      ? produce(log, sources, settings)
      : [await produceJournal(log, { journal, chain, bus: named.address.prefix }, settings)],
  );
  return { chains, seconds: (performance.now() - started) / 1000 };
}

/** All that a journal has: its epochs are those of the chain. */
function produceJournal(
  log: Log,
  whose: { readonly journal: string; readonly chain: string | undefined; readonly bus: string },
  { batch, signal, onWritten }: ProduceSettings,
): Promise<Produced> {
  return followJournal({
    ...whose,
    log,
    batch,
    follows: false,
    signal,
    end: signal,
    onStatus: ({ written }) => onWritten?.(written, 0),
  });
}
