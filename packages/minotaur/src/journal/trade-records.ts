/** Records of trades, which are most of a journal: one trade written in place, many column by column. */
import type { EventFacts } from 'minotaur-core/internal/chain/contract';
import type { RecordedStart } from 'minotaur-core/internal/live/record';
import { ID_WORDS } from 'minotaur-core/internal/trades/id';
import { TRADE_VALUES, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { TRADE_BODY } from './bodies.ts';
import { KIND, RECORD_HEAD } from './format.ts';
import { createSlip, partOf, type Segments } from './segments.ts';

/** Trades in one record: little enough to lose, enough to forget what a record costs. */
const BLOCK = 512;
/** Instrument, origin, count, whether the push goes on. */
const BLOCK_HEAD = 16;
/** Bytes of a trade in a block: four values, the arrival, the id. */
const BLOCK_TRADE = 8 * (TRADE_VALUES.length + 1) + 4 * ID_WORDS;

/** When trade `i` of a push was received; NaN where nobody said. */
export function arrivalOf(facts: EventFacts | undefined, i: number): number {
  const arrival = facts?.arrival;
  if (arrival === undefined) return NaN;
  return typeof arrival === 'number' ? arrival : arrival[i];
}

/** What instruments and origins are called on record. */
export interface Indexes {
  begin(start: RecordedStart): void;
  instrument(facts: EventFacts | undefined): number;
  /** Microseconds from when something of the instrument that was named last is available until a row may hold it. */
  delay(): number;
  origin(facts: EventFacts | undefined): number;
}

export function createIndexes(segments: Segments): Indexes {
  let names: readonly string[] = [];
  let delays: readonly number[] = [];
  let newest = 0;
  // Most events come from where the one before came from.
  let text: string | undefined;
  let silence: number | undefined;
  let origin = 0;
  const forget = (): void => {
    text = silence = undefined;
    origin = 0;
  };
  return {
    begin({ plan }) {
      names = plan.instruments.map(({ name }) => name);
      const own = plan.clocks[plan.drive].instrument;
      delays = plan.lanes.latency.map((latency, i) => (i === own ? 0 : latency));
      forget();
    },
    instrument(facts) {
      const name = facts?.instrument;
      return (newest = name === undefined ? 0 : names.indexOf(name));
    },
    delay: () => delays[newest] ?? 0,
    origin(facts) {
      if (facts?.origin === text && facts?.maxSilence === silence) return origin;
      text = facts?.origin;
      silence = facts?.maxSilence;
      if (text === undefined && silence === undefined) forget();
      else origin = segments.origin(text ?? '', silence ?? NaN);
      return origin;
    },
  };
}

/** Writes the trades of pushes. Nothing is allocated for a trade that comes alone. */
export function createTradeRecords(segments: Segments, whose: Indexes) {
  const slip = createSlip(TRADE_BODY);
  const values = new Float64Array(slip.bytes.buffer, RECORD_HEAD, TRADE_VALUES.length + 1);
  const words = new Uint32Array(slip.bytes.buffer, RECORD_HEAD + values.byteLength, ID_WORDS + 2);
  const addOne = ({ time, id, price, quantity, side }: TradeBlock, facts: EventFacts | undefined): void => {
    values[0] = time[0];
    values[1] = price[0];
    values[2] = quantity[0];
    values[3] = side[0];
    values[4] = arrivalOf(facts, 0);
    for (let w = 0; w < ID_WORDS; w++) words[w] = id[w];
    words[ID_WORDS] = whose.instrument(facts);
    words[ID_WORDS + 1] = whose.origin(facts);
    segments.addSlip(KIND.trade, slip);
  };
  const large = createSlip(BLOCK_HEAD + BLOCK * BLOCK_TRADE);
  const { buffer } = large.bytes;
  const addMany = (block: TradeBlock, from: number, to: number, facts: EventFacts | undefined): void => {
    const count = to - from;
    const head = new Uint32Array(buffer, RECORD_HEAD, BLOCK_HEAD / 4);
    head.set([whose.instrument(facts), whose.origin(facts), count, to < block.length ? 1 : 0]);
    const columns = new Float64Array(buffer, RECORD_HEAD + BLOCK_HEAD, count * (TRADE_VALUES.length + 1));
    TRADE_VALUES.forEach((name, k) => columns.set(block[name].subarray(from, to), k * count));
    const at = TRADE_VALUES.length * count;
    const arrival = facts?.arrival;
    if (typeof arrival === 'object') columns.set(arrival.subarray(from, to), at);
    else columns.fill(arrival ?? NaN, at);
    const ids = new Uint32Array(buffer, columns.byteOffset + columns.byteLength, ID_WORDS * count);
    ids.set(block.id.subarray(ID_WORDS * from, ID_WORDS * to));
    segments.addSlip(KIND.trades, partOf(large, BLOCK_HEAD + count * BLOCK_TRADE));
  };
  return (block: TradeBlock, facts?: EventFacts): void => {
    if (block.length === 1) return addOne(block, facts);
    for (let from = 0; from < block.length; from += BLOCK)
      addMany(block, from, Math.min(block.length, from + BLOCK), facts);
  };
}
