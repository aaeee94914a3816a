/** `bus verify`: rows built anew from the events of a bus, and held against those that its workers wrote, bit for bit. */
import { fail } from 'minotaur-core/internal/base/errors';
import { countOf, decodeEvents } from '../../bus/codec/events.ts';
import { decodeRows, digestAfter } from '../../bus/codec/rows.ts';
import type { Log } from '../../bus/log/contract.ts';
import type { WorkedChain } from '../../bus/recovery/contract.ts';
import { createRowReader } from '../../bus/recovery/reader.ts';
import { createChains, type Chains } from '../../bus/worker/chains.ts';
import { resolveConfig, type ConfigArgument } from '../../files/config-file.ts';
import type { RunOptions } from '../course/options.ts';
import { nameBus, withLog, type BusOptions } from './open.ts';

/** What `bus verify` takes. */
export interface BusVerifyOptions extends BusOptions, RunOptions {
  /** Whose rows. */
  readonly config: ConfigArgument;
}

/** What `bus verify` found of one chain, in its newest epoch. */
interface VerifiedChain {
  /** Its name. */
  readonly chain: string;
  /** Which history. */
  readonly epoch: number;
  /** Rows that its events give. */
  readonly expected: number;
  /** Rows that the log has. */
  readonly found: number;
  /** Ordinal of the first that differs; null where none does. */
  readonly differs: number | null;
}

/** What `bus verify` found. */
export interface BusVerifyReport {
  /** In the order of their names. */
  readonly chains: readonly VerifiedChain[];
  /** Rows of all chains that the log has, each once. */
  readonly rows: number;
  /** Rows that were written again, all with the same bits. */
  readonly repeated: number;
  /** Digest of all rows of each chain, hex. */
  readonly digests: Readonly<Record<string, string>>;
  /** Whether every row that the events give is there, with the same bits, and no other. */
  readonly holds: boolean;
}

/** Digests of the rows of a chain up to each of them. */
type Links = Uint8Array[];

/**
 * Rebuilds every chain of a bus from its events, and compares.
 * @throws {MinotaurError} where events were cut off, or rows are missing between others
 */
export async function verifyBus(options: BusVerifyOptions): Promise<BusVerifyReport> {
  const { config } = await resolveConfig(options.config);
  const chains = createChains(config);
  const named = await nameBus(options, chains.plan.schema.id);
  return withLog(named, options, async (log) => {
    const count = await log.partitions('events');
    const found: VerifiedChain[] = [];
    const digests: Record<string, string> = {};
    const seen = { rows: 0, repeated: 0 };
    for (let partition = 0; partition < count; partition++) {
      const written = await writtenRows(log, partition, seen);
      const built = await builtRows(log, partition, chains, options);
      for (const chain of written.keys())
        if (!built.has(chain)) fail('input', `events-${partition}`, `events of ${chain}`, 'none: they were cut off');
      for (const chain of new Set([...written.keys(), ...built.keys()])) {
        const of = compare(chain, built.get(chain), written.get(chain));
        found.push(of);
        digests[chain] = Buffer.from(written.get(chain)?.links.at(-1) ?? digestAfter([], undefined)).toString('hex');
      }
    }
    found.sort((a, b) => (a.chain < b.chain ? -1 : 1));
    const holds = found.every(({ expected, found: has, differs }) => differs === null && has === expected);
    return { chains: found, ...seen, digests, holds };
  });
}

interface Linked {
  epoch: number;
  links: Links;
}

function compare(chain: string, built: Linked | undefined, written: Linked | undefined): VerifiedChain {
  const epoch = built?.epoch ?? written?.epoch ?? 0;
  const expected = built?.links ?? [];
  // Rows of an epoch that is over are none of this one's.
  const has = written?.epoch === epoch ? written.links : [];
  const common = Math.min(expected.length, has.length);
  const at = has.findIndex((link, i) => i < common && Buffer.compare(link, expected[i]) !== 0);
  return { chain, epoch, expected: expected.length, found: has.length, differs: at < 0 ? null : at };
}

async function writtenRows(log: Log, partition: number, seen: { rows: number; repeated: number }) {
  const chains = new Map<string, Linked>();
  const reader = createRowReader();
  for await (const { value, where } of messagesOf(log, 'rows', partition)) {
    const batch = decodeRows(value, where);
    const { rows, repeated } = reader.take(batch, where);
    seen.rows += rows.length;
    seen.repeated += repeated;
    const linked = linkedOf(chains, batch.chain, batch.epoch);
    if (rows.length > 0) for (const row of rows) linked.links.push(digestAfter([row], linked.links.at(-1)));
  }
  return chains;
}

async function builtRows(log: Log, partition: number, chains: Chains, { onProgress, signal }: BusVerifyOptions) {
  const built = new Map<string, Linked & { worked: WorkedChain; events: number }>();
  let done = 0;
  for await (const { value, where } of messagesOf(log, 'events', partition)) {
    signal?.throwIfAborted();
    const batch = decodeEvents(value, where);
    const { chain, epoch, first } = batch;
    let own = built.get(chain);
    if (own === undefined || epoch > own.epoch)
      built.set(chain, (own = { epoch, links: [], worked: chains.open(chain, epoch, undefined), events: 0 }));
    if (epoch < own.epoch) continue;
    if (first > own.events) {
      const missing = own.events === 0 ? 'events were cut off' : `${first - own.events} are missing`;
      fail('input', where, `the event of ${chain} after ${own.events}`, `the one after ${first}: ${missing}`);
    }
    const count = batch.events.reduce((sum, event) => sum + countOf(event), 0);
    if (first + count <= own.events) continue;
    const { rows } = await own.worked.take(batch, own.events - first);
    for (const row of rows) own.links.push(digestAfter([row], own.links.at(-1)));
    own.events = first + count;
    onProgress?.({ step: 'verify', done: (done += count), unit: 'events' });
  }
  return built;
}

function linkedOf(chains: Map<string, Linked>, chain: string, epoch: number): Linked {
  let linked = chains.get(chain);
  if (linked === undefined || epoch > linked.epoch) chains.set(chain, (linked = { epoch, links: [] }));
  return linked;
}

/** All that a partition holds now. */
async function* messagesOf(log: Log, topic: 'events' | 'rows', partition: number) {
  const { first, end } = await log.range(topic, partition);
  const { signal } = new AbortController();
  if (first === end) return;
  for await (const { records, next } of log.read(topic, partition, first, signal)) {
    for (const { offset, value } of records)
      if (offset < end) yield { value, where: `${topic}-${partition} at ${offset}` };
    if (next >= end) return;
  }
}
