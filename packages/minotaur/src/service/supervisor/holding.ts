/**
 * What feeds say while a session begins, beside its journal: gathering history may take hours, and a venue's REST need not go back so
 * far. Each instrument has a journal of it, in turns: what came until one ends is used while the next is written. A session that is
 * killed meanwhile leaves it to the one that goes on behind the same record.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { blockOf, type Trade } from 'minotaur-core/internal/trades/trade';
import { createJournal, type JournalWriter } from '../../journal/writer.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import { COMPARED, heldIn, leftOf, ON_RECORD, partOf, readLeft, turnsIn, type Held, type Left } from './held.ts';
import type { Seeds } from './seeds.ts';

/** What was held until a turn ended. */
interface Turn {
  /** Trades and holes, of all instruments. */
  readonly count: number;
  /** In the order in which they came. */
  read(instrument: string): Iterator<Held>;
}

export interface Holding {
  /** @throws {MinotaurError} of kind `input` where it cannot be written */
  add(instrument: string, one: Held): void;
  /** Ends a turn; what comes from here on is of the next. */
  turn(): Turn;
  /** The trades with which it begins, as many as are compared. */
  begun(instrument: string): readonly Trade[];
  /** What feeds go on behind: the newest trades on record, then those that were left. */
  readonly seeds: Seeds;
  /** Of this turn, by instrument. */
  counts(): ReadonlyMap<string, number>;
  /** What is held stays for the session that goes on. */
  leave(): void;
  /** All of it is on record. */
  end(): void;
}

export interface HoldingOrder {
  /** Directory of the session's journal. */
  readonly journal: string;
  readonly plan: Plan;
  /** The newest trades on record, behind which the session goes on; undefined: it begins anew, and what was left is of no use. */
  readonly onRecord: Seeds | undefined;
  /** Where a hole ends the session, what was left ends before one. */
  readonly onOpenHole: 'stop' | 'degrade';
}

/** Bytes of a segment, which is read at once. */
const SEGMENT_BYTES = 4 * 1024 * 1024;
/** Bytes that a kill takes of each instrument, at most: some fifty trades. */
const BUFFER_BYTES = 4096;

/** One instrument's part of a turn. */
interface Line {
  readonly left: Left | undefined;
  readonly own: readonly string[];
  readonly writer: JournalWriter | undefined;
  readonly count: number;
}

const EMPTY: Line = { left: undefined, own: [], writer: undefined, count: 0 };

export function createHolding({ journal, plan, onRecord, onOpenHole }: HoldingOrder): Holding {
  const directory = join(journal, 'held');
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  if (onRecord === undefined) remove();
  const names = plan.instruments.map(({ name }) => name);
  const newestOf = (name: string): Trade | undefined => onRecord?.get(name)?.at(-1);
  const endsAtHole = onOpenHole === 'stop';
  const lefts = new Map(
    names.map((name, instrument) => {
      return [name, leftOf({ directory, instrument, name, newestOnRecord: newestOf(name), endsAtHole })];
    }),
  );
  const begun = new Map(names.map((name) => [name, [...(lefts.get(name)?.begun ?? [])]]));
  const first = new Set(names);
  let lines = new Map(names.map((name) => [name, begunWith(lefts.get(name))]));
  let turn = (turnsIn(directory).at(-1) ?? 0) + 1;
  const open = (name: string, line: Line): Line & { readonly writer: JournalWriter } => {
    const part = partOf(directory, turn, names.indexOf(name));
    const writer = createJournal(part, { segmentBytes: SEGMENT_BYTES, bufferBytes: BUFFER_BYTES });
    writer.start({ plan, epoch: 0, rows: 0 });
    const last = first.delete(name) ? (lefts.get(name)?.newest.at(-1) ?? newestOf(name)) : undefined;
    if (last !== undefined) writer.trades(blockOf([last]), { instrument: name, origin: ON_RECORD });
    return { ...line, own: [...line.own, part], writer };
  };
  return {
    seeds: new Map(names.map((name) => [name, [...(onRecord?.get(name) ?? []), ...(lefts.get(name)?.newest ?? [])]])),
    begun: (name) => begun.get(name) ?? [],
    counts: () => new Map([...lines].map(([name, { count }]) => [name, count])),
    add(name, one) {
      const line = lines.get(name) ?? EMPTY;
      const { writer, ...rest } = line.writer === undefined ? open(name, line) : { ...line, writer: line.writer };
      lines.set(name, { ...rest, writer, count: line.count + 1 });
      if ('hole' in one) return writer.hole(one.hole, { instrument: name });
      const { trade, arrival, way } = one.arrived;
      writer.trades(blockOf([trade]), { instrument: name, arrival, origin: way });
      const list = begun.get(name);
      if (list !== undefined && list.length < COMPARED) list.push(trade);
    },
    turn() {
      const ended = lines;
      for (const { writer } of ended.values()) writer?.stop();
      lines = new Map(names.map((name) => [name, EMPTY]));
      turn++;
      return {
        count: [...ended.values()].reduce((sum, { count }) => sum + count, 0),
        read: (name) => read(ended.get(name) ?? EMPTY),
      };
    },
    leave() {
      for (const { writer } of lines.values()) writer?.stop();
    },
    end() {
      for (const { writer } of lines.values()) writer?.stop();
      lines = new Map(names.map((name) => [name, EMPTY]));
      remove();
    },
  };
}

/** Milliseconds between two looks at how much is held. */
const LOOK = 1000;

/** Tells how much is held, by instrument, until what is returned is called: then it is nothing. */
export function watchHeld(
  holding: Holding,
  { later }: Pick<Surroundings, 'later'>,
  onHeld: (counts: ReadonlyMap<string, number>) => void,
): () => void {
  let off = (): void => {};
  const look = (): void => {
    onHeld(holding.counts());
    off = later(LOOK, look);
  };
  look();
  return () => {
    off();
    onHeld(new Map([...holding.counts()].map(([name]) => [name, 0])));
  };
}

const begunWith = (left: Left | undefined): Line => ({ ...EMPTY, left, count: left?.count ?? 0 });

function* read({ left, own }: Line): Generator<Held> {
  if (left !== undefined) yield* readLeft(left);
  yield* heldIn(own);
}
