import { fault } from '../fault.ts';
import { plantOther } from '../other-chain.ts';

/** The hours of an exchange with the offset that it has in winter: in Sydney it is summer. */
export const sessionWithoutDaylightSaving = fault({
  name: 'session-without-daylight-saving',
  imitates: 'utc + timedelta(hours=10) for Sydney, the whole year',
  plant: plantOther((sound) => {
    // In winter 10:00 in Sydney is 9:00 in Tokyo, which knows no summer time.
    const asx = { zone: 'Asia/Tokyo', open: '09:00', close: '15:00' };
    return { declared: sound, made: { ...sound, calendars: { ...sound.calendars, asx } } };
  }),
});
