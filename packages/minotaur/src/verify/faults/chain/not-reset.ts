import { fault } from '../fault.ts';
import { plantOther } from '../other-chain.ts';

/** An instrument that is declared to begin anew goes on. */
export const notReset = fault({
  name: 'not-reset',
  imitates: 'a continuous series of futures, with the jump of every roll in it',
  plant: plantOther((sound) => {
    const rolled = (adjustments: { time: string; reset: true }[]) => ({
      ...sound,
      instruments: { ROLLED: { adjustments } },
    });
    return { declared: rolled([{ time: '2024-03-10T12:16:00Z', reset: true }]), made: rolled([]) };
  }),
});
