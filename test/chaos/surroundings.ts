/** A world in which time passes faster: its clocks agree in every process that is told the same beginning. */
import { processSurroundings, type Surroundings } from '../../packages/minotaur/src/venues/wire/surroundings.ts';

/** A beginning, and how many times faster than this machine's clocks it goes on from there. */
export interface Pace {
  readonly speed: number;
  /** Microseconds, as this machine counts them, and as they are there. */
  readonly real: number;
  readonly played: number;
}

const realNow = (): number => Math.floor(1000 * (performance.timeOrigin + performance.now()));

export const paceFrom = (played: number, speed: number): Pace => ({ speed, real: realNow(), played });

export function surroundingsAt({ speed, real, played }: Pace): Surroundings {
  const own = processSurroundings();
  return {
    ...own,
    now: () => speed * own.now(),
    wall: () => played + speed * (realNow() - real),
    later: (milliseconds, run) => own.later(milliseconds / speed, run),
  };
}
