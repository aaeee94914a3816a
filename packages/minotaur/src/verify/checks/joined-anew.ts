/** Rows joined anew from the bars, by a plain search: what each clock's newest bar was that a row may hold. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { sameBits } from 'minotaur-core/internal/base/canonical';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { createBarsAhead } from '../harness/bars-ahead.ts';
import type { Trace } from '../harness/trace.ts';

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
  let rows: ComingRow[] = [];
  let row = 0;
  const hasCome = (time: number, came: (instrument: string) => number): boolean =>
    plan.instruments.every(({ name }, i) => i === own || came(name) > time - plan.lanes.latency[i]);

  function compare({ time, values }: ComingRow, compared: JoinAmounts): string | undefined {
    let at = 0;
    for (const [c, clock] of plan.clocks.entries()) {
      const bar = newest[c];
      for (const { name: feature, column } of clock.graph.features) {
        compared.values++;
        const found = values[at++];
        if (sameBits(found, bar[column] ?? NaN)) continue;
        return `row ${row}, at ${time}, ${feature}${clock.suffix}: expected ${bar[column]} of clock ${clock.name}, bar ${bar[COLUMN.ordinal]}, found ${found}`;
      }
      compared.ages++;
      const age = bar.length === 0 ? NaN : (time - bar[COLUMN.available_at]) / MICROS_PER_SECOND;
      const found = values[at++];
      if (!sameBits(found, age)) return `row ${row}, at ${time}, age${clock.suffix}: expected ${age}, found ${found}`;
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
        const message = compare(rows[r], compared);
        if (message !== undefined) return message;
      }
      rows = rows.slice(r);
      return undefined;
    },
  };
}
