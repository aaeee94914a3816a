import { journalFault } from '../journal-fault.ts';

/** A hole is filled and its rows are made again, under the names that others had. */
export const filledInTheSameEpoch = journalFault({
  name: 'filled-in-the-same-epoch',
  imitates: 'a backfill that overwrites what models have seen',
  plant: (sound) => ({ ...sound, goBack: (_, engine, state) => engine.restore(state) }),
});
