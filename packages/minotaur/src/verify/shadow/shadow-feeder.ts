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
import type { Engine } from 'minotaur-core/internal/chain/contract';
import {
  appendTrade,
  appendTrades,
  copyTrades,
  createTradeBlock,
  sliceTrades,
  withRoom,
  type TradeBlock,
} from 'minotaur-core/internal/trades/trade';
import type { MakeEngine } from '../harness/trace.ts';

/** A row of the rebuild: the trade that completed it, and the push by which it came. */
export interface RebuiltRow extends EmittedRow {
  /** Ordinal of the trade, as bars have it. */
  readonly trade: number;
  readonly push: number;
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

/** `onRefusal` hears of an event that the chain refuses and that is not the newest push. */
export function createFeeder(make: MakeEngine, onRefusal: (message: string) => void): Feeder {
  const rows: RebuiltRow[] = [];
  let closedBy: number[] = [];
  let held = createTradeBlock(BLOCK);
  /** Where in `held` the newest push begins. */
  let newest = 0;
  let more = false;
  let other: ReceivedBar | Watermark | undefined;
  let push = 0;
  const engine = make({
    onBars({ clock, data, from, to }) {
      if (clock !== engine.plan.clocks[engine.plan.drive].name) return;
      for (let i = from; i < to; i++) closedBy.push(Math.floor(data[COLUMN.event][i] / 2));
    },
    onRows({ count, width, time, values, ready }) {
      for (let r = 0; r < count; r++) {
        const cells = values.slice(r * width, (r + 1) * width);
        const trade = closedBy[r] ?? NaN;
        rows.push({ kind: 'row', time: time[r], ready: ready[r] === 1, values: cells, trade, push });
      }
      closedBy = closedBy.slice(count);
    },
  });
  const fresh = engine.snapshot();

  /** Pushes held trades [from, to), going on behind each that the chain refuses. */
  const pushOlder = (to: number): void => {
    push++;
    for (let from = 0; from < to;) {
      const refused = refusal(engine, sliceTrades(held, from, to));
      if (refused === undefined) return;
      onRefusal(refused.message);
      from += refused.row + 1;
    }
  };
  /** Pushes the bar or watermark that another event follows. */
  const pushOther = (): void => {
    if (other === undefined) return;
    push++;
    const message = refusalOf(engine, other);
    other = undefined;
    if (message !== undefined) onRefusal(message);
  };
  /** Forgets the trades before the newest push, which have been pushed. */
  const shift = (): void => {
    const rest = copyTrades(sliceTrades(held, newest, held.length));
    held.length = 0;
    appendTrades(held, rest);
    newest = 0;
  };
  const settle = (): string | undefined => {
    if (newest > 0) pushOlder(newest);
    const last = sliceTrades(held, newest, held.length);
    held.length = 0;
    newest = 0;
    more = false;
    push++;
    const event = other;
    other = undefined;
    if (event !== undefined) return refusalOf(engine, event);
    return last.length === 0 ? undefined : refusal(engine, last)?.message;
  };
  return {
    engine,
    rows,
    get push() {
      return push;
    },
    start(state) {
      engine.restore(state?.engine ?? fresh);
      held.length = 0;
      newest = 0;
      more = false;
      other = undefined;
      closedBy = [];
    },
    trade(trade) {
      pushOther();
      if (!more) newest = held.length;
      more = trade.more;
      if (held.length === held.time.length && newest > 0) {
        pushOlder(newest);
        shift();
      }
      held = withRoom(held);
      appendTrade(held, trade);
    },
    other(event) {
      pushOther();
      newest = held.length;
      if (newest > 0) pushOlder(newest);
      held.length = 0;
      newest = 0;
      other = event;
    },
    settle,
  };
}

/** Pushes a block; where the chain refuses one of its trades, which, and what it says. */
export function refusal(engine: Engine, block: TradeBlock): { row: number; message: string } | undefined {
  let row = 0;
  try {
    engine.push(block, { place: (at) => `trade ${(row = at) + 1} of a push` });
    return undefined;
  } catch (error) {
    return { row, message: messageOf(error) };
  }
}

/** Takes a bar or a watermark; what the chain says where it refuses it. */
export function refusalOf(engine: Engine, event: ReceivedBar | Watermark): string | undefined {
  try {
    if (event.kind === 'advance') engine.advance(event.time);
    else engine.pushBar(event.bar, event.clock === '' ? {} : { clock: event.clock });
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
