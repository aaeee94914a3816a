/** What feeds say becomes events of the chain, one after the other: trades of one frame are one block. */
import type { Described, EventFacts, Hole } from 'minotaur-core/internal/chain/contract';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Prediction } from 'minotaur-core/internal/live/predictor';
import { MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import { blockOf, type Trade } from 'minotaur-core/internal/trades/trade';
import type { Arrived } from '../../venues/joiner/contract.ts';
import type { Publication } from '../publication/publication.ts';
import type { Given, LiveChain } from './session-chain.ts';

/** Trades that came together: one instrument, one way, one arrival. */
interface Together {
  readonly instrument: string;
  readonly way: Arrived['way'];
  readonly arrival: number;
  readonly trades: Trade[];
}

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
  /** Events that wait. */
  readonly waiting: number;
}

export interface PumpOrder {
  readonly chain: LiveChain;
  readonly publication: Publication;
  /** As in the journal's record of where an event came from. */
  readonly originOf: (instrument: string, way: Arrived['way']) => string;
  /** The chain refused an event; it goes on behind it. */
  readonly onRefused: (instrument: string, error: MinotaurError) => void;
  /** It cannot go on: the record could not be written. */
  readonly onBroken: (error: unknown) => void;
}

type Step = { readonly instrument: string; readonly arrival: number; readonly run: () => Given };

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

/** Steps one after the other; `last` adds what is still open before each look. */
function createSteps(
  { publication, onRefused, onBroken }: PumpOrder,
  last: () => void,
): { add(step: Step): void; schedule(): void; idle(): Promise<void>; readonly waiting: number } {
  const steps: Step[] = [];
  let head = 0;
  let running: Promise<void> | undefined;
  const runAll = async (): Promise<void> => {
    for (last(); head < steps.length; last()) {
      const { instrument, arrival, run } = steps[head++];
      try {
        const given = run();
        if (given === undefined) publication.commit(arrival);
        else publication.commit(arrival, await given);
      } catch (error) {
        publication.commit(arrival);
        refuse(instrument, error, onRefused);
      }
    }
    steps.length = head = 0;
  };
  return {
    add: (step) => void steps.push(step),
    schedule() {
      running ??= Promise.resolve()
        .then(runAll)
        .catch(onBroken)
        .finally(() => {
          running = undefined;
        });
    },
    async idle() {
      for (let done = running; done !== undefined; done = running) await done;
    },
    get waiting() {
      return steps.length - head;
    },
  };
}

/** Of one session. */
export function createPump(order: PumpOrder): Pump {
  const { chain, originOf } = order;
  let together: Together | undefined;
  const close = (): void => {
    const closed = together;
    together = undefined;
    if (closed === undefined) return;
    const { instrument, arrival, trades } = closed;
    const facts = factsOf(closed, originOf);
    const pushed = trades.length === 1 ? trades[0] : blockOf(trades);
    steps.add({ instrument, arrival, run: () => chain.push(pushed, facts) });
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
        together = { instrument, way, arrival, trades: [] };
      }
      together.trades.push(trade);
      steps.schedule();
    },
    hole(instrument, hole) {
      // What is learned late reaches until now.
      const facts = { instrument, origin: originOf(instrument, 'stream') };
      const run = (): Given => chain.hole({ ...hole, to: Math.max(hole.to, newestOf(chain, instrument)) }, facts);
      add({ instrument, arrival: NaN, run });
    },
    watermark(instrument, time, arrival) {
      add({ instrument, arrival, run: () => chain.advance(time, { instrument, arrival, origin: 'clock' }) });
    },
    release(time, arrival) {
      add({ instrument: '', arrival, run: () => chain.release(time, { arrival, origin: 'clock' }) });
    },
    between: (work) =>
      new Promise((resolve, reject) => {
        const run = async (): Promise<readonly Prediction[]> => {
          await work().then(resolve, reject);
          return [];
        };
        add({ instrument: '', arrival: NaN, run });
      }),
    idle: steps.idle,
    get waiting() {
      return steps.waiting;
    },
  };
}
