/** How late trades are best handled. */

/** Seconds by which trades may be late to be put in order as they come. */
const MOST = 10;
/** Share of the trades that may be dropped. */
const FEW = 0.002;

/** Whether so many are late that what is reckoned in the order of the file is of another market. */
export const isOutOfOrder = (late: number, trades: number): boolean => late >= FEW * trades && late > 0;

/** As the section `trades` has it, and as text. */
export function lateHandling(late: number, trades: number, seconds: number) {
  if (seconds <= MOST) {
    const within = seconds < 1 ? `${Math.max(1, Math.ceil(seconds * 1000))}ms` : `${Math.ceil(seconds)}s`;
    return { trades: { reorder: { within } }, text: `{ reorder: { within: ${within} } }` } as const;
  }
  if (late < FEW * trades) return { trades: { disorder: 'drop' }, text: '{ disorder: drop }' } as const;
  return { trades: { sort: true }, text: '{ sort: true }' } as const;
}
