import { sequenceEnds } from 'minotaur-core/internal/transform/sequence';
import { learnedFault } from '../learned-fault.ts';

/** Windows are cut from the ready rows of all instruments, one after the other. */
export const sequenceOverTwoInstruments = learnedFault({
  name: 'sequence-over-two-instruments',
  imitates: 'sliding_window_view(pd.concat(frames).dropna())',
  plant: ({ learned, serving }) => {
    const { artefact, time, usable } = learned;
    const whole = new Uint8Array(time.length);
    const rows = Int32Array.from(time.keys()).filter((i) => usable === undefined || usable[i] === 1);
    const times = Float64Array.from(rows, (i) => time[i]);
    sequenceEnds(artefact.sequence, times, undefined).forEach((flag, k) => (whole[rows[k]] = flag));
    return { learned: { ...learned, whole }, serving };
  },
});
