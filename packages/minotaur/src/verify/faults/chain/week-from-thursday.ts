import { fault } from '../fault.ts';
import { plantOther } from '../other-chain.ts';

/** From Monday to 12:30 on Sunday: a quarter of an hour into the market of the self-test. */
const OFFSET = '9390min';

/** Weeks are counted from the epoch, which was a Thursday. */
export const weekFromThursday = fault({
  name: 'week-from-thursday',
  imitates: 'floor(time / 604800) as the week of a time',
  plant: plantOther((sound) => {
    const clocks = (every: string, offset: string) => ({
      ...sound,
      clocks: { ...sound.clocks, week: { bars: 'time' as const, every, offset } },
    });
    return { declared: clocks('1week', OFFSET), made: clocks('7day', OFFSET) };
  }),
});
