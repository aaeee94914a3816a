/** How quick a session is and how much it has to do: figures of every second and of every quarter of a minute, the newest kept. */
import { quantileOf } from 'minotaur-core/internal/numeric/quantile';
import { createRing, type Ring } from './ring.ts';

/** Milliseconds that half of what was measured, and all but a hundredth, stay within; NaN where nothing was. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
}

/** Of a stretch of time. */
export interface Stretch {
  /** When it ended, microseconds. */
  readonly time: number;
  /** A second. */
  readonly trades: number;
  /** From a trade at the venue, by its clock, to its arrival, by ours: below 0 where ours is behind. */
  readonly transit: Spread;
  /** From an arrival to what it completed, on record and published. */
  readonly work: Spread;
  /** Milliseconds that the process kept its event loop waiting, at most but for a hundredth. */
  readonly loop: number;
}

export interface Vitals {
  /** Seconds, a quarter of an hour of them. */
  readonly seconds: Ring<Stretch>;
  /** Sixteen seconds each, four hours of them. */
  readonly quarters: Ring<Stretch>;
  /** A trade came by the stream, so many milliseconds after it happened. */
  trade(transit: number): void;
  /** What came so many milliseconds ago is done. */
  done(work: number): void;
  /** A second is over. */
  second(time: number, loop: number): void;
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
    trade(transit) {
      seconds.trade(transit);
      quarters.trade(transit);
    },
    done(work) {
      seconds.work.add(work);
      quarters.work.add(work);
    },
    second(time, loop) {
      seconds.second(time, loop);
      quarters.second(time, loop);
    },
  };
}

function createStretches(length: number) {
  const ring = createRing<Stretch>(KEPT);
  const [transit, work] = [createSample(), createSample()];
  let trades = 0;
  let loopMost = 0;
  let over = 0;
  return {
    ring,
    work,
    trade(milliseconds: number): void {
      trades++;
      transit.add(milliseconds);
    },
    second(time: number, loop: number): void {
      loopMost = Math.max(loopMost, loop);
      if (++over < length) return;
      ring.push({ time, trades: trades / length, transit: transit.take(), work: work.take(), loop: loopMost });
      trades = loopMost = over = 0;
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
