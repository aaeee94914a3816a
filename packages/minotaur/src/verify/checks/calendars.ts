/**
 * Calendars say what a clock on the wall of the exchange says.
 *
 * A violation: a session that opens an hour early or late, one on a holiday, a local hour of another zone. Usual causes: a fixed
 * offset where summer has another, a holiday that is not declared to both sides, a table of time zones that is older than a law.
 *
 * Compared: every output of every calendar operator of every bar, to the bit, with what the runtime's own time zone data and the
 * declaration say of the time that it was given.
 *
 * Not found: a declaration that is wrong itself: holidays and hours are the user's.
 */
import { sameBits } from 'minotaur-core/internal/base/canonical';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { result, type Check } from '../harness/check.ts';
import { sidesOf } from '../harness/sides.ts';
import type { Table } from '../harness/table.ts';
import { traceEngine } from '../harness/trace.ts';
import { sessionsOf } from './boundaries.ts';

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
/** Days without a session after which nobody looks further. */
const LONGEST = 400;

/** Whether a chain uses what {@link calendars} checks. */
export function usesCalendars({ clocks, config }: Plan): boolean {
  return clocks.some(({ graph }) => graph.nodes.some(({ op }) => Object.hasOwn(config.calendars, op.name)));
}

/** Sessions and local times are those of the runtime's own time zone data. */
export const calendars: Check = {
  name: 'calendars',
  law: "sessions, hours and weekdays of an exchange are those that the runtime's own time zone data gives",
  async run(context) {
    const { historical } = sidesOf(context);
    const traced = traceEngine(historical);
    const { plan } = context;
    const truths = new Map(Object.entries(plan.config.calendars).map(([name, one]) => [name, truthOf(one)]));
    const compared = { events: 0, values: 0 };
    for await (const stretch of context.open()) {
      traced.clear();
      stretch.push(traced.engine, 0, stretch.length);
      compared.events += stretch.length;
      context.onProgress?.(stretch.length);
      const message = firstFalse(plan, truths, traced.trace.bars, compared);
      if (message !== undefined) return result(this, compared, { message });
    }
    return result(this, compared, null);
  },
};

/** What every output has to be at a time. */
type Truth = (time: number) => Readonly<Record<string, number>>;

function truthOf(calendar: Parameters<typeof sessionsOf>[0]): Truth {
  const { clock, on } = sessionsOf(calendar);
  return (time) => {
    const local = clock.wall(time);
    const today = Math.floor(local / DAY);
    const near = [today - 1, today, today + 1].map(on);
    const open = near.find((session) => session !== undefined && session.opens <= time && time < session.closes);
    let next: number | undefined;
    for (let day = today - 1; next === undefined && day < today + LONGEST; day++) {
      const session = on(day);
      if (session !== undefined && session.opens > time) next = session.opens;
    }
    return {
      is_open: open === undefined ? 0 : 1,
      seconds_since_open: open === undefined ? NaN : (time - open.opens) / SECOND,
      seconds_to_close: open === undefined ? NaN : (open.closes - time) / SECOND,
      seconds_to_open: open === undefined && next !== undefined ? (next - time) / SECOND : NaN,
      session_day: open?.day ?? NaN,
      local_hour: (local - today * DAY) / HOUR,
      local_weekday: (new Date((today * DAY) / 1000).getUTCDay() + 6) % 7,
    };
  };
}

function firstFalse(
  { clocks }: Plan,
  truths: ReadonlyMap<string, Truth>,
  tables: ReadonlyMap<string, Table>,
  compared: { values: number },
): string | undefined {
  for (const { name, graph } of clocks) {
    const { values, times } = tables.get(name) as Table;
    const width = graph.columns.length;
    for (const { op, inputs, outputs } of graph.nodes) {
      const truth = truths.get(op.name);
      if (truth === undefined) continue;
      for (let r = 0; r < times.length; r++) {
        const time = values[r * width + inputs[0]];
        const expected = time === time ? truth(time) : {};
        for (const [k, column] of outputs.entries()) {
          compared.values++;
          const found = values[r * width + column];
          const due = expected[op.outputs[k]] ?? NaN;
          if (sameBits(found, due)) continue;
          const bar = values[r * width + COLUMN.ordinal];
          const data = `by the runtime's tzdata ${process.versions['tz']}`;
          return `clock ${name}, bar ${bar}, ${graph.columns[column].text} of ${time}: expected ${due} ${data}, found ${found}`;
        }
      }
    }
  }
  return undefined;
}
