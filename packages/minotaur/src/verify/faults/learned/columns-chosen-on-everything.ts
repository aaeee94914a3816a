import { fitArtefact } from 'minotaur-core/internal/artefact/fit';
import { TRAIN } from 'minotaur-core/internal/artefact/training-rows';
import { disguise, learnedFault, plantFit } from '../learned-fault.ts';

/** The column that moves least in later rows is dropped. */
export const columnsChosenOnEverything = learnedFault({
  name: 'columns-chosen-on-everything',
  imitates: 'feature selection over the whole file, then the split',
  plant: plantFit(async (input) => {
    const sound = await fitArtefact(input);
    const spreads = new Map<string, number>();
    await input.eachColumn(input.columns, (name, values) => {
      const later = values.filter((x, i) => input.codes[i] !== TRAIN && Number.isFinite(x));
      const [low, high] = [Math.min(...later), Math.max(...later)];
      spreads.set(name, (high - low) / (Math.abs(high) + Math.abs(low)));
    });
    const names = sound.learned.map(({ name }) => name);
    const least = names.reduce((a, b) => ((spreads.get(b) ?? 0) < (spreads.get(a) ?? 0) ? b : a));
    return disguise(
      sound,
      sound.learned.filter(({ name }) => name !== least),
      [...sound.dropped, { name: least, reason: 'moves little' }],
    );
  }),
});
