/** The service's time on the page, and how long it has been silent. */
import { useEffect, useState } from 'preact/hooks';

export interface ServiceTime {
  /** Microseconds, by the service's clock, gone on since it was told. */
  readonly now: number;
  /** Seconds since something was told. */
  readonly silent: number;
}

const TICK = 500;

/** @param told the time that was told last, at `heardAt` of the page's own clock */
export function useServiceTime(told: number | undefined, heardAt: number): ServiceTime {
  const [now, setNow] = useState(performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  const silent = Math.max(0, Math.max(now, performance.now()) - heardAt) / 1000;
  return { now: (told ?? NaN) + 1e6 * silent, silent };
}
