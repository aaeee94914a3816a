/** What feeds say becomes events of the chain, one after the other: trades of one frame are one block. */
import type { EventFacts, Hole } from 'minotaur-core/internal/chain/contract';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import { createTradeBlock, setTrade, withRoom, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { Arrived } from '../../venues/joiner/contract.ts';
import type { Publication } from '../publication/publication.ts';
import type { Given, LiveChain } from './session-chain.ts';

/** Trades that came together: one instrument, one way, one arrival. */
interface Together {
  readonly instrument: string;
  readonly way: Arrived['way'];
  readonly arrival: number;
  block: TradeBlock;
}

export interface Pump {
  trade(instrument: string, arrived: Arrived): void;
  hole(instrument: string, hole: Hole): void;
  /** No trade of the instrument before `time` will come. */
  watermark(instrument: string, time: number, arrival: number): void;
  release(time: number, arrival: number): void;
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

/** Of one session. */
export function createPump({ chain, publication, originOf, onRefused, onBroken }: PumpOrder): Pump {
  const steps: Step[] = [];
  let head = 0;
  let together: Together | undefined;
  let isScheduled = false;
  let running: Promise<void> | undefined;

  const factsOf = ({ instrument, way, arrival, block }: Together): EventFacts => {
    // What is repaired or read from a dump may be of long ago.
    const isOld = way !== 'stream' && arrival - block.time[0] > MICROS_PER_DAY / 2;
    const when = isOld ? { maxSilence: Infinity } : { arrival };
    return { instrument, origin: originOf(instrument, way), ...when };
  };
  const close = (): void => {
    const closed = together;
    together = undefined;
    if (closed === undefined) return;
    const { instrument, arrival, block } = closed;
    const facts = factsOf(closed);
    steps.push({ instrument, arrival, run: () => chain.push(block, facts) });
  };
  const refuse = (instrument: string, error: unknown): void => {
    if (error instanceof MinotaurError && error.kind === 'input') onRefused(instrument, error);
    else throw error;
  };
  const runAll = async (): Promise<void> => {
    for (close(); head < steps.length; close()) {
      const { instrument, arrival, run } = steps[head++];
      try {
        const given = run();
        if (given === undefined) publication.commit(arrival);
        else publication.commit(arrival, await given);
      } catch (error) {
        publication.commit(arrival);
        refuse(instrument, error);
      }
    }
    steps.length = head = 0;
  };
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    running = Promise.resolve()
      .then(runAll)
      .catch(onBroken)
      .finally(() => {
        isScheduled = false;
      });
  };
  const add = (step: Step): void => {
    close();
    steps.push(step);
    schedule();
  };
  return {
    trade(instrument, { trade, arrival, way }) {
      if (together?.instrument !== instrument || together.arrival !== arrival || together.way !== way) {
        close();
        together = { instrument, way, arrival, block: createTradeBlock(1) };
      }
      together.block = withRoom(together.block);
      setTrade(together.block, together.block.length++, trade);
      schedule();
    },
    hole(instrument, hole) {
      // What is learned late reaches until now.
      const to = (): number =>
        Math.max(hole.to, chain.lastEvent()?.instruments?.[instrument] ?? chain.lastEvent()?.time ?? 0);
      const facts = { instrument, origin: originOf(instrument, 'stream') };
      add({ instrument, arrival: NaN, run: () => chain.hole({ ...hole, to: to() }, facts) });
    },
    watermark(instrument, time, arrival) {
      add({ instrument, arrival, run: () => chain.advance(time, { instrument, arrival, origin: 'clock' }) });
    },
    release(time, arrival) {
      add({ instrument: '', arrival, run: () => chain.release(time, { arrival, origin: 'clock' }) });
    },
    async idle() {
      while (isScheduled) await running;
    },
    get waiting() {
      return steps.length - head;
    },
  };
}
