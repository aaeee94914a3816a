import { splitRows } from 'minotaur-core/internal/splits/splits';
import { learnedFault, plantCodes } from '../learned-fault.ts';

/** Rows are divided by their own time: labels of training rows become known among the rows that judge. */
export const labelKnownTooLate = learnedFault({
  name: 'label-known-too-late',
  imitates: 'train_test_split(shuffle=False), without purging',
  plant: plantCodes(({ config, time, labelTime, artefact }) => {
    const own = labelTime.map((t, i) => (t === t ? time[i] : NaN));
    const [{ split }] = splitRows(config.split, { time, labelTime: own }, artefact.sequence.length);
    return Int8Array.from(split);
  }),
});
