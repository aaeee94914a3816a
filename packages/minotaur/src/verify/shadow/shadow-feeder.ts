/**
 * Feeds what a journal holds to a chain in large blocks, cut where the session emitted something: what the chain emits before its
 * newest push and what it emits for it come apart.
 */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import {
  factsOf,
  type EmittedRow,
  type Received,
  type ReceivedTrade,
  type RecordedState,
  type SingleEvent,
} from 'minotaur-core/internal/live/record';
import type { Engine, EventFacts, Feed, Hole } from 'minotaur-core/internal/chain/contract';
import {
  appendTrade,
  createTradeBlock,
  dropTrades,
  sliceTrades,
  withRoom,
  type TradeBlock,
} from 'minotaur-core/internal/trades/trade';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import { nodeHashing } from '../../node/hashing.ts';
import { repeatEvent, sameOrigin } from '../../journal/pushes.ts';
import type { MakeEngine } from '../harness/sides.ts';

/** A row of the rebuild: the trade that completed it, and the push by which it came. */
export interface RebuiltRow extends EmittedRow {
  /** Ordinal of the trade, as bars have it. */
  readonly trade: number;
  readonly push: number;
  readonly complete: boolean;
}

/** A state, and the digest of all rows up to it. */
export interface Marked {
  readonly engine: Uint8Array;
  readonly digest: Uint8Array;
}

export interface Feeder {
  readonly engine: Engine;
  /** Rows that came out and were not taken yet. */
  readonly rows: RebuiltRow[];
  /** Digest of all rows, on from that of the start. */
  digest(): Uint8Array;
  /** Gaps that the chain found and that were not taken yet. */
  readonly gaps: FoundHole[];
  /** Number of the newest push. */
  readonly push: number;
  /** Begins anew, cold or in a state. */
  start(epoch: number | undefined, state: RecordedState | undefined, rows: number): void;
  trade(trade: ReceivedTrade): void;
  /** A bar, a hole, a watermark or a release. */
  other(event: SingleEvent): void;
  /** Pushes everything that is held; says where the chain refused the newest push. `mark`: keeps the state before that. */
  settle(mark?: boolean): string | undefined;
  /** The state before the newest push, where it was asked for. */
  readonly before: Marked | undefined;
}

/** A gap that the chain found, and the push by which it did. */
export interface FoundHole {
  readonly hole: Hole;
  readonly push: number;
}

/** Trades that are pushed at once, unless one push of the session had more. */
const BLOCK = 4096;

/** What has come and was not pushed yet. */
interface Waiting {
  readonly engine: Engine;
  /** Of the rows so far. */
  readonly digest: () => Uint8Array;
  readonly onRefusal: (message: string) => void;
  /** Trades in order, those of the newest push from row `newest` on. */
  held: TradeBlock;
  /** When each was received. */
  readonly arrivals: number[];
  /** What all of them were told but for their arrivals; whether these were given. */
  told: Received | undefined;
  newest: number;
  /** Whether the newest push goes on with the next trade. */
  more: boolean;
  /** A bar, hole, watermark or release, which is then the newest push. */
  other: SingleEvent | undefined;
  /** Whether a hole that is told of now is an event of the record. */
  declaring: boolean;
  before: Marked | undefined;
  /** Number of the newest push. */
  push: number;
}

/** `onRefusal` hears of an event that the chain refuses and that is not the newest push. */
export function createFeeder(make: MakeEngine, onRefusal: (message: string) => void): Feeder {
  const rows: RebuiltRow[] = [];
  const gaps: FoundHole[] = [];
  let closedBy: number[] = [];
  let ordinal = 0;
  let digest = createRowDigest(nodeHashing);
  const engine = make({
    onBars({ clock, data, from, to }) {
      if (clock !== engine.plan.clocks[engine.plan.drive].name) return;
      for (let i = from; i < to; i++) closedBy.push(Math.floor(data[COLUMN.event][i] / 2));
    },
    onHole(hole) {
      if (!waiting.declaring) gaps.push({ hole, push: waiting.push });
    },
    onRows(block) {
      const { count, width, time, values, ready, complete } = block;
      digest.add(block);
      for (let r = 0; r < count; r++) {
        const flags = { ready: ready[r] === 1, complete: complete[r] === 1 };
        const of = { ordinal: ordinal++, time: time[r], values: values.slice(r * width, (r + 1) * width) };
        rows.push({ kind: 'row', ...of, ...flags, trade: closedBy[r] ?? NaN, push: waiting.push });
      }
      closedBy = closedBy.slice(count);
    },
  });
  const fresh = engine.snapshot();
  const held = createTradeBlock(BLOCK);
  const waiting: Waiting = {
    engine,
    digest: () => digest.state(),
    onRefusal,
    held,
    arrivals: [],
    told: undefined,
    newest: 0,
    more: false,
    other: undefined,
    declaring: false,
    before: undefined,
    push: 0,
  };
  return {
    engine,
    rows,
    digest: waiting.digest,
    gaps,
    get push() {
      return waiting.push;
    },
    start(epoch, state, before) {
      engine.restore(state?.engine ?? fresh, epoch);
      ordinal = before;
      digest = createRowDigest(nodeHashing, state?.digest);
      forget(waiting);
      waiting.other = undefined;
      // What completed rows that wait is not in the state.
      closedBy = Array.from({ length: engine.counts().waitingRows }, () => NaN);
    },
    trade: (trade) => takeTrade(waiting, trade),
    other: (event) => takeOther(waiting, event),
    settle: (mark = false) => settle(waiting, mark),
    get before() {
      return waiting.before;
    },
  };
}

