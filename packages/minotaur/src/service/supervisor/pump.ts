/** What feeds say becomes events of the chain, one after the other: trades of one frame are one block. */
import type { Described, EventFacts, Hole } from 'minotaur-core/internal/chain/contract';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import { blockOf, type Trade } from 'minotaur-core/internal/trades/trade';
import type { Arrived } from '../../venues/joiner/contract.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';
import type { Publication } from '../publication/publication.ts';
import type { Given, LiveChain } from './session-chain.ts';

/** Trades that came together: one instrument, one way, one arrival. */
interface Together {
  readonly instrument: string;
  readonly way: Arrived['way'];
  readonly arrival: number;
  /** When they arrived; monotonic milliseconds, finer than `arrival` has it. NaN where they were asked for. */
  readonly since: number;
  readonly trades: Trade[];
}

/** Who is told how long things took; seconds. */
export interface Timings {
  /** From the newest trade of a message at the venue to its arrival; below 0 where the clock here is behind. */
  transit(instrument: string, seconds: number): void;
  /** From the arrival of a message to the rows that it completed, published. */
  row(seconds: number): void;
  /** From these rows to their predictions. */
  prediction(seconds: number): void;
}

/** Who hears of what is predicted. */
export type PredictionEar = (predictions: readonly Prediction[]) => void;

export interface Pump {
  trade(instrument: string, arrived: Arrived): void;
  hole(instrument: string, hole: Hole): void;
  /** No trade of the instrument before `time` will come. */
  watermark(instrument: string, time: number, arrival: number): void;
  release(time: number, arrival: number): void;
  /** Does `work` between two events: behind all that was said so far, before all that comes. */
  between<T>(work: () => Promise<T>): Promise<T>;
  /** Once all that was said so far is done. */
  idle(): Promise<void>;
  /** Events that wait, and the one whose predictions are waited for. */
  readonly waiting: number;
}

export interface PumpOrder {
  readonly chain: LiveChain;
  readonly publication: Publication;
  readonly around: Pick<Surroundings, 'now' | 'wall'>;
  readonly timings?: Timings | undefined;
  readonly onPredictions?: PredictionEar | undefined;
  /** As in the journal's record of where an event came from. */
  readonly originOf: (instrument: string, way: Arrived['way']) => string;
  /** The chain refused an event; it goes on behind it. */
  readonly onRefused: (instrument: string, error: MinotaurError) => void;
  /** Whether the record could not be written: what came of an event is not on it, and must not go out. */
  readonly isBroken: () => boolean;
  /** It cannot go on: the record could not be written. */
  readonly onBroken: (error: unknown) => void;
}

interface Step {
  readonly instrument: string;
  readonly arrival: number;
  readonly since: number;
  /** Seconds from its newest trade at the venue to its arrival; NaN as `since` is. */
  readonly transit: number;
  readonly run: () => Given;
}

/** Of what is no message of a stream. */
const UNTIMED = { since: NaN, transit: NaN };

function factsOf({ instrument, way, arrival, trades }: Together, originOf: PumpOrder['originOf']): EventFacts {
  // What is repaired or read from a dump may be of long ago.
  const isOld = way !== 'stream' && arrival - trades[0].time > MICROS_PER_DAY / 2;
  const when = isOld ? { maxSilence: Infinity } : { arrival };
  return { instrument, origin: originOf(instrument, way), ...when };
}

/** Time of the newest event of an instrument; 0 before the first. */
export function newestOf(chain: Described, instrument: string): number {
  const last = chain.lastEvent();
  return last?.instruments?.[instrument] ?? last?.time ?? 0;
}

/** What the chain refused is told; anything else ends the session. */
function refuse(instrument: string, error: unknown, onRefused: PumpOrder['onRefused']): void {
  if (error instanceof MinotaurError && error.kind === 'input') onRefused(instrument, error);
  else throw error;
}

/** What is not on record is published to nobody. */
function failed({ publication, isBroken, onRefused }: PumpOrder, { arrival, instrument }: Step, error: unknown): void {
  if (isBroken()) {
    publication.discard();
    throw error;
  }
  publication.commit(arrival);
  refuse(instrument, error, onRefused);
}

/** Does a step and publishes what it gave: at once, or, where it is predicted from, when that is done. */
function perform(order: PumpOrder, step: Step): Promise<void> | undefined {
  try {
    const given = step.run();
    if (given !== undefined) return predicted(order, step, given);
    publish(order, step);
  } catch (error) {
    failed(order, step, error);
  }
  return undefined;
}

