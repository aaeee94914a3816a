/** How quick a session is and how much it has to do: figures of every second and of every quarter of a minute, the newest kept. */
import { quantileOf } from 'minotaur-core/internal/numeric/quantile';
import { createRing, type Ring } from './ring.ts';

/** Milliseconds that half of what was measured, and all but a hundredth, stay within; NaN where nothing was. */
interface Spread {
  readonly p50: number;
  readonly p99: number;
}

/** Of a stretch of time. */
export interface Stretch {
  /** When it ended, microseconds. */
  readonly time: number;
  /** A second. */
  readonly trades: number;
  /** From the newest trade of a message at the venue, by its clock, to its arrival, by ours: below 0 where ours is behind. */
  readonly transit: Spread;
  /** From the arrival of a message to the rows that it completed, on record and published. */
  readonly work: Spread;
  /** Milliseconds that the process kept its event loop waiting, at most but for a hundredth. */
  readonly loop: number;
}

export interface Vitals {
  /** Seconds, a quarter of an hour of them. */
  readonly seconds: Ring<Stretch>;
  /** Sixteen seconds each, four hours of them. */
  readonly quarters: Ring<Stretch>;
  /** A message came by the stream, so many milliseconds after its newest trade happened. */
  transit(milliseconds: number): void;
  /** Rows that a message completed are published, so many milliseconds after it came. */
  work(milliseconds: number): void;
  /** A second is over, in which there were so many trades. */
  second(time: number, trades: number, loop: number): void;
}

const KEPT = 900;
const SECONDS_OF_QUARTER = 16;
/** Of what is measured in a stretch, the newest so many decide. */
const SAMPLES = 1024;

export function createVitals(): Vitals {
  const seconds = createStretches(1);
  const quarters = createStretches(SECONDS_OF_QUARTER);
  return {
    seconds: seconds.ring,
    quarters: quarters.ring,
    transit(milliseconds) {
      seconds.transit.add(milliseconds);
      quarters.transit.add(milliseconds);
    },
    work(milliseconds) {
      seconds.work.add(milliseconds);
      quarters.work.add(milliseconds);
    },
    second(...figures) {
      seconds.second(...figures);
      quarters.second(...figures);
    },
  };
}

function createStretches(length: number) {
  const ring = createRing<Stretch>(KEPT);
  const [transit, work] = [createSample(), createSample()];
  let tradesSoFar = 0;
  let loopMost = 0;
  let over = 0;
  return {
    ring,
    transit,
    work,
    second(time: number, trades: number, loop: number): void {
      tradesSoFar += trades;
      loopMost = Math.max(loopMost, loop);
      if (++over < length) return;
      ring.push({ time, trades: tradesSoFar / length, transit: transit.take(), work: work.take(), loop: loopMost });
      tradesSoFar = loopMost = over = 0;
    },
  };
}

function createSample() {
  const values = new Float64Array(SAMPLES);
  let added = 0;
  return {
    add: (value: number): void => void (values[added++ % SAMPLES] = value),
    take(): Spread {
      const sorted = values.slice(0, Math.min(added, SAMPLES)).sort();
      added = 0;
      return { p50: quantileOf(sorted, 0.5), p99: quantileOf(sorted, 0.99) };
    },
  };
}
