/** How far the feeds of a chain may be apart, and how many rows may wait: what keeps what waits small. */
import { fail } from '../base/errors.ts';
import { formatTime } from '../base/time.ts';
import type { Join } from '../rows/join.ts';
import type { Complaint } from '../trades/door.ts';
import type { TradeBlock } from '../trades/trade.ts';
import { MOST_ROWS_WAITING } from './lanes.ts';
import type { Lane } from './lane.ts';
import { FIRST } from './layout.ts';
import type { Plan } from './plan.ts';

export interface Limits {
  /** How far of rows [from, to) of a block can be used at once: one past the last, or why not even the first. */
  trades(lane: Lane, block: TradeBlock, from: number, to: number): number | Complaint;
  /** Refuses an event of `time`, where it is too far ahead. */
  requireTime(lane: Lane, time: number, where: string): void;
  /** A lane has come to its first event, at `time`. */
  began(lane: Lane, time: number): void;
}

/** `common` are the slots that the instruments have in common. */
export function createLimits(plan: Plan, lanes: readonly Lane[], join: Join, common: Float64Array): Limits {
  const { skew } = plan.lanes;
  const { source, instrument } = plan.clocks[plan.drive];
  const drive = lanes[instrument];
  const delay = 'delay' in source ? source.delay : 0;
  const isRule = source.type === 'rule';

  /** The lane that holds `lane` back most, and up to when it may go. */
  function reachOf(lane: Lane): { readonly time: number; readonly behind: Lane } {
    let time = Infinity;
    let behind = lane;
    const { released } = join;
    for (const other of lanes) {
      if (other === lane) continue;
      const at = Math.max(other.come === 0 ? common[FIRST] : other.come, released);
      if (at !== 0 && at + skew < time) {
        time = at + skew;
        behind = other;
      }
    }
    return { time, behind };
  }

  function tooFar(lane: Lane, found: number): Complaint {
    const { time, behind } = reachOf(lane);
    const { name } = behind.instrument;
    const expected = `an event of ${lane.instrument.name} up to ${formatTime(time)}, \`skew\` beyond the newest of ${name}`;
    return [`${expected} (push its trades, advance it, or release rows)`, formatTime(found)];
  }

  const tooMany = (): Complaint => [
    `at most ${MOST_ROWS_WAITING} rows that wait for other instruments (push their trades, advance them, or release rows)`,
    'one more',
  ];

  return {
    trades(lane, { time }, from, to) {
      const reach = reachOf(lane).time;
      let end = from;
      while (end < to && !(time[end] > reach)) end++;
      if (end === from) return tooFar(lane, time[from]);
      if (lane !== drive) return end;
      // Rows of trades before this time go out at once.
      const free = join.free - delay;
      let waits = from;
      while (waits < end && time[waits] < free) waits++;
      if (waits > from) return waits;
      const room = MOST_ROWS_WAITING - join.waiting;
      if (room <= 0) return tooMany();
      // Where a trade closes at most its own bar and the one before midnight, as many as there is room for.
      return isRule ? Math.min(end, from + Math.max(1, room >> 1)) : from + 1;
    },
    requireTime(lane, time, where) {
      if (time > reachOf(lane).time) fail('input', where, ...tooFar(lane, time));
      if (lane === drive && join.waiting >= MOST_ROWS_WAITING && !(time < join.free))
        fail('input', where, ...tooMany());
    },
    began(lane, time) {
      const first = common[FIRST] === 0 ? time : Math.min(time, common[FIRST]);
      common[FIRST] = lanes.every((one) => one === lane || one.known !== 0) ? 0 : first;
    },
  };
}
