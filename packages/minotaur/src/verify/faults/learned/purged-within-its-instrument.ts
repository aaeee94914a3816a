import { SPLITS, splitRows } from 'minotaur-core/internal/splits/splits';
import { learnedFault, plantCodes } from '../learned-fault.ts';

const PURGED = SPLITS.indexOf('purged');

/** Boundaries are instants, but a label is purged only where it reaches a row of its own instrument behind one. */
export const purgedWithinItsInstrument = learnedFault({
  name: 'purged-within-its-instrument',
  imitates: 'a purged split that is run for each symbol by itself',
  plant: plantCodes(({ config, time, labelTime, parts, artefact }) => {
    const rows = { time, parts, labelTime: labelTime.map((t, i) => (t === t ? time[i] : NaN)) };
    // Rows of one are in every segment that there is; those of whole sequences are what is left to purge by label.
    const [{ split: segments }] = splitRows(config.split, rows, 1);
    const codes = Int8Array.from(splitRows(config.split, rows, artefact.sequence.length)[0].split);
    for (const { from, to } of parts) {
      for (let i = from; i < to; i++) {
        const next = segments.subarray(0, to).findIndex((code, k) => k > i && code > segments[i]);
        if (codes[i] > 0 && next >= 0 && labelTime[i] >= time[next]) codes[i] = PURGED;
      }
    }
    return codes;
  }),
});
