import { fault } from '../fault.ts';
import { plantOther } from '../other-chain.ts';

/** All of them times at which the market of the self-test is open. */
const [OPEN, CLOSE, LATE] = ['12:20', '12:30', '18:00'];

const minutes = { zone: 'UTC', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] } as const;

/** Bars of a session go on behind its close, until the next opening. */
export const anchorAtTheOpeningOnly = fault({
  name: 'anchor-at-the-opening-only',
  imitates: 'a group-by on the session that a trade came after',
  plant: plantOther((sound) => {
    const anchored = (close: string) => ({
      ...sound,
      calendars: { ...sound.calendars, desk: { ...minutes, open: OPEN, close } },
      clocks: { ...sound.clocks, anchored: { bars: 'tick' as const, threshold: 1000, anchor: { session: 'desk' } } },
    });
    return { declared: anchored(CLOSE), made: anchored(LATE) };
  }),
});
