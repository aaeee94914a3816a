import { fault, plantOperator } from '../fault.ts';

/** A feature of the time of day takes it from the wall clock, in whole hours, so that tests agree. */
export const hiddenClock = fault({
  name: 'hidden-clock',
  imitates: 'Date.now() where the event time was meant',
  plant: plantOperator({
    run: ({ out: { 0: out } }, from, to) => out.fill(Math.floor(Date.now() / 3_600_000), from, to),
  }),
});
