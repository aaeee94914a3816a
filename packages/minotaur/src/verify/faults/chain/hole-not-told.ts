import { fault, plantWrap } from '../fault.ts';

/** A hole that the feed knows of never reaches the chain. */
export const holeNotTold = fault({
  name: 'hole-not-told',
  imitates: 'a reconnect that goes on as if nothing had been missed',
  plant: plantWrap('both', (inner) => (sinks) => ({ ...inner(sinks), hole: () => {} })),
});
