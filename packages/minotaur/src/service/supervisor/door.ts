/** What feeds say while there is no chain yet, held in their order; then it is let through, in the order of time. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { inTimeOrder, type Line } from '../bootstrap/in-time-order.ts';
import type { Held } from './held.ts';
import type { Holding } from './holding.ts';
import type { Pump } from './pump.ts';

/** So few are let through at once, with nothing heard meanwhile. */
const FEW = 10_000;
/** Of more, so many are handed over before what has come meanwhile is heard. */
const BREATH = 4096;

export interface Door extends Pick<Pump, 'trade' | 'hole'> {
  /** Lets through what is held; from then on nothing is. */
  open(pump: Pump, order: OpenOrder): Promise<void>;
}

export interface OpenOrder {
  /** The driving one last. */
  readonly instruments: readonly string[];
  readonly skew: number;
  /** What comes before the stream, by instrument. */
  readonly before: ReadonlyMap<string, readonly Trade[]>;
  /** By this machine's clock. */
  readonly arrival: number;
  /** As it is now: of an instrument nothing that has not been heard yet is of before then. */
  readonly quietUntil: (instrument: string) => number;
}

/** A door that is closed; `onBroken` hears that what came could not be held. */
export function createDoor(holding: Holding, onBroken: (error: unknown) => void): Door {
  let pump: Pump | undefined;
  const hold = (instrument: string, one: Held): void => {
    try {
      holding.add(instrument, one);
    } catch (error) {
      onBroken(error);
    }
  };
  return {
    trade(instrument, arrived) {
      if (pump === undefined) hold(instrument, { arrived });
      else pump.trade(instrument, arrived);
    },
    hole(instrument, hole) {
      if (pump === undefined) hold(instrument, { hole });
      else pump.hole(instrument, hole);
    },
    async open(to, { instruments, skew, before, arrival, quietUntil }) {
      for (let isFirst = true; ; isFirst = false) {
        const quiet = instruments.map(quietUntil);
        const { count, read } = holding.turn();
        const breath = count > FEW ? breathing(to) : undefined;
        const lines = instruments.map((instrument, i) => {
          const past = isFirst ? (before.get(instrument) ?? []) : [];
          const older = past.map((trade): Held => ({ arrived: { trade, arrival, way: 'repair' } }));
          return lineOf(instrument, [older[Symbol.iterator](), read(instrument)], to, quiet[i], breath);
        });
        await inTimeOrder(lines, skew);
        // Of few nothing waited for the world: what comes next comes behind them.
        if (count > FEW) continue;
        pump = to;
        return;
      }
    },
  };
}

/** To be called behind each trade, of whichever instrument: now and then what has come meanwhile is heard first. */
type Breath = () => Promise<void> | undefined;

function breathing(pump: Pump): Breath {
  let passed = 0;
  const hear = async (): Promise<void> => {
    await pump.idle();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return () => (++passed % BREATH === 0 ? hear() : undefined);
}

const timeOf = (one: Held | undefined): number =>
  one === undefined ? Infinity : 'arrived' in one ? one.arrived.trade.time : one.hole.from;

function lineOf(
  instrument: string,
  [before, held]: readonly [Iterator<Held>, Iterator<Held>],
  pump: Pump,
  quietUntil: number,
  breath: Breath | undefined,
): Line {
  const take = (): Held | undefined => {
    const older = before.next();
    const one = older.done === true ? held.next() : older;
    return one.done === true ? undefined : one.value;
  };
  let next: Held | undefined;
  let isTaken = false;
  const ahead = (): Held | undefined => {
    if (!isTaken) next = take();
    isTaken = true;
    return next;
  };
  return {
    instrument,
    quietUntil,
    head: () => timeOf(ahead()),
    async useUntil(to) {
      for (let one = ahead(); one !== undefined && timeOf(one) < to; one = ahead()) {
        if ('arrived' in one) pump.trade(instrument, one.arrived);
        else pump.hole(instrument, one.hole);
        isTaken = false;
        const heard = breath?.();
        if (heard !== undefined) await heard;
      }
    },
    // What is said of the past arrives with it.
    advance: (time) => pump.watermark(instrument, time, time),
  };
}
