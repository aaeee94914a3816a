import { sameBits } from 'minotaur-core/internal/base/canonical';
import { AGE_OF_CALENDAR } from '../../harness/calendar.ts';
import { tameShape, type Columns } from '../../memory/sample-columns.ts';
import { raisesToPower } from '../../watch/power.ts';
import { watchWork } from '../../watch/watch.ts';
import { outputs, type Subject } from '../drive.ts';
import { tableOf, TIMES } from '../samples.ts';
import { wrong, type Wrong } from '../law.ts';
import { difference, rowsFor, type OperatorLaw } from './difference.ts';

/** Values and steps that an output has to take before it can be said to ignore its inputs. */
const ENOUGH_VALUES = 10;

export const purity: OperatorLaw = {
  name: 'L8 purity',
  says: 'values come from the inputs alone: no clock, chance, file, locale, function whose bits differ between processors, table of its own',
  samples: (asked) => Math.ceil(asked / 10),
  check(subject, { shape }) {
    const { op } = subject;
    if (raisesToPower(op)) return wrong('its code', 'no power', '** in run');
    const rows = rowsFor(subject);
    const table = tableOf(op.inputs, shape, rows);
    let out: readonly Float64Array[] = [];
    const asked = watchWork(() => (out = outputs(subject, table, rows)));
    if (asked !== undefined) return wrong('while it runs', 'no question', asked);
    return dated(subject, table, out) ?? indifferent(subject, shape.seed);
  },
};

/** The calendar repeats after 28 years: what differs there reads the date itself, or a table keyed by time. */
function dated(subject: Subject, table: Columns, here: readonly Float64Array[]): Wrong | undefined {
  const { op } = subject;
  if (op.family === 'date' || !op.inputs.some((name) => TIMES.includes(name))) return undefined;
  const away = Object.fromEntries(
    Object.entries(table).map(([name, column]) => [
      name,
      TIMES.includes(name) ? column.map((time) => time - AGE_OF_CALENDAR) : column,
    ]),
  );
  const rows = here[0].length;
  const when = "28 years before (one that means the date itself is of family 'date')";
  return difference(subject, when, here, outputs(subject, away, rows), [0, rows]);
}

/** The same values for other columns come from somewhere else. A counter that goes up evenly is the same of all. */
function indifferent(subject: Subject, seed: number): Wrong | undefined {
  const { op } = subject;
  if (op.inputs.length === 0) return undefined;
  const rows = rowsFor(subject);
  const [here, there] = [seed, seed + 1].map((one) =>
    outputs(subject, tableOf(op.inputs, tameShape(one, 'price'), rows), rows),
  );
  if (!here.every((out, k) => out.every((value, row) => sameBits(value, there[k][row])))) return undefined;
  const values = [...here[0]].filter((value) => !Number.isNaN(value));
  const steps = new Set(values.slice(1).map((value, i) => value - values[i]));
  if (new Set(values).size < ENOUGH_VALUES || steps.size < 2) return undefined;
  return wrong('other columns', 'other values', `the same ${values.length}`, { output: op.outputs[0] });
}
