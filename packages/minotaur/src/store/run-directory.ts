/** The directory of a build or replay: what it is made of, and that it is there whole or not at all. */
import type { BarRows } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import type { Notice } from 'minotaur-core/internal/trades/intake';
import { openOutputDirectory, type OutputDirectory } from '../files/atomic.ts';
import { createBarFiles } from './bars.ts';
import { RUN_FILES } from './own-place.ts';
import { createProblemFile } from './problems.ts';
import { createRowFile, ROWS } from './rows.ts';

/** What a run writes while it goes: rows, the bars of every clock, and the account of problems. */
export interface RunOutputs {
  addRows(rows: RowBlock): void;
  addBars(bars: BarRows): void;
  /** `place`: where it stands in the input. */
  addProblem(place: (row: number) => string, notice: Notice): void;
  /** Completes the files. */
  finish(): void;
  abort(): void;
}

/** The outputs of a run, in place of the previous ones once it is committed. */
export function openRunDirectory(directory: string): OutputDirectory {
  return openOutputDirectory(directory, RUN_FILES);
}

export function createRunOutputs({ path, force }: OutputDirectory, plan: Plan): RunOutputs {
  const rows = createRowFile(path, plan);
  const bars = createBarFiles(path, plan);
  const problems = createProblemFile(path);
  return {
    addRows: rows.add,
    addBars: bars.add,
    addProblem: problems.add,
    finish() {
      rows.commit();
      force(ROWS);
      bars.commit(force);
      problems.close();
    },
    abort() {
      rows.abort();
      bars.abort();
      problems.close();
    },
  };
}
