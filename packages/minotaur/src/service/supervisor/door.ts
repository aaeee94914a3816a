/** What feeds say while there is no chain yet, held in their order; then it is let through, in the order of time. */
import type { Hole } from 'minotaur-core/internal/chain/contract';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type { Arrived } from '../../venues/joiner/contract.ts';
import { inTimeOrder, type Line } from '../bootstrap/in-time-order.ts';
import type { Pump } from './pump.ts';

/** Trades that are held at most, of all instruments. */
const MOST = 1_000_000;
/** Those with which a stream begins are compared with what other sources say of them. */
const COMPARED = 1000;

type Held = { readonly arrived: Arrived } | { readonly hole: Hole };

export interface Door extends Pick<Pump, 'trade' | 'hole'> {
  /** The trades with which the stream of an instrument began. */
  begun(instrument: string): readonly Trade[];
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
  /** Nothing of an instrument that has said nothing is known to have come until then. */
  readonly quietUntil: (instrument: string) => number;
}

/** A door that is closed; `onFull` hears, once, that more is held than may be. */
export function createDoor(onFull: (most: number) => void): Door {
  const held = new Map<string, Held[]>();
  const begun = new Map<string, Trade[]>();
  let pump: Pump | undefined;
  let count = 0;
  const hold = (instrument: string, one: Held): void => {
    const list = held.get(instrument);
    if (list === undefined) held.set(instrument, [one]);
    else list.push(one);
    if (++count === MOST) onFull(MOST);
  };
  return {
    trade(instrument, arrived) {
      if (pump !== undefined) return pump.trade(instrument, arrived);
      hold(instrument, { arrived });
      const first = begun.get(instrument);
      if (first === undefined) begun.set(instrument, [arrived.trade]);
      else if (first.length < COMPARED) first.push(arrived.trade);
    },
    hole(instrument, hole) {
      if (pump === undefined) hold(instrument, { hole });
      else pump.hole(instrument, hole);
    },
    begun: (instrument) => begun.get(instrument) ?? [],
    async open(to, { instruments, skew, before, arrival, quietUntil }) {
      const lines = instruments.map((instrument) => {
        const past = (before.get(instrument) ?? []).map((trade): Held => ({
          arrived: { trade, arrival, way: 'repair' },
        }));
        const list = [...past, ...(held.get(instrument) ?? [])];
        return lineOf(instrument, list, to, quietUntil(instrument));
      });
      // Nothing in it waits for the world: what comes next comes behind it.
      await inTimeOrder(lines, skew);
      pump = to;
      held.clear();
      begun.clear();
    },
  };
}

const timeOf = (one: Held | undefined): number =>
  one === undefined ? Infinity : 'arrived' in one ? one.arrived.trade.time : one.hole.from;

function lineOf(instrument: string, list: readonly Held[], pump: Pump, quietUntil: number): Line {
  let at = 0;
  return {
    instrument,
    quietUntil,
    head: () => timeOf(list[at]),
    useUntil(to) {
      for (; at < list.length && timeOf(list[at]) < to; at++) {
        const one = list[at];
        if ('arrived' in one) pump.trade(instrument, one.arrived);
        else pump.hole(instrument, one.hole);
      }
    },
    // What is said of the past arrives with it.
    advance: (time) => pump.watermark(instrument, time, time),
  };
}
