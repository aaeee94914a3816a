/** Runs beside the first: each is measured as it ends, and what it gave is let go. */
import { isFailed, type Asked } from '../target/target.ts';
import type { ForeignTable } from '../table/table.ts';
import type { Refused } from './experiment.ts';
import type { Lab } from './lab.ts';
import type { Run } from './measure.ts';
import type { Reference } from './reference.ts';

export interface Bench {
  /** Experiments in which the code failed, or whose rows cannot be placed. */
  readonly refused: Refused[];
  /** Experiments that the budget left undone. */
  readonly undone: string[];
  /**
   * What `measure` says of a run over the table that `make` gives when it is its turn, against `against`, or the reference.
   * @returns undefined where the code failed or the run was not done, which is noted
   */
  run<T>(
    what: string,
    make: () => ForeignTable,
    measure: (run: Run) => T,
    how?: Partial<Omit<Asked, 'table'>>,
    against?: Reference,
  ): Promise<T | undefined>;
}

export function createBench(lab: Lab, reference: Reference): Bench {
  const refused: Refused[] = [];
  const undone: string[] = [];
  return {
    refused,
    undone,
    async run(what, make, measure, how = {}, against = reference) {
      let table: ForeignTable | undefined;
      const answer = await lab.run(() => (table = make()), how);
      if (answer === undefined || table === undefined) return void undone.push(what);
      if (isFailed(answer)) return void refused.push({ what, why: answer.failed });
      const matched = against.match(answer, table);
      if (matched === undefined) return void refused.push({ what, why: 'its rows cannot be placed' });
      return measure({ answer, matched, table });
    },
  };
}
