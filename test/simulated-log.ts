/** A partition of a bus that is worked by owners who die, wake up late and lose answers, at whatever step they are told to. */
import assert from 'node:assert/strict';
import { sealed } from '../packages/minotaur/src/bus/codec/envelope.ts';
import { decodeEvents, encodeEvents, type EventBatch } from '../packages/minotaur/src/bus/codec/events.ts';
import { decodeRows } from '../packages/minotaur/src/bus/codec/rows.ts';
import { decodeSnapshot, type Snapshot } from '../packages/minotaur/src/bus/codec/snapshots.ts';
import type { LogRecord, Outgoing, WorkedChain, Write } from '../packages/minotaur/src/bus/recovery/contract.ts';
import { placeOf, requireUncut } from '../packages/minotaur/src/bus/recovery/place.ts';
import { createRowReader } from '../packages/minotaur/src/bus/recovery/reader.ts';
import { createShard, type Shard } from '../packages/minotaur/src/bus/recovery/shard.ts';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Row } from 'minotaur-core/internal/rows/row';
import { joinedFrom } from './joined-events.ts';

export const SCHEMA = 'cd'.repeat(32);

/** A chain of two numbers, both of which depend on every event so far, in order; it gives none, one or two rows an event. */
export function smallChain(state?: Uint8Array): WorkedChain {
  const at = new Float64Array(2);
  if (state !== undefined) new Uint8Array(at.buffer).set(state);
  return {
    take(batch, skip) {
      const rows: Row[] = [];
      for (const event of batch.events.slice(skip)) {
        assert.equal(event.kind, 'advance');
        if (event.kind !== 'advance') continue;
        at[0]++;
        at[1] = (Math.imul(at[1], 31) + event.time) >>> 0;
        for (let k = 0; k < at[1] % 3; k++)
          rows.push({ time: event.time, values: Float64Array.of(at[0], at[1], k), ready: true, complete: true });
      }
      return Promise.resolve({ rows, predictions: [], refused: 0 });
    },
    state: () => ({ engine: new Uint8Array(at.buffer.slice(0)), predictor: new Uint8Array(0) }),
  };
}

/** A message of consecutive events of a chain. */
export function messageOf(chain: string, first: number, count: number, epoch = 0): EventBatch {
  const origin = { text: '', maxSilence: NaN };
  const events = Array.from({ length: count }, (_, i) => {
    const time = 1000 * epoch + 7 * (first + i) + chain.charCodeAt(0);
    return { kind: 'advance', instrument: 0, origin, arrival: NaN, time } as const;
  });
  return { chain, epoch, first, instruments: [chain], events };
}

export const recordsOf = (batches: readonly EventBatch[]): LogRecord[] =>
  batches.map((batch, offset) => ({ offset, key: batch.chain, value: encodeEvents(batch) }));

/** What an undisturbed run gives: of each chain and epoch the rows, and the state after each number of events. */
async function reference(events: readonly LogRecord[]) {
  const rows = new Map<string, Row[]>();
  const states = new Map<string, Uint8Array>();
  const chains = new Map<string, { epoch: number; worked: WorkedChain; events: number }>();
  for (const { value } of events) {
    const batch = decodeEvents(value, 'reference');
    let chain = chains.get(batch.chain);
    if (chain === undefined || batch.epoch > chain.epoch)
      chains.set(batch.chain, (chain = { epoch: batch.epoch, worked: smallChain(), events: 0 }));
    if (batch.epoch < chain.epoch) continue;
    for (let i = chain.events - batch.first; i < batch.events.length; i++) {
      const one = { ...batch, first: chain.events, events: [batch.events[i]] };
      const name = `${batch.chain} ${batch.epoch}`;
      const { rows: given } = await chain.worked.take(one, 0);
      rows.set(name, [...(rows.get(name) ?? []), ...given]);
      states.set(`${name} ${++chain.events}`, chain.worked.state().engine);
    }
  }
  return { rows, states };
}

