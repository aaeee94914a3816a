/** Snapshots of a chain: its state and columns, and what waits, which is as much as waits. */
import type { Hashing } from '../base/bytes/hashing.ts';
import { fail } from '../base/errors.ts';
import { requireLength } from '../base/snapshot.ts';
import type { Columns } from '../features/contract/columns.ts';
import type { Join } from '../rows/join.ts';
import { shown } from '../trades/door.ts';
import { ID_WORDS } from '../trades/id.ts';
import { MOST_WAITING, WAITING_DOUBLES } from '../trades/waiting.ts';
import { laneOrder, TRADES_WAITING, type ChainMemory } from './layout.ts';
import type { Lane } from './lane.ts';
import type { Plan } from './plan.ts';
import { createStateReader, createStateWriter } from './state.ts';

export interface SnapshotParts {
  readonly plan: Plan;
  readonly hashing: Hashing;
  readonly memory: ChainMemory;
  readonly tables: readonly Columns[];
  /** In the order of the plan. */
  readonly lanes: readonly Lane[];
  readonly join: Join | undefined;
}

export interface Snapshots {
  /** Into `over` where that is as long. */
  write(epoch: number, over?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
  /** Puts the state of a snapshot in place; gives its epoch. */
  restore(bytes: Uint8Array): number;
}

export function createSnapshots({ plan, hashing, memory, tables, join, ...parts }: SnapshotParts): Snapshots {
  const { state, words, common } = memory;
  const lanes = laneOrder(plan).map((index) => parts.lanes[index]);
  const fixed = state.length + tables.reduce((sum, table) => sum + table.saveLength, 0);
  const most = plan.config.trades.reorder === undefined ? 0 : MOST_WAITING * lanes.length;
  const read = createStateReader(plan, hashing);
  let written = NaN;
  let writer: ReturnType<typeof createStateWriter>;

  /** How many trades of each lane wait, in the order of the state. */
  function waitingOf(all: number): readonly number[] {
    if (lanes.length === 1) return [all];
    return lanes.map((_, k) => common[TRADES_WAITING + k]);
  }

  return {
    write(epoch, over) {
      if (epoch !== written) writer = createStateWriter(plan, (written = epoch), hashing);
      const waiting = lanes.reduce((sum, lane) => sum + lane.waiting, 0);
      if (lanes.length > 1) lanes.forEach((lane, k) => (common[TRADES_WAITING + k] = lane.waiting));
      const all = waiting === 0 ? words : new Uint32Array(words.length + ID_WORDS * waiting);
      if (waiting > 0) all.set(words);
      const joined = join?.saveLength() ?? 0;
      const fill = (into: Float64Array): void => {
        into.set(state);
        let at = state.length;
        for (const table of tables) at = table.save(into, at);
        let wordsAt = words.length;
        for (const lane of lanes) [at, wordsAt] = lane.saveWaiting(into, at, all, wordsAt);
        join?.save(into, at);
      };
      return writer.write(fixed + WAITING_DOUBLES * waiting + joined, all, fill, over);
    },
    restore(bytes) {
      if (!(bytes instanceof Uint8Array)) fail('state', 'snapshot', 'the bytes of a snapshot', shown(bytes));
      const saved = read(bytes);
      const { doubles } = saved;
      const waiting = (saved.words.length - words.length) / ID_WORDS;
      if (!Number.isInteger(waiting) || waiting < 0 || waiting > most) requireLength(saved.words.length, words.length);
      const least = fixed + WAITING_DOUBLES * waiting;
      if (join === undefined || doubles.length < least) requireLength(doubles.length, least);
      parts.lanes.forEach((lane, i) => lane.requireAdjustments(saved.instruments[i], doubles));
      words.set(saved.words.subarray(0, words.length));
      state.set(doubles.subarray(0, state.length));
      let at = state.length;
      for (const table of tables) at = table.load(doubles, at);
      let wordsAt = words.length;
      waitingOf(waiting).forEach((count, k) => {
        [at, wordsAt] = lanes[k].restored(count, doubles, at, saved.words, wordsAt);
      });
      if (join !== undefined) requireLength(join.load(doubles, at), doubles.length);
      return saved.epoch;
    },
  };
}