async function predicted(order: PumpOrder, step: Step, given: Promise<readonly Prediction[]>): Promise<void> {
  const { around, timings, onPredictions } = order;
  try {
    // The rows are there once the step has returned: what is waited for are predictions.
    const begun = around.now();
    const predictions = await given;
    if (predictions.length > 0) timings?.prediction((around.now() - begun) / 1000);
    publish(order, step, predictions);
    onPredictions?.(predictions);
  } catch (error) {
    failed(order, step, error);
  }
}

function publish(
  { publication, around, timings }: PumpOrder,
  { instrument, arrival, since, transit }: Step,
  predictions?: readonly Prediction[],
): void {
  const { rows } = publication.recent;
  const before = rows.next;
  publication.commit(arrival, predictions);
  if (timings === undefined || since !== since) return;
  if (rows.next === before) return timings.transit(instrument, transit);
  const seconds = (around.now() - since) / 1000;
  // Behind what is sent of them in this turn: no row waits for figures.
  queueMicrotask(() => {
    timings.transit(instrument, transit);
    timings.row(seconds);
  });
}

/** Steps one after the other; `last` adds what is still open before each look. */
function createSteps(
  order: PumpOrder,
  last: () => void,
): { add(step: Step): void; schedule(): void; idle(): Promise<void>; readonly waiting: number } {
  const steps: Step[] = [];
  let head = 0;
  let underWay = 0;
  let running: Promise<void> | undefined;
  const runAll = async (): Promise<void> => {
    for (last(); head < steps.length; last()) {
      const step = steps[head++];
      const pending = perform(order, step);
      if (pending === undefined) continue;
      underWay = 1;
      await pending.finally(() => (underWay = 0));
    }
    steps.length = head = 0;
  };
  return {
    add: (step) => void steps.push(step),
    schedule() {
      running ??= Promise.resolve()
        .then(runAll)
        .catch(order.onBroken)
        .finally(() => {
          running = undefined;
        });
    },
    async idle() {
      for (let done = running; done !== undefined; done = running) await done;
    },
    get waiting() {
      return steps.length - head + underWay;
    },
  };
}

/** Of one session. */
export function createPump(order: PumpOrder): Pump {
  const { chain, originOf, around } = order;
  let together: Together | undefined;
  const close = (): void => {
    const closed = together;
    together = undefined;
    if (closed === undefined) return;
    const { instrument, arrival, since, trades } = closed;
    const facts = factsOf(closed, originOf);
    const pushed = trades.length === 1 ? trades[0] : blockOf(trades);
    const transit = since === since ? (arrival - trades[trades.length - 1].time) / 1e6 : NaN;
    steps.add({ instrument, arrival, since, transit, run: () => chain.push(pushed, facts) });
  };
  const steps = createSteps(order, close);
  const add = (step: Step): void => {
    close();
    steps.add(step);
    steps.schedule();
  };
  return {
    trade(instrument, { trade, arrival, way }) {
      if (together?.instrument !== instrument || together.arrival !== arrival || together.way !== way) {
        close();
        // A trade of the stream may have waited behind a hole.
        const since = way === 'stream' ? around.now() - Math.max(0, around.wall() - arrival) / 1000 : NaN;
        together = { instrument, way, arrival, since, trades: [] };
      }
      together.trades.push(trade);
      steps.schedule();
    },
    hole(instrument, hole) {
      // What is learned late reaches until now.
      const facts = { instrument, origin: originOf(instrument, 'stream') };
      const run = (): Given => chain.hole({ ...hole, to: Math.max(hole.to, newestOf(chain, instrument)) }, facts);
      add({ instrument, arrival: NaN, ...UNTIMED, run });
    },
    watermark(instrument, time, arrival) {
      add({
        instrument,
        arrival,
        ...UNTIMED,
        run: () => chain.advance(time, { instrument, arrival, origin: 'clock' }),
      });
    },
    release(time, arrival) {
      add({ instrument: '', arrival, ...UNTIMED, run: () => chain.release(time, { arrival, origin: 'clock' }) });
    },
    between: (work) =>
      new Promise((resolve, reject) => {
        const run = async (): Promise<readonly Prediction[]> => {
          await work().then(resolve, reject);
          return [];
        };
        add({ instrument: '', arrival: NaN, ...UNTIMED, run });
      }),
    idle: steps.idle,
    get waiting() {
      return steps.waiting;
    },
  };
}
