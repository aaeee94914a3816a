/** Boosted trees on rows that are read once: of no column more than its bins is kept. */
import { availableParallelism } from 'node:os';
import type { Targets } from 'minotaur-core/internal/model/matrix';
import { createTreeTrainer, type TreeModel, type TreeOptions } from 'minotaur-core/internal/model/trees/trees';
import { createTreeCrew } from '../../node/tree-crew.ts';
import { createCourse, type RunOptions } from '../course/options.ts';
import { eachFeature, featureCount, type FittedRows } from './fitted-rows.ts';

/** Rows that end sequences, and what is to be learned of them. */
export interface EndTargets extends Targets {
  readonly ends: Int32Array;
}

/** Trains on every processor; the model is the same on any number of them. */
export async function trainTreesOnRows(
  options: Partial<TreeOptions>,
  rows: FittedRows,
  train: EndTargets,
  validation: EndTargets,
  run: RunOptions,
): Promise<TreeModel> {
  const beside = availableParallelism() - 1;
  const crew = beside > 0 ? createTreeCrew(beside) : undefined;
  const trainer = createTreeTrainer({ train, validation, width: featureCount(rows) }, options, crew);
  const reading = createCourse(run, { step: 'read rows', unit: 'columns', total: rows.artefact.learned.length });
  const ends = [train.ends, validation.ends];
  await eachFeature(rows, ends, ([own, other], place) => trainer.addColumn(place, own, other), reading);
  const course = createCourse(run, { step: 'train', unit: 'models', total: 1 });
  try {
    const { model } = trainer.train();
    course.tell(1);
    return model;
  } finally {
    await crew?.ended();
  }
}
