/** Holes that are found after the fact: trades that the venue has and a session never had. */
import type { Hole } from 'minotaur-core/internal/chain/contract';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { Received } from './shadow-received.ts';

/** An instrument's trades as its venue has them, in the venue's order. */
export interface VenueTrades {
  readonly instrument: string;
  readonly trades: TradeBlock;
}

/** Trades in a row that the venue has and a session never had. */
export interface VenueHole extends Hole {
  readonly missing: number;
  /** Who knew of it while the session ran: its feed, the chain by the ids, or nobody. */
  readonly known: 'declared' | 'ids' | null;
  /** Ordinal among the trades that the session received, of the one behind it. */
  readonly trade: number;
  /** Index of its first trade among the venue's. */
  readonly official: number;
  /** Index of its instrument, and its name. */
  readonly lane: number;
  readonly instrument: string;
}

/** The holes of an instrument that its feed declared. */
function declaredIn({ steps }: Received, lane: number): Hole[] {
  return steps.flatMap((step) =>
    step.lane === lane && 'event' in step && step.event.kind === 'hole' ? [step.event.hole] : [],
  );
}

/** Runs of an instrument's official trades [from, to) for which none came; `came` counts received trades from 1. */
export function holesIn(
  { instrument, trades: { time } }: VenueTrades,
  came: Float64Array,
  [from, to]: readonly [number, number],
  received: Received,
  lane: number,
): VenueHole[] {
  const holes: VenueHole[] = [];
  const declared = declaredIn(received, lane);
  const gaps = received.gaps.flatMap((gap) => (gap.lane === lane ? [gap.hole] : []));
  for (let at = from, trade = 0; at < to; at++) {
    if (came[at] > 0) {
      trade = came[at];
      continue;
    }
    const first = at;
    while (at + 1 < to && came[at + 1] === 0) at++;
    const span = { from: time[Math.max(from, first - 1)], to: time[Math.min(to - 1, at + 1)] };
    const covers = (hole: Hole): boolean => hole.from <= time[first] && time[at] <= hole.to;
    const known = declared.some(covers) ? 'declared' : gaps.some(covers) ? 'ids' : null;
    holes.push({ ...span, missing: at + 1 - first, known, trade, official: first, lane, instrument });
  }
  return holes;
}
