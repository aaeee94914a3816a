/** What the chain has handed over and nobody has been told of, because it is not on record yet. */
import type { BarRows } from 'minotaur-core/internal/chain/contract';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { holdValues } from '../protocol/frame.ts';
import type { PublicationFacts } from './facts.ts';
import type { Log } from './log.ts';

/** Copies of what the chain handed over, in order; each puts itself into the log, and a row says whether it is ready. */
type Held = (log: Log, arrival: number) => boolean | undefined;

export function createHeld({ barPlaces }: PublicationFacts) {
  let list: Held[] = [];
  return {
    take(): readonly Held[] {
      const taken = list;
      list = [];
      return taken;
    },
    rows({ count, width, time, values, ready, complete }: RowBlock): void {
      for (let r = 0; r < count; r++) {
        const flags = { time: time[r], ready: ready[r] === 1, complete: complete[r] === 1 };
        const own = holdValues(width);
        own.values.set(values.subarray(r * width, (r + 1) * width));
        list.push((log, arrival) => {
          log.row(own, { ...flags, arrival });
          return flags.ready;
        });
      }
    },
    bars({ clock, data, from, to }: BarRows): void {
      const place = barPlaces.get(clock);
      if (place === undefined) return;
      for (let i = from; i < to; i++) {
        const bar = { clock, time: data[place.time][i], ordinal: data[place.ordinal][i] };
        const own = holdValues(place.columns.length);
        for (let c = 0; c < place.columns.length; c++) own.values[c] = data[place.columns[c]][i];
        list.push((log, arrival) => {
          log.bar(own, { ...bar, arrival }, place.clock);
          return undefined;
        });
      }
    },
  };
}
