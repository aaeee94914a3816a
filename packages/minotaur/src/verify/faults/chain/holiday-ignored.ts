import { fault } from '../fault.ts';
import { plantOther } from '../other-chain.ts';

const always = {
  zone: 'UTC',
  open: '00:00',
  close: '24:00',
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
} as const;

/** A holiday that is declared has a session all the same. */
export const holidayIgnored = fault({
  name: 'holiday-ignored',
  imitates: 'a calendar library that was installed without its list of holidays',
  plant: plantOther((sound) => {
    const clock = Object.keys(sound.clocks).at(-1) as string;
    const features = { ...sound.features, [clock]: ['close', 'desk(available_at)'] };
    const keeping = (holidays: readonly string[]) => ({
      ...sound,
      features,
      calendars: { desk: { ...always, holidays } },
    });
    return { declared: keeping(['2024-03-10', '2024-03-11']), made: keeping([]) };
  }),
});