/** Does something to the run, where it stands. */
export const FAULTS = [
  'crash', // the owner dies; what it had sent does not arrive
  'crash, late', // the same, and what it had sent arrives after its successor has begun
  'answer lost', // what was sent arrives, the owner does not hear of it, and sends it again
  'write lost', // what was sent does not arrive, and is sent again
  'two owners', // another begins, and the owner goes on, not knowing
  'zombie', // another begins, and the owner stands still until later, and then goes on
  'compacted', // of the snapshots of each chain only the last stays
] as const;
export type Fault = (typeof FAULTS)[number];
export type Tally = Record<Fault, number>;
export const emptyTally = (): Tally => Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Tally;

type Phase = 'take' | 'rows' | 'checkpoint' | 'snapshots' | 'arrives';
const PHASES = ['take', 'rows', 'arrives', 'checkpoint', 'snapshots', 'arrives'] as const satisfies readonly Phase[];

interface Owner {
  readonly shard: Shard;
  /** Every second does. */
  readonly readsAhead: boolean;
  phase: number;
  /** Sent, and not answered. */
  rows: Write | undefined;
  snapshots: Write | undefined;
  /** Steps that it stands still. */
  asleep: number;
}

/** A log that holds events, is written to, and knows what it has to hold. */
export async function simulate(events: readonly LogRecord[]) {
  const expected = await reference(events);
  const reader = createRowReader();
  const snapshots: { at: number; message: Outgoing; snapshot: Snapshot }[] = [];
  let end = 0;
  let owners: Owner[] = [];
  let late: Write[] = [];
  const fired = emptyTally();
  const seen = { repeated: 0, rows: 0, owners: 0, snapshots: 0 };

  function arriveRows({ messages }: Write): void {
    for (const { value } of messages) {
      const batch = decodeRows(sealed(value), 'rows');
      const { rows, repeated } = reader.take(batch, 'rows');
      const right = expected.rows.get(`${batch.chain} ${batch.epoch}`) ?? [];
      // Repeats too: every row that is written is the right one.
      assert.deepEqual(batch.rows, right.slice(batch.first, batch.first + batch.rows.length));
      seen.repeated += repeated;
      seen.rows += rows.length;
    }
  }

  function arriveSnapshots({ messages }: Write): number[] {
    return messages.map((message) => {
      const snapshot = decodeSnapshot(sealed(message.value), 'snapshots');
      const { chain, epoch, first, events: taken, engine } = snapshot;
      const next = reader.next(chain);
      const has = next === undefined || next.epoch < epoch ? 0 : next.epoch > epoch ? Infinity : next.ordinal;
      assert.ok(first <= has, `a snapshot of ${chain} of ${first} rows, of which ${has} are in the log`);
      assert.deepEqual(engine, expected.states.get(`${chain} ${epoch} ${taken}`), `state of ${chain} after ${taken}`);
      snapshots.push({ at: end, message, snapshot });
      seen.snapshots++;
      return end++;
    });
  }

  /** As an owner reads them: from what the last one says on. */
  function newOwner(): Owner {
    const last = snapshots.at(-1)?.snapshot.floor ?? 0;
    const found = snapshots.filter(({ at }) => at >= last).map(({ at, snapshot }) => ({ ...snapshot, at }));
    const place = placeOf(found, end);
    const from = requireUncut(place, events[0].offset, 'events-0');
    const open = (_name: string, _epoch: number, state?: { engine: Uint8Array }) => smallChain(state?.engine);
    const shard = createShard({ where: 'events-0', schemaId: SCHEMA, open, place, from });
    const readsAhead = ++seen.owners % 2 === 0;
    return { shard, readsAhead, phase: 0, rows: undefined, snapshots: undefined, asleep: 0 };
  }

  function arrive(owner: Owner, answered: boolean): void {
    if (owner.rows !== undefined) {
      arriveRows(owner.rows);
      if (answered) owner.shard.rowsWritten();
      if (answered) owner.rows = undefined;
    } else if (owner.snapshots !== undefined) {
      const at = arriveSnapshots(owner.snapshots);
      if (answered) owner.shard.snapshotsWritten(at);
      if (answered) owner.snapshots = undefined;
    }
  }

  async function step(owner: Owner, phase: Phase): Promise<void> {
    const { shard, readsAhead } = owner;
    if (phase === 'take') {
      const place = events.findIndex(({ offset }) => offset === shard.position);
      if (place >= 0) await shard.take(readsAhead ? joinedFrom(events, place) : events[place]);
    } else if (phase === 'checkpoint') shard.checkpoint(1);
    else if (phase === 'rows') owner.rows ??= shard.nextRows();
    else if (phase === 'snapshots') owner.snapshots ??= shard.nextSnapshots();
    else arrive(owner, true);
  }

  const sentBy = ({ rows, snapshots: stored }: Owner): Write[] => [rows, stored].filter((one) => one !== undefined);

  function inject(fault: Fault, owner: Owner, steps: number): void {
    const sent = sentBy(owner);
    const succeed = (): void => void owners.push(newOwner());
    if (fault === 'crash' || fault === 'crash, late') {
      owners = owners.filter((one) => one !== owner);
      if (fault === 'crash, late') late.push(...sent);
      if (owners.length === 0) succeed();
      if (sent.length === 0 && fault === 'crash, late') return;
    } else if (fault === 'answer lost') {
      if (sent.length === 0) return;
      arrive(owner, false);
    } else if (fault === 'write lost') {
      // It is sent again, as it was: it still is on its way.
      if (sent.length === 0) return;
    } else if (fault === 'compacted') {
      const last = new Map(snapshots.map((one) => [one.message.key, one]));
      if (last.size === snapshots.length) return;
      snapshots.splice(0, Infinity, ...snapshots.filter((one) => last.get(one.message.key) === one));
    } else {
      if (fault === 'zombie') owner.asleep = steps;
      succeed();
    }
    fired[fault]++;
  }

  function landLate(): void {
    for (const write of late)
      if (write.messages[0].topic === 'snapshots') arriveSnapshots(write);
      else arriveRows(write);
    late = [];
  }

  owners.push(newOwner());
  return {
    fired,
    seen,
    owners: () => owners.filter(({ asleep }) => asleep-- <= 0),
    all: () => owners,
    sending: () => owners.filter((one) => sentBy(one).length > 0),
    step,
    next: (owner: Owner): Phase => PHASES[owner.phase++ % PHASES.length],
    inject,
    landLate,
    /** Lets the owners that are left finish, one after the other, and holds the log against the undisturbed run. */
    async finish(): Promise<void> {
      for (const owner of owners)
        for (
          let idle = 0;
          idle < 4;
          idle = owner.shard.settled && owner.shard.position > events[events.length - 1].offset ? idle + 1 : 0
        )
          for (const phase of PHASES) await step(owner, phase);
      landLate();
      for (const [name, rows] of expected.rows) {
        const [chain, epoch] = name.split(' ');
        const next = reader.next(chain);
        if (next?.epoch === Number(epoch)) assert.equal(next.ordinal, rows.length, `rows of ${name}`);
      }
      // The newest snapshots of all say that a successor has nothing left to read but what comes.
      const { shard } = newOwner();
      assert.ok(shard.position <= events[events.length - 1].offset + 1);
    },
  };
}

