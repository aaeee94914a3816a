/**
 * L9, interleaving: whatever way the feeds of several instruments interleave within the skew, the rows are the same.
 *
 * A violation: a row that depends on which feed was faster, so that a live session and history, or two live sessions, do not agree.
 * Usual causes: the newest value of another market that happens to be there, a row that does not wait until nothing can come any more, or
 * waits and is lost in a restart, a counter over all feeds.
 *
 * Compared: the events in the order in which they were given, and in random schedules that keep each feed's own order. Some let a feed run
 * as far ahead as the skew lets it, some let the driving one; all are cut at random and restored from snapshots on the way. Every bar,
 * every row with its flags, and the state after the last event have to be the same. Now and then an event that is too far ahead is handed
 * in: it has to be refused, and to leave no trace.
 *
 * Not found: what every schedule does alike, such as a latency that is ignored (`availability` looks for that).
 */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { result, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import { createPairing, type Pairing } from '../harness/pairing.ts';
import { createSchedule, type Schedule } from '../harness/schedule.ts';
import { sidesOf } from '../harness/sides.ts';
import { countValues, traceEngine, type TracedEngine } from '../harness/trace.ts';

/** How often a feed goes as far as it may, schedule by schedule. */
const EAGER = [0.9, 0.4, 0];

/** L9: every interleaving of the feeds within the skew gives the same rows, flags included. */
export const interleaving: Check = {
  name: 'interleaving',
  law: 'L9: every interleaving of the feeds within the skew gives the same rows, flags included',
  async run(context): Promise<CheckResult> {
    const compared = { events: 0, rows: 0, values: 0, schedules: 0, runs: 0, reached: 0, restores: 0, refused: 0 };
    // Of one feed there is but one order.
    if (context.plan.instruments.length === 1) return result(this, compared, null, ['schedules']);
    const { historical } = sidesOf(context);
    const given = traceEngine(historical);
    const others = createOthers(context);
    compared.schedules = others.length;
    for await (const { turns, ...stretch } of context.open()) {
      given.clear();
      stretch.push(given.engine, 0, stretch.length);
      compared.events += stretch.length;
      compared.rows += given.trace.rows.times.length;
      compared.values += others.length * countValues(given.trace);
      context.onProgress?.(stretch.length);
      for (const other of others) {
        other.schedule.take(turns?.list ?? []);
        const first = follow(other, given, false);
        if (first !== undefined) return result(this, { ...compared, ...playedBy(others) }, first);
      }
    }
    given.clear();
    for (const other of others) {
      const first = follow(other, given, true) ?? otherState(other, given);
      if (first !== undefined) return result(this, { ...compared, ...playedBy(others) }, first);
    }
    return result(this, { ...compared, ...playedBy(others) }, null);
  },
};

/** A schedule, with the engine that it drives and what is still to be compared. */
interface Other {
  readonly name: string;
  readonly schedule: Schedule;
  readonly traced: TracedEngine;
  readonly pairing: Pairing;
}

function createOthers(context: CheckContext): Other[] {
  const { plan, seed } = context;
  const sides = sidesOf(context);
  return EAGER.map((eager, k) => ({
    name: `schedule ${k + 1} of ${EAGER.length}`,
    schedule: createSchedule(plan, { random: mulberry32(seed + 8 + k), eager }),
    traced: traceEngine(k % 2 === 0 ? sides.live : sides.historical),
    pairing: createPairing(plan),
  }));
}

/** Plays on and compares what both have emitted; the first difference, with the place in the schedule. */
function follow(
  { name, schedule, traced, pairing }: Other,
  given: TracedEngine,
  isEnd: boolean,
): CheckResult['first'] | undefined {
  traced.clear();
  const wrong = schedule.play(traced.engine, isEnd);
  const note = `in ${name}, before run ${schedule.played.runs} of its events`;
  if (wrong !== undefined) return { message: `${wrong} (${note})` };
  pairing.add(given.trace, traced.trace);
  const first = pairing.compare(isEnd);
  return first && { ...first, note };
}

function otherState({ name, traced }: Other, given: TracedEngine): CheckResult['first'] | undefined {
  // Rows that wait, bars ahead of them: the same events leave the same.
  if (Buffer.compare(given.engine.snapshot(), traced.engine.snapshot()) === 0) return undefined;
  return { message: `all outputs agree, but the states after the last event differ in ${name}` };
}

function playedBy(others: readonly Other[]): Schedule['played'] {
  const sum = { runs: 0, reached: 0, restores: 0, refused: 0 };
  for (const { schedule } of others)
    for (const key of ['runs', 'reached', 'restores', 'refused'] as const) sum[key] += schedule.played[key];
  return sum;
}
