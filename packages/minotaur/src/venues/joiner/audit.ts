/**
 * Where ids rise with holes of their own, what the stream never gave shows in nothing that it gives: now and then what was handed over
 * is compared with what REST has.
 */
import type { RepairAnswer, Last } from './contract.ts';
import { isBelow } from './recent.ts';
import type { Requests } from './requests.ts';
import type { Tally } from './tally.ts';

/** Milliseconds for which an audit waits for what is under way. */
const SETTLE = 1000;

export interface Audit {
  /** When there is something to do. */
  readonly due: number;
  /** The first begins with what is handed over from now on. */
  begin(now: number): void;
  ask(requests: Requests, now: number): void;
  /** The trades that REST has and that were never handed over. */
  judge(answer: RepairAnswer, now: number): RepairAnswer['trades'];
}

/** Audits of what `tally` handed over, one every `every` milliseconds. */
export function createAudit(tally: Tally, every: number): Audit {
  let after: Last | undefined;
  /** Absent: not begun. */
  let upTo: Last | undefined;
  let at = Infinity;
  return {
    get due() {
      return at;
    },
    begin(now) {
      if (at !== Infinity) return;
      after = tally.last;
      at = now + every;
    },
    ask(requests, now) {
      if (now < at) return;
      if (upTo !== undefined) return requests.ask({ reason: 'audit', after }, now);
      upTo = tally.last;
      at = now + SETTLE;
    },
    judge({ trades }, now) {
      const end = trades.at(-1);
      if (upTo === undefined || end?.id === undefined) return [];
      const [from, to] = [after?.id, upTo.id];
      const inside = trades.filter(({ id }) => isBelow(from, id) && !isBelow(to, id));
      // A page is never the end: what lies behind it comes with the next.
      if (!isBelow(end.id, to) || !isBelow(from, end.id)) {
        after = upTo;
        upTo = undefined;
        at = now + every;
      } else after = { id: end.id, time: end.time };
      return inside.filter(({ id }) => tally.recent.get(id) === undefined);
    },
  };
}