/** Two chains, with messages that a producer wrote twice, or cut in another way the second time. */
const SMALL = recordsOf([
  messageOf('A', 0, 2),
  messageOf('B', 0, 1),
  messageOf('A', 0, 2),
  messageOf('A', 2, 1),
  messageOf('A', 1, 4),
  messageOf('B', 1, 3),
]);

/** Where in a run what happens. */
type Plan = readonly { readonly step: number; readonly fault: Fault }[];

async function runPlanned(plan: Plan, steps: number) {
  const world = await simulate(SMALL);
  for (let s = 0; s < steps; s++) {
    const owners = world.owners();
    const owner = owners[s % owners.length];
    for (const { step, fault } of plan) if (step === s) world.inject(fault, owner ?? world.all()[0], 9);
    if (owner !== undefined && world.all().includes(owner)) await world.step(owner, world.next(owner));
    if (s % 5 === 4) world.landLate();
  }
  await world.finish();
  return world;
}

/** Every fault at every step of a small run, alone, and with every fault at every `stride`th step behind it. */
export async function runEveryFault(stride: number) {
  const steps = 38;
  const fired = emptyTally();
  let runs = 0;
  let repeated = 0;
  const run = async (plan: Plan): Promise<void> => {
    const world = await runPlanned(plan, steps);
    runs++;
    for (const fault of FAULTS) fired[fault] += world.fired[fault];
    repeated += world.seen.repeated;
  };
  await run([]);
  for (const fault of FAULTS)
    for (let step = 0; step < steps; step++) {
      await run([{ step, fault }]);
      for (const other of FAULTS)
        for (let later = step + (step % stride); later < steps; later += stride)
          await run([
            { step, fault },
            { step: later, fault: other },
          ]);
    }
  return { runs, fired, repeated };
}

