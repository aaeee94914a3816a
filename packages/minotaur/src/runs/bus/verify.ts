/** `bus verify`: rows built anew from the events of a bus, and held against those that its workers wrote, bit for bit; predictions too. */
import { optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import { RUN } from '../course/options.ts';
import { decodePredictions, decodeRows, digestAfter } from '../../bus/codec/rows.ts';
import type { Log } from '../../bus/log/contract.ts';
import { createPredictionReader } from '../../bus/recovery/prediction-reader.ts';
import { createRowReader } from '../../bus/recovery/reader.ts';
import { createChains } from '../../bus/worker/chains.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import type { RunOptions } from '../course/options.ts';
import { nameBus, withLog, type BusOptions, BUS } from './open.ts';
import { readPredicting, withPredictors, type BusPredictingOptions, PREDICTING } from './predicting.ts';
import { messagesOf, rebuild, type RebuiltChain } from './rebuild.ts';

/** What `bus verify` takes. */
export interface BusVerifyOptions extends BusOptions, RunOptions, BusPredictingOptions {
  /** Whose rows. */
  readonly config: ConfigArgument;
}

const VERIFY = optionsOf<BusVerifyOptions>({ bus: textual, config: configArgument }, { ...RUN, ...BUS, ...PREDICTING });

/** Items as events give them, and as the log has them. */
export interface Verified {
  /** How many its events give. */
  readonly expected: number;
  /** How many the log has. */
  readonly found: number;
  /** Ordinal of the first that differs; null where none does. */
  readonly differs: number | null;
}

/** What `bus verify` found of one chain, in its newest epoch: of its rows, and of what was predicted. */
export interface VerifiedChain extends Verified {
  /** Its name. */
  readonly chain: string;
  /** Which history. */
  readonly epoch: number;
  /** Null where nothing predicts. */
  readonly predictions: Verified | null;
}

/** What `bus verify` found. */
export interface BusVerifyReport {
  /** In the order of their names. */
  readonly chains: readonly VerifiedChain[];
  /** Rows of all chains that the log has, each once. */
  readonly rows: number;
  /** Rows that were written again, all with the same bits. */
  readonly repeated: number;
  /** Predictions of all chains that the log has, each once. */
  readonly predictions: number;
  /** Digest of all rows of each chain, hex. */
  readonly digests: Readonly<Record<string, string>>;
  /** Whether all that the events give is there, with the same bits, and nothing else. */
  readonly holds: boolean;
}

/**
 * Rebuilds every chain of a bus from its events, and compares.
 * @throws {MinotaurError} where events were cut off, or rows are missing between others
 */
export async function verifyBus(options: BusVerifyOptions): Promise<BusVerifyReport> {
  requireKind('verifyBus', VERIFY, options);
  const { config } = await resolveConfig(options.config);
  const by = readPredicting(options, config);
  return withPredictors(by, async (predictor) => {
    const chains = createChains(config, predictor);
    const named = await nameBus(options, chains.plan.schema.id, by?.id);
    return withLog(named, options, async (log) => {
      const count = await log.partitions('events');
      const found: VerifiedChain[] = [];
      const digests: Record<string, string> = {};
      const seen = { rows: 0, repeated: 0, predictions: 0 };
      for (let partition = 0; partition < count; partition++) {
        const written = await writtenRows(log, partition, seen);
        const said = by === undefined ? undefined : await writtenPredictions(log, partition, seen);
        const built = await rebuild(log, partition, chains, options);
        for (const chain of written.keys())
          if (!built.has(chain)) fail('input', `events-${partition}`, `events of ${chain}`, 'none: they were cut off');
        for (const chain of new Set([...written.keys(), ...built.keys()])) {
          const has = written.get(chain);
          found.push(compare(chain, built.get(chain), has, said && { of: said.get(chain) }));
          digests[chain] = Buffer.from(has?.items.at(-1) ?? digestAfter([], undefined)).toString('hex');
        }
      }
      found.sort((a, b) => (a.chain < b.chain ? -1 : 1));
      return { chains: found, ...seen, digests, holds: found.every(isWhole) };
    });
  });
}

const isWhole = (one: VerifiedChain): boolean =>
  [one, one.predictions].every((of) => of === null || (of.differs === null && of.expected === of.found));

/** What the log has of an epoch, in order, each once. */
interface Written<Item> {
  readonly epoch: number;
  readonly items: Item[];
}

function compare(
  chain: string,
  built: RebuiltChain | undefined,
  written: Written<Uint8Array> | undefined,
  said: { readonly of: Written<Prediction> | undefined } | undefined,
): VerifiedChain {
  const epoch = built?.epoch ?? written?.epoch ?? 0;
  const before = built?.before ?? 0;
  // What is of an epoch that is over is none of this one's.
  const ownOf = <Item>(of: Written<Item> | undefined): readonly Item[] => (of?.epoch === epoch ? of.items : []);
  const rows = hold(built?.links ?? [], ownOf(written), before, (a, b) => Buffer.compare(a, b) === 0);
  const predictions = said && hold(built?.predictions ?? [], ownOf(said.of), before, isSamePrediction);
  return { chain, epoch, ...rows, predictions: predictions ?? null };
}

function hold<Item>(
  expected: readonly Item[],
  found: readonly Item[],
  before: number,
  isSame: (a: Item, b: Item) => boolean,
): Verified {
  const common = Math.min(expected.length, found.length);
  const at = found.findIndex((item, i) => i < common && !isSame(item, expected[i]));
  return { expected: expected.length, found: found.length, differs: at < 0 ? null : before + at };
}

function isSamePrediction(a: Prediction, b: Prediction): boolean {
  const keys = ['time', 'probability', 'calibrated', 'signal', 'complete', 'refusal'] as const;
  return keys.every((key) => Object.is(a[key], b[key]));
}

async function writtenRows(log: Log, partition: number, seen: { rows: number; repeated: number }) {
  const chains = new Map<string, Written<Uint8Array>>();
  const reader = createRowReader();
  for await (const { value, where } of messagesOf(log, 'rows', partition)) {
    const batch = decodeRows(value, where);
    const { rows, repeated } = reader.take(batch, where);
    seen.rows += rows.length;
    seen.repeated += repeated;
    const { items } = writtenOf(chains, batch.chain, batch.epoch);
    for (const row of rows) items.push(digestAfter([row], items.at(-1)));
  }
  return chains;
}

async function writtenPredictions(log: Log, partition: number, seen: { predictions: number }) {
  const chains = new Map<string, Written<Prediction>>();
  const reader = createPredictionReader();
  for await (const { value, where } of messagesOf(log, 'predictions', partition)) {
    const batch = decodePredictions(value, where);
    const { predictions } = reader.take(batch, where);
    seen.predictions += predictions.length;
    writtenOf(chains, batch.chain, batch.epoch).items.push(...predictions);
  }
  return chains;
}

function writtenOf<Item>(chains: Map<string, Written<Item>>, chain: string, epoch: number): Written<Item> {
  let written = chains.get(chain);
  if (written === undefined || epoch > written.epoch) chains.set(chain, (written = { epoch, items: [] }));
  return written;
}
