import { fault, plantWrap } from '../fault.ts';

/** The live side does nothing when it is told that time has passed. */
export const watermarkIgnored = fault({
  name: 'watermark-ignored',
  imitates: 'a bar that waits for the next trade to close',
  plant: plantWrap('live', (inner) => (sinks) => ({ ...inner(sinks), advance: () => {} })),
});
