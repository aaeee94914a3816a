/** What ids are like over all of the rows, and how many of their range are there. */
import { compareIds, hasId, ID_WORDS, idAt, isNumericId } from 'minotaur-core/internal/trades/id';
import type { IdKind } from 'minotaur-core/internal/trades/venues/profile';
import { isTrade } from '../../files/trades/is-trade.ts';
import { kindOfSteps, type IdSteps } from '../../files/trades/told.ts';
import type { Taken } from './taken.ts';

/** Of ids. */
export interface DensityReport {
  /** What all of them together are good for; a run goes by its instrument. */
  readonly kind: IdKind;
  /** Rows with an id. */
  readonly ids: number;
  /** Rows without one. */
  readonly absent: number;
  /** Of ids that are numbers: the lowest, as text. */
  readonly lowest: string | null;
  /** And the highest. */
  readonly highest: string | null;
  /** Ids that are there, each once, over numbers from the lowest to the highest; null where not all are numbers. */
  readonly density: number | null;
}

export function createDensity() {
  const steps: { -readonly [K in keyof IdSteps]: number } = { ids: 0, numbers: 0, ones: 0, forward: 0, backward: 0 };
  const [before, lowest, highest] = [0, 1, 2].map(() => new Uint32Array(ID_WORDS));
  let absent = 0;
  const copy = (into: Uint32Array, id: Uint32Array, i: number): void =>
    into.set(id.subarray(ID_WORDS * i, ID_WORDS * (i + 1)));
  const step = (id: Uint32Array, i: number): void => {
    const difference = compareIds(id, i, before, 0);
    if (difference === 1 && id[ID_WORDS * i + 1] === before[1]) steps.ones++;
    else if (difference > 0) steps.forward++;
    else if (difference < 0) steps.backward++;
  };
  return {
    add({ source: { block }, from, to }: Taken): void {
      const { id } = block;
      for (let i = from; i < to; i++) {
        if (!isTrade(block, i)) continue;
        if (!hasId(id, i)) {
          absent++;
          continue;
        }
        if (steps.ids++ > 0) step(id, i);
        copy(before, id, i);
        if (!isNumericId(id, i)) continue;
        if (steps.numbers++ === 0 || compareIds(id, i, lowest, 0) < 0) copy(lowest, id, i);
        if (steps.numbers === 1 || compareIds(id, i, highest, 0) > 0) copy(highest, id, i);
      }
    },
    /** `duplicates`: rows whose id was seen before. */
    report(duplicates: number): DensityReport {
      const { ids, numbers } = steps;
      const [low, high] = numbers === 0 ? [null, null] : [BigInt(idAt(lowest, 0) ?? 0), BigInt(idAt(highest, 0) ?? 0)];
      return {
        kind: kindOfSteps(steps),
        ids,
        absent,
        lowest: low === null ? null : String(low),
        highest: high === null ? null : String(high),
        density: low === null || high === null || numbers < ids ? null : (ids - duplicates) / Number(high - low + 1n),
      };
    },
  };
}
