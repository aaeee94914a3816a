/** What the service's own clock says to the chain: that a silent market has moved on, and that rows have waited long enough. */
import type { Described } from 'minotaur-core/internal/chain/contract';
import type { FeedStatus } from '../../venues/wire/feed.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import { newestOf, type Pump } from './pump.ts';

/** How long things may take; microseconds. */
export interface Patience {
  /**
   * A connection may be dead for so long without anybody knowing: until then a trade may still come, and no bar is closed by the
   * clock. Default 15 s.
   */
  readonly lateness: number;
  /** A row waits so long for another instrument. Default 5 s. */
  readonly release: number;
  /** An instrument without a connection holds the others up for so long. Default 30 s, half of the default `skew`. */
  readonly absence: number;
}

/** Milliseconds between two looks at the clock that are too many. */
const STOOD_STILL = 2000;

export const PATIENCE: Patience = { lateness: 15_000_000, release: 5_000_000, absence: 30_000_000 };

/** An instrument, as it is now. */
export interface Watched extends FeedStatus {
  readonly name: string;
  readonly isConnected: boolean;
}

export interface TickerOrder {
  readonly chain: Described;
  readonly pump: Pump;
  readonly feeds: () => readonly Watched[];
  readonly around: Surroundings;
  readonly patience: Patience;
  /** An instrument was left behind. */
  readonly onAbsent: (name: string, until: number) => void;
}

/** To be called now and then; a second at least lies between two watermarks of one instrument. */
export function createTicker({ chain, pump, feeds, around, patience, onAbsent }: TickerOrder): () => void {
  const said = new Map<string, number>();
  let waitingSince = NaN;
  let ticked = around.now();
  let quietUntil = -Infinity;
  const say = (name: string, time: number, wall: number): void => {
    if (time < Math.max(newestOf(chain, name), said.get(name) ?? 0) + 1_000_000) return;
    said.set(name, time);
    pump.watermark(name, time, wall);
  };
  return () => {
    const now = around.now();
    // This process stood still: what came meanwhile is not read yet.
    if (now > ticked + STOOD_STILL) quietUntil = now + STOOD_STILL;
    ticked = now;
    const last = chain.lastEvent();
    if (last === undefined || pump.waiting > 0 || now < quietUntil) return;
    const wall = around.wall();
    const all = feeds();
    for (const { name, isConnected, isJoining, isHalted, isLevel, venueTime, provenTime } of all) {
      // Behind a new subscription, what happened before it is not known to have come: a trade or REST says so.
      // Others do not wait for the proof of one for longer than for one without a connection.
      const proven = Math.max(provenTime, last.time - patience.absence);
      if (isConnected && isLevel && !isJoining && !isHalted && venueTime === venueTime)
        say(name, Math.floor(Math.min(venueTime - patience.lateness, proven)), wall);
      else if (all.length > 1 && newestOf(chain, name) < last.time - patience.absence) {
        const until = Math.floor(last.time - patience.absence / 2);
        onAbsent(name, until);
        pump.hole(name, { from: newestOf(chain, name), to: until });
        say(name, until, wall);
      }
    }
    if (chain.counts().waitingRows === 0) waitingSince = NaN;
    else if (!(wall - waitingSince < patience.release)) {
      if (waitingSince === waitingSince) pump.release(Math.floor(last.time - patience.release), wall);
      waitingSince = wall;
    }
  };
}
