/** Rows joined anew from the bars, by a plain search: what each clock's newest bar was that a row may hold. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { sameBits } from 'minotaur-core/internal/base/canonical';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { createBarsAhead } from '../harness/bars-ahead.ts';
import { createRowColumns, hasRows } from '../harness/row-columns.ts';
import type { Trace } from '../harness/trace.ts';
import { eraOf, eraOfBar } from './eras.ts';

/** How much was compared. */
interface JoinAmounts {
  rows: number;
  values: number;
  ages: number;
}

export interface JoinedAnew {
  /** Takes what a stretch gave: a row may come later than its bar, and bars of other instruments before or after it. */
  take(trace: Trace): void;
  /** Looks at the rows for which all bars have come; `came`: up to where, by name of the instrument. What is wrong, or nothing. */
  look(came: (instrument: string) => number, compared: JoinAmounts): string | undefined;
}

interface ComingRow {
  readonly time: number;
  readonly values: Float64Array;
}

export function createJoinedAnew(plan: Plan): JoinedAnew {
  const own = plan.clocks[plan.drive].instrument;
  const ahead = createBarsAhead(plan);
  const newest = plan.clocks.map((): Float64Array => new Float64Array(0));
  const anew = hasRows(plan) ? createRowColumns(plan) : undefined;
  let rows: ComingRow[] = [];
  let row = 0;
  const hasCome = (time: number, came: (instrument: string) => number): boolean =>
    plan.instruments.every(({ name }, i) => i === own || came(name) > time - plan.lanes.latency[i]);

  /** Nothing is left of what was before an instrument began anew: of another one as soon as rows may know of that. */
  function forget(time: number): void {
    const driving = eraOfBar(plan, plan.drive, newest[plan.drive][COLUMN.close_time]);
    for (const [c, { instrument }] of plan.clocks.entries()) {
      if (newest[c].length === 0 || plan.instruments[instrument] === undefined) continue;
      const seen = time - plan.lanes.latency[instrument] - delayOf(plan, instrument);
      const era = instrument === own ? driving : eraOf(plan.instruments[instrument], seen);
      if (eraOfBar(plan, c, newest[c][COLUMN.close_time]) < era) newest[c] = new Float64Array(0);
    }
  }

  function compare({ time, values }: ComingRow, compared: JoinAmounts): string | undefined {
    let at = 0;
    for (const [c, clock] of plan.clocks.entries()) {
      const bar = newest[c];
      const isOld = clock.source.type === 'series' && time - bar[COLUMN.available_at] > clock.source.maxAge;
      for (const { name: feature, column } of clock.graph.features) {
        compared.values++;
        const found = values[at++];
        if (sameBits(found, isOld ? NaN : (bar[column] ?? NaN))) continue;
        return `row ${row}, at ${time}, ${feature}${clock.suffix}: expected ${bar[column]} of clock ${clock.name}, bar ${bar[COLUMN.ordinal]}, found ${found}`;
      }
      compared.ages++;
      const age = bar.length === 0 ? NaN : (time - bar[COLUMN.available_at]) / MICROS_PER_SECOND;
      const found = values[at++];
      if (!sameBits(found, age)) return `row ${row}, at ${time}, age${clock.suffix}: expected ${age}, found ${found}`;
    }
    return undefined;
  }

  /** Features of rows, from what the rows hold of the clocks. */
  function computeAnew({ time, values }: ComingRow, compared: JoinAmounts): string | undefined {
    if (anew === undefined || !hasRows(plan)) return undefined;
    const { features } = plan.rows.graph;
    const i = anew.takeRow({ values, times: Float64Array.of(time) }, 0);
    const first = plan.columns.length - features.length;
    for (const [f, { name, column }] of features.entries()) {
      compared.values++;
      const expected = anew.columns.data[column][i];
      if (!sameBits(values[first + f], expected))
        return `row ${row}, at ${time}, ${name}: expected ${expected} of what its rows hold, found ${values[first + f]}`;
    }
    return undefined;
  }

  return {
    take(trace) {
      ahead.take(trace);
      const { values, times } = trace.rows;
      const width = values.length / Math.max(1, times.length);
      times.forEach((time, r) => rows.push({ time, values: values.slice(r * width, (r + 1) * width) }));
    },
    look(came, compared) {
      let r = 0;
      for (; r < rows.length && hasCome(rows[r].time, came); r++, row++) {
        compared.rows++;
        ahead.next(rows[r].time, (clock, bar) => (newest[clock] = bar));
        forget(rows[r].time);
        const message = compare(rows[r], compared) ?? computeAnew(rows[r], compared);
        if (message !== undefined) return message;
      }
      rows = rows.slice(r);
      return undefined;
    },
  };
}

/** How much later than it closed a bar of an instrument is available at the earliest: as long as its trades may wait. */
function delayOf({ clocks }: Plan, instrument: number): number {
  const delays = clocks.flatMap((clock) =>
    clock.instrument === instrument && 'delay' in clock.source ? [clock.source.delay] : [],
  );
  return delays.length === 0 ? 0 : Math.min(...delays);
}
