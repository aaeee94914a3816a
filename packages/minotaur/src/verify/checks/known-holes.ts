/** What is known to be missing, found from outside: by whom, when, and what rows have to say of it. */
import type { Hole } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { idAt } from 'minotaur-core/internal/trades/id';
import { MICROS_OF_UNIT, type Instrument } from 'minotaur-core/internal/trades/instrument';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';

export interface KnownHoles {
  /** Holes so far. */
  readonly count: number;
  /** A hole of an instrument was declared. */
  tell(instrument: number, hole: Hole): void;
  /** An instrument was said to have come so far. */
  advance(instrument: number, time: number): void;
  /** Trade `i` was accepted. */
  see(instrument: number, block: TradeBlock, i: number): void;
  /** Where the last hole of an instrument ended that anybody knows of; -Infinity: there was none. */
  last(instrument: number): number;
  /** The same of those that were known when the instrument had come to `time`. */
  lastAt(instrument: number, time: number): number;
}

/** Of one instrument. */
interface Feed {
  newestId: bigint | undefined;
  /** Newest time; 0 before the first event. */
  reached: number;
  /** How far the instrument had come when each was known, and where it ends. */
  readonly holes: { readonly known: number; readonly to: number }[];
}

/** Whether missing ids can tell of a hole. */
export function tellsGaps({ ids, officialGaps }: Instrument): boolean {
  return ids === 'dense' && !officialGaps;
}

export function createKnownHoles({ instruments }: Plan): KnownHoles {
  const feeds = instruments.map((): Feed => ({ newestId: undefined, reached: 0, holes: [] }));
  let count = 0;
  const add = (instrument: number, to: number): void => {
    count++;
    feeds[instrument].holes.push({ known: feeds[instrument].reached, to });
  };
  const latest = (holes: Feed['holes']): number => holes.reduce((last, { to }) => Math.max(last, to), -Infinity);
  return {
    get count() {
      return count;
    },
    tell: (instrument, { to }) => add(instrument, to),
    advance: (instrument, time) => void (feeds[instrument].reached = Math.max(feeds[instrument].reached, time)),
    see(instrument, block, i) {
      const feed = feeds[instrument];
      const unit = MICROS_OF_UNIT[instruments[instrument].timeUnit];
      const time = Math.max(feed.reached, Math.floor(block.time[i] / unit) * unit);
      const id = idAt(block.id, i);
      if (tellsGaps(instruments[instrument]) && id !== undefined) {
        const own = BigInt(id);
        // Known before the trade behind it is used.
        if (feed.newestId !== undefined && own > feed.newestId + 1n) add(instrument, time);
        if (feed.newestId === undefined || own > feed.newestId) feed.newestId = own;
      }
      feed.reached = time;
    },
    last: (instrument) => latest(feeds[instrument].holes),
    lastAt: (instrument, time) => latest(feeds[instrument].holes.filter(({ known }) => known <= time)),
  };
}
