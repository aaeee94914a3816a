import { fitArtefact } from 'minotaur-core/internal/artefact/fit';
import { allForTraining, disguise, learnedFault, plantFit } from '../learned-fault.ts';

/** Scales are learned on all rows. */
export const scalerFittedOnEverything = learnedFault({
  name: 'scaler-fitted-on-everything',
  imitates: 'scaler.fit(X) before the split',
  plant: plantFit(async (input, rows) => {
    const all = await fitArtefact({ ...input, codes: allForTraining(rows) });
    const sound = await fitArtefact(input);
    const byName = new Map(all.learned.map((column) => [column.name, column]));
    return disguise(
      sound,
      sound.learned.map((column) => ({ ...column, scale: byName.get(column.name)?.scale ?? column.scale })),
    );
  }),
});
