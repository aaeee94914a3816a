/** Which rows every fold learns from and is judged by, as stretches of time. */
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { inOrderOfTime } from 'minotaur-core/internal/splits/parts';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import { readFolds } from '../../store/splits.ts';
import type { TargetRows } from './targets.ts';

/** Rows of a part that follow each other in time; those of no part between them are passed over. */
export interface FoldStretch {
  readonly part: 'train' | 'validation' | 'test';
  readonly rows: number;
  /** Microseconds, of the first and the last. */
  readonly from: number;
  readonly to: number;
}

/** The stretches of every fold of a file of splits. */
export async function readStretches(
  file: string,
  { schemaId }: Artefact,
  { time, parts }: Pick<TargetRows, 'time' | 'parts'>,
): Promise<FoldStretch[][]> {
  const order = inOrderOfTime(time, parts);
  return (await readFolds(file, schemaId, time)).map((codes) => {
    const stretches: { part: FoldStretch['part']; rows: number; from: number; to: number }[] = [];
    for (const row of order) {
      const part = SPLITS[codes[row]];
      if (part !== 'train' && part !== 'validation' && part !== 'test') continue;
      const last = stretches.at(-1);
      if (last?.part === part) {
        last.rows++;
        last.to = time[row];
      } else stretches.push({ part, rows: 1, from: time[row], to: time[row] });
    }
    return stretches;
  });
}
