/** What the events of a partition give, built anew. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import { open, type Opened } from '../../bus/codec/envelope.ts';
import { countOf, decodeEvents } from '../../bus/codec/events.ts';
import { digestAfter } from '../../bus/codec/rows.ts';
import { decodeSnapshot } from '../../bus/codec/snapshots.ts';
import type { Log } from '../../bus/log/contract.ts';
import { openBegun } from '../../bus/recovery/chain-work.ts';
import type { TopicName, WorkedChain } from '../../bus/recovery/contract.ts';
import type { Chains } from '../../bus/worker/chains.ts';
import type { RunOptions } from '../course/options.ts';

/** The newest epoch of a chain. */
export interface RebuiltChain {
  readonly epoch: number;
  /** Rows of the epoch that its events do not give: it began behind them. */
  readonly before: number;
  /** Digests of its rows up to each of them. */
  readonly links: Uint8Array[];
  /** Of each row; none where nothing predicts. */
  readonly predictions: Prediction[];
}

type Rebuilding = RebuiltChain & { readonly worked: WorkedChain; events: number };

/** @throws {MinotaurError} where events were cut off */
export async function rebuild(
  log: Log,
  partition: number,
  chains: Chains,
  { onProgress, signal }: RunOptions,
): Promise<ReadonlyMap<string, RebuiltChain>> {
  const built = new Map<string, Rebuilding>();
  let done = 0;
  for await (const { value, where } of messagesOf(log, 'events', partition)) {
    signal?.throwIfAborted();
    const opened = open(value, where);
    const { chain } = opened;
    const own = begun(built.get(chain), opened, chains, where);
    if (own === undefined) continue;
    built.set(chain, own);
    if (opened.kind === 'events' && opened.epoch === own.epoch) done += await take(own, opened, where);
    onProgress?.({ step: 'verify', done, unit: 'events' });
  }
  return built;
}

/** The chain as it is before a message is taken. */
function begun(known: Rebuilding | undefined, opened: Opened, chains: Chains, where: string): Rebuilding | undefined {
  const { kind, chain, epoch, schemaId } = opened;
  if (known !== undefined && epoch <= known.epoch) return known;
  const fresh = { epoch, links: [], predictions: [], events: 0 };
  if (kind === 'events') return { ...fresh, before: 0, worked: chains.open(chain, epoch, undefined) };
  // Chains of other rows begin the epoch cold.
  if (schemaId !== chains.plan.schema.id) return known;
  const snapshot = decodeSnapshot(opened, where);
  return { ...fresh, before: snapshot.first, worked: openBegun(chains.open, snapshot) };
}

/** How many events a message has. */
async function take(own: Rebuilding, opened: Opened, where: string): Promise<number> {
  const batch = decodeEvents(opened, where);
  const { chain, first } = batch;
  if (first > own.events) {
    const missing = own.events === 0 ? 'events were cut off' : `${first - own.events} are missing`;
    fail('input', where, `the event of ${chain} after ${own.events}`, `the one after ${first}: ${missing}`);
  }
  const count = batch.events.reduce((sum, event) => sum + countOf(event), 0);
  if (first + count <= own.events) return count;
  const { rows, predictions } = await own.worked.take(batch, own.events - first);
  for (const row of rows) own.links.push(digestAfter([row], own.links.at(-1)));
  own.predictions.push(...predictions);
  own.events = first + count;
  return count;
}

/** All that a partition holds now, or what of it stands at `from` and behind. */
export async function* messagesOf(log: Log, topic: TopicName, partition: number, from = 0) {
  const range = await log.range(topic, partition);
  const first = Math.max(range.first, from);
  const { end } = range;
  const { signal } = new AbortController();
  if (first >= end) return;
  for await (const { records, next } of log.read(topic, partition, first, signal)) {
    for (const { offset, value } of records)
      if (offset < end) yield { offset, value, where: `${topic}-${partition} at ${offset}` };
    if (next >= end) return;
  }
}
