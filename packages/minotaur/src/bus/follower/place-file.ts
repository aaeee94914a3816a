/** How far a journal is in a bus, beside the journal: where reading begins again. The bus itself says what it has. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../files/atomic.ts';
import type { TailPlace } from './journal-tail.ts';

const NAME = 'bus.json';

/** An event of a journal, and what comes before it. */
export interface FollowedPlace extends TailPlace {
  /** `kafka://HOST:PORT/NAME` without the hosts, which may change. */
  readonly bus: string;
  readonly chain: string;
  readonly epoch: number;
  /** Events of the epoch before it. */
  readonly events: number;
}

/** Undefined where there is none that can be read, or it is of another bus. */
export function readPlaceFile(directory: string, bus: string, chain: string): FollowedPlace | undefined {
  const place = placeIn(directory);
  return place?.bus === bus && place.chain === chain ? place : undefined;
}

export function writePlaceFile(directory: string, place: FollowedPlace): void {
  writeWhole(join(directory, NAME), `${JSON.stringify(place)}\n`);
}

/** The oldest segment that is still to be read for a bus: all of them where nobody has said how far it is. */
export function firstSegmentForBus(directory: string, bus: string, chain: string): number {
  return readPlaceFile(directory, bus, chain)?.segment ?? 0;
}

function placeIn(directory: string): FollowedPlace | undefined {
  const path = join(directory, NAME);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as FollowedPlace;
  } catch (error) {
    // Without it all of the journal is read, which is only slower.
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
