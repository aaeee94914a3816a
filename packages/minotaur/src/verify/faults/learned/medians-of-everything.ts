import { fitArtefact } from 'minotaur-core/internal/artefact/fit';
import { allForTraining, disguise, learnedFault, plantFit } from '../learned-fault.ts';

/** Missing values become the median of all rows. */
export const mediansOfEverything = learnedFault({
  name: 'medians-of-everything',
  imitates: 'df.fillna(df.median()) before the split',
  plant: plantFit(async (input, rows) => {
    const all = await fitArtefact({ ...input, codes: allForTraining(rows) });
    const sound = await fitArtefact(input);
    const byName = new Map(all.learned.map(({ name, impute }) => [name, impute]));
    return disguise(
      sound,
      sound.learned.map((column) => ({
        ...column,
        ...(column.impute !== undefined && { impute: byName.get(column.name) ?? column.impute }),
      })),
    );
  }),
});
