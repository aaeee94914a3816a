import { splitRows } from 'minotaur-core/internal/splits/splits';
import { learnedFault, plantCodes } from '../learned-fault.ts';

/** Each instrument's rows are divided by their own number: one is trained on in the time in which another judges. */
export const eachInstrumentDividedAlone = learnedFault({
  name: 'each-instrument-divided-alone',
  imitates: 'df.groupby("symbol").apply(lambda rows: rows[: int(0.65 * len(rows))])',
  plant: plantCodes(({ config, time, labelTime, parts, artefact }) => {
    const codes = new Int8Array(time.length);
    for (const { from, to } of parts) {
      const own = { time: time.subarray(from, to), labelTime: labelTime.subarray(from, to) };
      const [{ split }] = splitRows(config.split, own, artefact.sequence.length);
      codes.set(split, from);
    }
    return codes;
  }),
});
