/** Given bars that come again. */
import { result, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import { sidesOf } from '../harness/sides.ts';
import type { Stretch } from '../harness/stretch.ts';
import { eventsIn } from '../harness/turns.ts';
import { isRefused } from './is-refused.ts';

/** Given bars have to be refused, on both sides, when one of them comes again after later ones. */
export async function giveBarsBack(check: Check, context: CheckContext): Promise<CheckResult> {
  const sides = sidesOf(context);
  const engines = [sides.historical({}), sides.live({})];
  const compared = { events: 0, late: 0 };
  for await (const stretch of context.open()) {
    compared.events += stretch.length;
    for (const engine of engines) {
      stretch.push(engine, 0, stretch.length);
      const bars = barsIn(stretch);
      if (bars === undefined) continue;
      const state = engine.snapshot();
      compared.late++;
      if (!isRefused(() => stretch.push(engine, bars.first, bars.first + 1))) {
        return result(check, compared, {
          message: `expected bar ${bars.first} of a stretch to be refused after bar ${bars.last}`,
        });
      }
      engine.restore(state);
    }
  }
  return result(check, compared, null);
}

/** The first and last bars of a clock in a stretch; undefined where none of it has two. */
function barsIn({ turns, length }: Stretch): { readonly first: number; readonly last: number } | undefined {
  if (turns === undefined) return length < 2 ? undefined : { first: 0, last: length - 1 };
  const first = new Map<string, number>();
  for (const [last, { turn }] of eventsIn(turns.list).entries()) {
    if (turn.kind !== 'bars') continue;
    const { clock } = turn;
    const before = first.get(clock);
    if (before !== undefined) return { first: before, last };
    first.set(clock, last);
  }
  return undefined;
}
