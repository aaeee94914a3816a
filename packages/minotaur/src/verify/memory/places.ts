/** Where in a stretch the trades and given bars of each instrument stand. */
import type { EngineCounts } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Stretch } from '../harness/stretch.ts';
import { eventsIn } from '../harness/turns.ts';

/** Where a late chain starts. */
export interface Start {
  /** Trades (or given bars) before it, of each instrument of the plan. */
  readonly starts: readonly number[];
  /** Events of the stretch before it. */
  readonly index: number;
  readonly linedUp: readonly boolean[];
}

/** A trade (or given bar): its time, its ordinal among those of its instrument. */
interface PlacedTrade {
  readonly time: number;
  readonly start: number;
}

export interface Places {
  /** Events. */
  readonly length: number;
  /** Trades, of all instruments. */
  readonly trades: number;
  /** Trades of each instrument before event `index`, since its first. */
  startsAt(index: number): readonly number[];
  /** The event that is trade `start` of an instrument; NaN where it is not in the stretch. */
  indexOf(instrument: number, start: number): number;
  /** In order; none where all events are bars. */
  tradesOf(instrument: number): Iterable<PlacedTrade>;
  /** Prices of the first two trades of an instrument from event `index` on; of bars none is known. */
  pricesFrom(instrument: number, index: number): readonly number[];
}

/** Of a trade, or of another event: NaN. */
interface Placed extends PlacedTrade {
  readonly index: number;
  readonly price: number;
}

/** `before` are the counts of a run over all that was before the stretch. */
export function placesIn(stretch: Stretch, { instruments }: Plan, before: EngineCounts): Places {
  const { length, trades, turns } = stretch;
  const first = instruments.map(({ name }) => (before.instruments?.[name] ?? before).trades);
  const placed: Placed[][] = instruments.map(() => []);
  const add = (instrument: number, index: number, time: number, price: number): void => {
    const list = placed[instrument];
    list.push({ index, start: first[instrument] + list.length, time, price });
  };
  if (turns === undefined) for (let i = 0; i < length; i++) add(0, i, trades?.time[i] ?? NaN, trades?.price[i] ?? NaN);
  for (const [index, { turn, i, time }] of eventsIn(turns?.list ?? []).entries()) {
    if (turn.kind !== 'trades' && turn.kind !== 'bars') continue;
    const instrument = instruments.findIndex(({ name }) => name === turn.instrument);
    add(instrument, index, time, turn.kind === 'trades' ? turn.block.price[i] : NaN);
  }
  /** How many trades of an instrument are before event `index`. */
  const countBefore = (instrument: number, index: number): number => {
    const list = placed[instrument];
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].index < index) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    length,
    trades: placed.reduce((sum, list) => sum + list.length, 0),
    startsAt: (index) => first.map((start, instrument) => start + countBefore(instrument, index)),
    indexOf: (instrument, start) => placed[instrument][start - first[instrument]]?.index ?? NaN,
    tradesOf: (instrument) => (trades === undefined && turns === undefined ? [] : placed[instrument]),
    pricesFrom(instrument, index) {
      const list = placed[instrument];
      const prices: number[] = [];
      // A given bar has none.
      for (let k = countBefore(instrument, index); k < list.length && prices.length < 2; k++)
        if (!Number.isNaN(list[k].price)) prices.push(list[k].price);
      return prices;
    },
  };
}
