/** Trades in memory that the sides of a feed hand to each other: copying from memory that both see takes three times as long. */
import { sliceTrades, tradeBlockBytes, tradeBlockIn, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { ArrivedRecord } from '../recovery/contract.ts';
import type { PackedRecord } from './messages.ts';

export interface Slab {
  readonly memory: ArrayBuffer;
  readonly capacity: number;
  readonly block: TradeBlock;
  /** When each was received, where somebody said. */
  readonly arrival: Float64Array;
}

/** Of a trade: its block, and when it was received. */
const TRADE_BYTES = tradeBlockBytes(1) + 8;

/** The same on both sides. */
export function slabIn(memory: ArrayBuffer): Slab {
  const capacity = memory.byteLength / TRADE_BYTES;
  const arrival = new Float64Array(memory, tradeBlockBytes(capacity), capacity);
  return { memory, capacity, block: tradeBlockIn(memory, 0, capacity), arrival };
}

export const createSlab = (capacity: number): Slab => slabIn(new ArrayBuffer(capacity * TRADE_BYTES));

/** A record with its trades as they are in the slab, not copied. */
export function unpack({ offset, key, value }: PackedRecord, { block, arrival }: Slab): ArrivedRecord {
  if (value instanceof Uint8Array) return { offset, key, value };
  const events = value.events.map((event) => {
    if (event.kind !== 'trades') return event;
    const { kind, instrument, origin, at, length, hasArrival } = event;
    const own = hasArrival ? arrival.subarray(at, at + length) : undefined;
    return { kind, instrument, origin, block: sliceTrades(block, at, at + length), arrival: own };
  });
  return { offset, key, value: { ...value, events } };
}
