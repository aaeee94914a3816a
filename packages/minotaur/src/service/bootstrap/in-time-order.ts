/**
 * Several instruments' events in the order of time, in rounds: each by what it has in a round, the driving one last, so that rows of
 * the round find what the others had. Whoever has nothing in a round is told to have had nothing.
 */

/** What comes of one instrument. */
export interface Line {
  readonly instrument: string;
  /** Time of the next event; Infinity where there is none. */
  head(): Promise<number> | number;
  /** Uses what comes before `to`. */
  useUntil(to: number): Promise<void> | void;
  /** There is nothing before `time`. */
  advance(time: number): Promise<void> | void;
  /** Behind the last event, nothing is known to have come until then. */
  readonly quietUntil: number;
}

/** Of the time that one instrument may be ahead of another. */
const ROUND = 1 / 6;

/** Uses what the lines have before `until`; `skew`: microseconds that one may be ahead of another. The driving instrument is the last. */
export async function inTimeOrder(lines: readonly Line[], skew: number, until = Infinity): Promise<void> {
  if (lines.length === 1) return lines[0].useUntil(until);
  const round = Math.floor(skew * ROUND);
  const reached = new Map<Line, number>();
  for (;;) {
    const heads: number[] = [];
    for (const line of lines) heads.push(await line.head());
    const first = Math.min(...heads);
    if (!(first < until)) return;
    const end = Math.min(until, (Math.floor(first / round) + 1) * round);
    for (const [i, line] of lines.entries()) {
      if (heads[i] < end) await line.useUntil(end);
      const next = await line.head();
      const quiet = Math.min(end, next === Infinity ? line.quietUntil : next);
      if (!(quiet > (reached.get(line) ?? 0))) continue;
      reached.set(line, quiet);
      await line.advance(quiet);
    }
  }
}
