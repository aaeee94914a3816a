/** `bus verify`: rows built anew from the events of a bus, and held against those that its workers wrote, bit for bit; predictions too. */
import { setTimeout } from 'node:timers/promises';
import { optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import { RUN } from '../course/options.ts';
import { decodePredictions, decodeRows, digestAfter } from '../../bus/codec/rows.ts';
import type { Log } from '../../bus/log/contract.ts';
import { createPredictionReader } from '../../bus/recovery/prediction-reader.ts';
import { createRowReader } from '../../bus/recovery/reader.ts';
import { createChains, type Chains } from '../../bus/worker/chains.ts';
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
 * Where nothing but the newest is missing, it waits for it, ten seconds at most.
 * @throws {MinotaurError} where events were cut off, or rows are missing between others
 */
export async function verifyBus(options: BusVerifyOptions): Promise<BusVerifyReport> {
  requireKind('verifyBus', VERIFY, options);
  const { config } = await resolveConfig(options.config);
  const by = readPredicting(options, config);
  return withPredictors(by, async (predictor) => {
    const chains = createChains(config, predictor);
    const named = await nameBus(options, chains.plan.schema.id, by?.id);
    return withLog(named, options, (log) => verifyLog(log, { chains, predicts: by !== undefined, ...options }));
  });
}

/** What is verified of a log. */
export interface LogOrder extends RunOptions {
  readonly chains: Chains;
  readonly predicts: boolean;
  /** Milliseconds in which what is on its way has to be there; default 10,000. */
  readonly patience?: number;
}

/** The same of a log that is open. */
export async function verifyLog(log: Log, { chains, predicts, patience = PATIENCE, ...run }: LogOrder) {
  const count = await log.partitions('events');
  const found: VerifiedChain[] = [];
  const digests: Record<string, string> = {};
  const seen = { rows: 0, repeated: 0, predictions: 0 };
  /** Until when what is late is waited for, in all partitions together. */
  let until: number | undefined;
  for (let partition = 0; partition < count; partition++) {
    const written = writtenRows(log, partition, seen);
    const said = predicts ? writtenPredictions(log, partition, seen) : undefined;
    await written.read();
    await said?.read();
    const built = await rebuild(log, partition, chains, run);
    for (const chain of written.chains.keys())
      if (!built.has(chain)) fail('input', `events-${partition}`, `events of ${chain}`, 'none: they were cut off');
    const names = new Set([...written.chains.keys(), ...built.keys()]);
    const compared = (): VerifiedChain[] =>
      [...names].map((chain) =>
        compare(chain, built.get(chain), written.chains.get(chain), said && { of: said.chains.get(chain) }),
      );
    let now = compared();
    // Rows of the newest events are on their way: a worker has them soon, or there is none.
    while (now.some(isLate) && performance.now() < (until ??= performance.now() + patience)) {
      await setTimeout(Math.min(LOOK, patience), undefined, { signal: run.signal });
      const late = new Map(now.filter(isLate).map((one) => [one.chain, one]));
      await written.read(missingOf(late, (one) => one.expected));
      await said?.read(missingOf(late, (one) => one.predictions?.expected ?? 0));
      now = compared();
    }
    found.push(...now);
    for (const chain of names)
      digests[chain] = Buffer.from(written.chains.get(chain)?.items.at(-1) ?? digestAfter([], undefined)).toString(
        'hex',
      );
  }
  found.sort((a, b) => (a.chain < b.chain ? -1 : 1));
  return { chains: found, ...seen, digests, holds: found.every(isWhole) };
}

/** Milliseconds that rows may be behind the events of a worker that works. */
const PATIENCE = 10_000;
/** Milliseconds between two looks. */
const LOOK = 250;

const partsOf = (one: VerifiedChain): Verified[] => [one, ...(one.predictions === null ? [] : [one.predictions])];
/** Whether all is there, and nothing else. */
export const isWhole = (one: VerifiedChain): boolean =>
  partsOf(one).every(({ differs, expected, found }) => differs === null && expected === found);

/** Whether nothing is wrong but that the newest are not written yet. */
export const isLate = (one: VerifiedChain): boolean =>
  !isWhole(one) && partsOf(one).every(({ differs, expected, found }) => differs === null && found <= expected);

/** Up to how many items of an epoch of a chain are asked about; 0: none of them. */
type Until = (chain: string, epoch: number) => number;
const ALL: Until = () => Infinity;

/** What chains that are late lack. What else came later may be of events that came later, and what is settled stays so. */
function missingOf(late: ReadonlyMap<string, VerifiedChain>, expected: (one: VerifiedChain) => number): Until {
  return (chain, epoch) => {
    const one = late.get(chain);
    if (one === undefined || epoch > one.epoch) return 0;
    return epoch === one.epoch ? expected(one) : Infinity;
  };
}

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

/** Rows of a partition: those that are there when it is read, then those that have come since. */
function writtenRows(log: Log, partition: number, seen: { rows: number; repeated: number }) {
  const chains = new Map<string, Written<Uint8Array>>();
  const reader = createRowReader();
  let next: number | undefined;
  return {
    chains,
    async read(until = ALL): Promise<void> {
      for await (const { value, where, offset } of messagesOf(log, 'rows', partition, next)) {
        next = offset + 1;
        const batch = decodeRows(value, where);
        const end = until(batch.chain, batch.epoch);
        if (end === 0) continue;
        const { rows, repeated } = reader.take(batch, where);
        const { items } = writtenOf(chains, batch.chain, batch.epoch);
        const asked = rows.slice(0, Math.max(0, end - items.length));
        seen.rows += asked.length;
        seen.repeated += repeated;
        for (const row of asked) items.push(digestAfter([row], items.at(-1)));
      }
    },
  };
}

/** The same of predictions. */
function writtenPredictions(log: Log, partition: number, seen: { predictions: number }) {
  const chains = new Map<string, Written<Prediction>>();
  const reader = createPredictionReader();
  let next: number | undefined;
  return {
    chains,
    async read(until = ALL): Promise<void> {
      for await (const { value, where, offset } of messagesOf(log, 'predictions', partition, next)) {
        next = offset + 1;
        const batch = decodePredictions(value, where);
        const end = until(batch.chain, batch.epoch);
        if (end === 0) continue;
        const { predictions } = reader.take(batch, where);
        const { items } = writtenOf(chains, batch.chain, batch.epoch);
        const asked = predictions.slice(0, Math.max(0, end - items.length));
        seen.predictions += asked.length;
        items.push(...asked);
      }
    },
  };
}

function writtenOf<Item>(chains: Map<string, Written<Item>>, chain: string, epoch: number): Written<Item> {
  let written = chains.get(chain);
  if (written === undefined || epoch > written.epoch) chains.set(chain, (written = { epoch, items: [] }));
  return written;
}
