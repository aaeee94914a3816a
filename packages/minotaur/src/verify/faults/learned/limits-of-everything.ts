import { fitArtefact } from 'minotaur-core/internal/artefact/fit';
import { allForTraining, disguise, learnedFault, plantFit } from '../learned-fault.ts';

/** Outlier limits are quantiles of all rows. */
export const limitsOfEverything = learnedFault({
  name: 'limits-of-everything',
  imitates: 'df.quantile([0.01, 0.99]) over the whole file',
  plant: plantFit(async (input, rows) => {
    const all = await fitArtefact({ ...input, codes: allForTraining(rows) });
    const sound = await fitArtefact(input);
    const byName = new Map(all.learned.map((column) => [column.name, column.clip]));
    return disguise(
      sound,
      sound.learned.map((column) => {
        const clip = byName.get(column.name);
        return clip === undefined ? column : { ...column, clip };
      }),
    );
  }),
});