function takeTrade(waiting: Waiting, trade: ReceivedTrade): void {
  pushOther(waiting);
  if (!waiting.more) beginPush(waiting, trade);
  waiting.more = trade.more;
  if (waiting.held.length === waiting.held.time.length && waiting.newest > 0) {
    pushOlder(waiting);
    shift(waiting);
  }
  waiting.held = withRoom(waiting.held);
  appendTrade(waiting.held, trade);
  waiting.arrivals.push(trade.arrival);
}

/** The newest push has ended; what was told otherwise than the next is not pushed with it. */
function beginPush(waiting: Waiting, trade: ReceivedTrade): void {
  waiting.newest = waiting.held.length;
  if (waiting.told !== undefined && waiting.newest > 0 && !isToldAlike(waiting.told, trade)) {
    pushOlder(waiting);
    shift(waiting);
  }
  waiting.told = trade;
}

function isToldAlike(a: Received, b: Received): boolean {
  const given = ({ arrival }: Received): boolean => arrival === arrival;
  return given(a) === given(b) && a.instrument === b.instrument && sameOrigin(a.origin, b.origin);
}

function takeOther(waiting: Waiting, event: SingleEvent): void {
  pushOther(waiting);
  waiting.newest = waiting.held.length;
  if (waiting.newest > 0) pushOlder(waiting);
  forget(waiting);
  waiting.other = event;
}

/** Pushes what waits; the newest push by itself. What the chain says where it refuses that. */
function settle(waiting: Waiting, mark: boolean): string | undefined {
  const { engine, held, newest, other } = waiting;
  if (newest > 0) pushOlder(waiting);
  waiting.before = mark ? { engine: engine.snapshot(), digest: waiting.digest() } : undefined;
  const last = sliceTrades(held, newest, held.length);
  const facts = factsFrom(waiting, newest, held.length);
  forget(waiting);
  waiting.other = undefined;
  waiting.push++;
  if (other !== undefined) return takeNow(waiting, other);
  return last.length === 0 ? undefined : refusal(engine, last, facts)?.message;
}

/** What trades [from, to) that are held were told. */
function factsFrom({ engine, told, arrivals }: Waiting, from: number, to: number): EventFacts {
  if (told === undefined) return {};
  const facts = factsOf(told, engine.plan.instruments);
  return facts.arrival === undefined ? facts : { ...facts, arrival: Float64Array.from(arrivals.slice(from, to)) };
}

function takeNow(waiting: Waiting, event: SingleEvent): string | undefined {
  waiting.declaring = event.kind === 'hole';
  const message = refusalOf(waiting.engine, event);
  waiting.declaring = false;
  return message;
}

function forget(waiting: Waiting): void {
  waiting.held.length = 0;
  waiting.arrivals.length = 0;
  waiting.told = undefined;
  waiting.newest = 0;
  waiting.more = false;
}

/** Pushes the trades before the newest push, going on behind each that the chain refuses. */
function pushOlder(waiting: Waiting): void {
  const { engine, held, newest, onRefusal } = waiting;
  waiting.push++;
  for (let from = 0; from < newest;) {
    const refused = refusal(engine, sliceTrades(held, from, newest), factsFrom(waiting, from, newest));
    if (refused === undefined) return;
    onRefusal(refused.message);
    from += refused.row + 1;
  }
}

/** Hands in the bar, hole, watermark or release that another event follows. */
function pushOther(waiting: Waiting): void {
  const { other, onRefusal } = waiting;
  if (other === undefined) return;
  waiting.push++;
  waiting.other = undefined;
  const message = takeNow(waiting, other);
  if (message !== undefined) onRefusal(message);
}

/** Forgets the trades before the newest push, which have been pushed. */
function shift(waiting: Waiting): void {
  const { held, newest } = waiting;
  dropTrades(held, newest);
  waiting.arrivals.splice(0, newest);
  waiting.newest = 0;
}

/** Pushes a block; where the chain refuses one of its trades, which, and what it says. */
export function refusal(
  engine: Feed,
  block: TradeBlock,
  facts: EventFacts,
): { row: number; message: string } | undefined {
  let row = 0;
  try {
    engine.push(block, { ...facts, place: (at) => `trade ${(row = at) + 1} of a push` });
    return undefined;
  } catch (error) {
    return { row, message: messageOf(error) };
  }
}

/** Takes what is one event by itself; what the chain says where it refuses it. */
export function refusalOf(engine: Engine, event: SingleEvent): string | undefined {
  try {
    repeatEvent(engine, event, engine.plan);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