/** A long log of several chains: sizes, repeats and a second epoch of one of them, by chance. */
function longLog(uniform: () => number): EventBatch[] {
  const next = new Map<string, number>();
  const batches: EventBatch[] = [];
  for (let i = 0; i < 300; i++) {
    const chain = 'ABCDE'[Math.floor(5 * uniform())];
    const epoch = chain === 'C' && i > 150 ? 1 : 0;
    const at = next.get(`${chain}${epoch}`) ?? 0;
    // What was written before may be written again, with another cut.
    const first = uniform() < 0.15 ? Math.max(0, at - 3) : at;
    const count = at - first + 1 + Math.floor(6 * uniform());
    batches.push(messageOf(chain, first, count, epoch));
    next.set(`${chain}${epoch}`, first + count);
    // A producer that does not know of the epoch.
    if (epoch === 1 && uniform() < 0.2) batches.push(messageOf('C', next.get('C0') ?? 0, 2, 0));
  }
  return batches;
}

/** Long runs, a seed each, whose owners do anything at any time; faults by chance. */
export async function runByChance(seeds: number) {
  const fired = emptyTally();
  const seen = { repeated: 0, rows: 0, owners: 0, snapshots: 0 };
  for (let seed = 1; seed <= seeds; seed++) {
    const uniform = mulberry32(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(uniform() * from.length)];
    const world = await simulate(recordsOf(longLog(uniform)));
    for (let s = 0; s < 2500; s++) {
      const owners = world.owners();
      if (owners.length === 0) continue;
      const owner = pick(owners);
      // Not more owners than there ever are at once.
      const fault =
        world.all().length > 3
          ? pick(['crash', 'crash, late', 'answer lost', 'write lost', 'compacted'] as const)
          : pick(FAULTS);
      // What is lost on its way needs somebody who has sent something.
      const whose = fault.includes('lost') || fault.includes('late') ? world.sending() : [owner];
      if (uniform() < 0.05 && whose.length > 0) world.inject(fault, pick(whose), Math.floor(200 * uniform()));
      if (world.all().includes(owner))
        await world.step(owner, pick(['take', 'take', 'rows', 'arrives', 'arrives', 'checkpoint', 'snapshots']));
      if (uniform() < 0.02) world.landLate();
    }
    await world.finish();
    for (const fault of FAULTS) fired[fault] += world.fired[fault];
    for (const key of ['repeated', 'rows', 'owners', 'snapshots'] as const) seen[key] += world.seen[key];
  }
  return { fired, seen };
}
