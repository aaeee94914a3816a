/**
 * Feeds what a journal holds to a chain in large blocks, cut where the session emitted something: what the chain emits before its
 * newest push and what it emits for it come apart.
 */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type {
  EmittedRow,
  ReceivedBar,
  ReceivedTrade,
  RecordedState,
  Watermark,
} from 'minotaur-core/internal/live/record';
import type { Engine, Feed } from 'minotaur-core/internal/chain/contract';
import {
  appendTrade,
  createTradeBlock,
  dropTrades,
  sliceTrades,
  withRoom,
  type TradeBlock,
} from 'minotaur-core/internal/trades/trade';
import type { MakeEngine } from '../harness/sides.ts';

/** A row of the rebuild: the trade that completed it, and the push by which it came. */
export interface RebuiltRow extends EmittedRow {
  /** Ordinal of the trade, as bars have it. */
  readonly trade: number;
  readonly push: number;
  readonly complete: boolean;
}

export interface Feeder {
  readonly engine: Engine;
  /** Rows that came out and were not taken yet. */
  readonly rows: RebuiltRow[];
  /** Number of the newest push. */
  readonly push: number;
  /** Begins anew, cold or in a state. */
  start(state: RecordedState | undefined): void;
  trade(trade: ReceivedTrade): void;
  /** A bar or a watermark. */
  other(event: ReceivedBar | Watermark): void;
  /** Pushes everything that is held; says where the chain refused the newest push. */
  settle(): string | undefined;
}

/** Trades that are pushed at once, unless one push of the session had more. */
const BLOCK = 4096;

/** What has come and was not pushed yet. */
interface Waiting {
  readonly engine: Engine;
  readonly onRefusal: (message: string) => void;
  /** Trades in order, those of the newest push from row `newest` on. */
  held: TradeBlock;
  /** When each was received. */
  readonly arrivals: number[];
  newest: number;
  /** Whether the newest push goes on with the next trade. */
  more: boolean;
  /** A bar or watermark, which is then the newest push. */
  other: ReceivedBar | Watermark | undefined;
  /** Number of the newest push. */
  push: number;
}

/** `onRefusal` hears of an event that the chain refuses and that is not the newest push. */
export function createFeeder(make: MakeEngine, onRefusal: (message: string) => void): Feeder {
  const rows: RebuiltRow[] = [];
  let closedBy: number[] = [];
  const engine = make({
    onBars({ clock, data, from, to }) {
      if (clock !== engine.plan.clocks[engine.plan.drive].name) return;
      for (let i = from; i < to; i++) closedBy.push(Math.floor(data[COLUMN.event][i] / 2));
    },
    onRows({ count, width, time, values, ready, complete }) {
      for (let r = 0; r < count; r++) {
        const cells = values.slice(r * width, (r + 1) * width);
        const trade = closedBy[r] ?? NaN;
        const flags = { ready: ready[r] === 1, complete: complete[r] === 1 };
        rows.push({ kind: 'row', time: time[r], ...flags, values: cells, trade, push: waiting.push });
      }
      closedBy = closedBy.slice(count);
    },
  });
  const fresh = engine.snapshot();
  const held = createTradeBlock(BLOCK);
  const waiting: Waiting = { engine, onRefusal, held, arrivals: [], newest: 0, more: false, other: undefined, push: 0 };
  return {
    engine,
    rows,
    get push() {
      return waiting.push;
    },
    start(state) {
      engine.restore(state?.engine ?? fresh);
      forget(waiting);
      waiting.other = undefined;
      closedBy = [];
    },
    trade: (trade) => takeTrade(waiting, trade),
    other: (event) => takeOther(waiting, event),
    settle: () => settle(waiting),
  };
}

function takeTrade(waiting: Waiting, trade: ReceivedTrade): void {
  pushOther(waiting);
  if (!waiting.more) waiting.newest = waiting.held.length;
  waiting.more = trade.more;
  if (waiting.held.length === waiting.held.time.length && waiting.newest > 0) {
    pushOlder(waiting);
    shift(waiting);
  }
  waiting.held = withRoom(waiting.held);
  appendTrade(waiting.held, trade);
  waiting.arrivals.push(trade.arrival);
}

function takeOther(waiting: Waiting, event: ReceivedBar | Watermark): void {
  pushOther(waiting);
  waiting.newest = waiting.held.length;
  if (waiting.newest > 0) pushOlder(waiting);
  forget(waiting);
  waiting.other = event;
}

/** Pushes what waits; the newest push by itself. What the chain says where it refuses that. */
function settle(waiting: Waiting): string | undefined {
  const { engine, held, newest, other } = waiting;
  if (newest > 0) pushOlder(waiting);
  const last = sliceTrades(held, newest, held.length);
  const arrivals = waiting.arrivals.slice(newest);
  forget(waiting);
  waiting.other = undefined;
  waiting.push++;
  if (other !== undefined) return refusalOf(engine, other);
  return last.length === 0 ? undefined : refusal(engine, last, arrivals)?.message;
}

function forget(waiting: Waiting): void {
  waiting.held.length = 0;
  waiting.arrivals.length = 0;
  waiting.newest = 0;
  waiting.more = false;
}

/** Pushes the trades before the newest push, going on behind each that the chain refuses. */
function pushOlder(waiting: Waiting): void {
  const { engine, held, arrivals, newest, onRefusal } = waiting;
  waiting.push++;
  for (let from = 0; from < newest;) {
    const refused = refusal(engine, sliceTrades(held, from, newest), arrivals.slice(from, newest));
    if (refused === undefined) return;
    onRefusal(refused.message);
    from += refused.row + 1;
  }
}

/** Pushes the bar or watermark that another event follows. */
function pushOther(waiting: Waiting): void {
  const { engine, other, onRefusal } = waiting;
  if (other === undefined) return;
  waiting.push++;
  waiting.other = undefined;
  const message = refusalOf(engine, other);
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
  arrivals?: readonly number[],
): { row: number; message: string } | undefined {
  let row = 0;
  const arrival = arrivals && Float64Array.from(arrivals);
  try {
    engine.push(block, { place: (at) => `trade ${(row = at) + 1} of a push`, arrival, maxSilence: Infinity });
    return undefined;
  } catch (error) {
    return { row, message: messageOf(error) };
  }
}

/** Takes a bar or a watermark; what the chain says where it refuses it. */
export function refusalOf(engine: Feed, event: ReceivedBar | Watermark): string | undefined {
  try {
    const { arrival } = event;
    if (event.kind === 'advance') engine.advance(event.time, { arrival });
    else engine.pushBar(event.bar, event.clock === '' ? { arrival } : { clock: event.clock, arrival });
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
