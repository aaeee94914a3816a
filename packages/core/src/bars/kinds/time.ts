import { barKind } from '../kind.ts';

/** A bar per interval [a, b) of event time; available at b. */
export const time = barKind({
  name: 'time',
  summary: 'Closes at the end of an interval counted from the epoch, before the first trade at or after it is used',
  source: 'plain',
  closes: 'before',
});
