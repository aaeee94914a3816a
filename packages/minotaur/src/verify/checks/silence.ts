/** Where event time may be moved on between two events of an instrument. */
import type { Described } from 'minotaur-core/internal/chain/contract';

/** Of every event: the newest time of its instrument before it, and the oldest from it on; -Infinity where there is none. */
export interface Silence {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** What is looked at of events; one of no time moves nothing. */
interface Timed {
  readonly time: number;
  readonly instrument: string;
}

/** A late trade leaves no silence around it. */
export function silenceIn(length: number, at: (i: number) => Timed): Silence {
  const before = new Float64Array(length + 1).fill(-Infinity);
  const after = new Float64Array(length + 1).fill(-Infinity);
  const newest = new Map<string, number>();
  for (let i = 0; i < length; i++) {
    const { time, instrument } = at(i);
    before[i] = newest.get(instrument) ?? -Infinity;
    if (time > before[i]) newest.set(instrument, time);
  }
  const oldest = new Map<string, number>();
  for (let i = length - 1; i >= 0; i--) {
    const { time, instrument } = at(i);
    if (time > -Infinity) oldest.set(instrument, Math.min(time, oldest.get(instrument) ?? time));
    after[i] = oldest.get(instrument) ?? -Infinity;
  }
  return { before, after };
}

/** A time for a watermark before event `i`, before all that is still to come of its instrument; undefined where there is no silence. */
export function silentTime({ before, after }: Silence, i: number, random: () => number): number | undefined {
  if (!(before[i] > -Infinity && after[i] > before[i])) return undefined;
  return random() < 0.5 ? after[i] : before[i] + Math.floor(random() * (after[i] - before[i] + 1));
}

/** Whether a chain has not come beyond `time` with what was before these events. */
export function isAhead(engine: Described, time: number): boolean {
  return time >= (engine.lastEvent()?.time ?? -Infinity);
}
