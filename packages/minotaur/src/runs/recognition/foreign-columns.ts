/** What foreign code computes, in the words of the catalogue. */
import { stepOf } from '../../compare/keys/keys.ts';
import type { Reference } from '../../foreign/experiments/reference.ts';
import { timesOf, type ForeignTable } from '../../foreign/table/table.ts';
import { columnsOf } from '../../recognise/columns.ts';
import { recognise } from '../../recognise/recognise.ts';
import { tellRecognised, type RecognisedColumn } from '../../recognise/told.ts';
import { createCourse, type RunOptions } from '../course/options.ts';

const PRICES = ['open', 'high', 'low', 'close'];

/**
 * The expressions that compute the columns `names` of a run over `table`, of those that have one. None where the table holds no bars, rows
 * of several symbols, or rows that are not the code's.
 */
export async function recogniseAnswer(
  { columns: given, ...table }: ForeignTable,
  { isByRow, known, columns }: Reference,
  names: readonly string[],
  run: RunOptions,
): Promise<RecognisedColumn[]> {
  const times = timesOf({ columns: given, ...table });
  const ofBars = new Map(
    [...PRICES, 'volume'].flatMap((name) => {
      const own = given.find((column) => column.name.toLowerCase() === name && column.type !== 'text');
      return own === undefined ? [] : [[name, own.values] as const];
    }),
  );
  if (
    !isByRow ||
    !PRICES.every((name) => ofBars.has(name)) ||
    !times.every((time, i) => i === 0 || time > times[i - 1])
  )
    return [];
  const order = Uint32Array.from(times, (_, i) => i);
  const step = stepOf({ key: times, symbol: undefined, order, absent: 0, late: NONE, repeated: NONE });
  const closed = times.map((time) => time + step);
  const bars = new Map([['open_time', times], ['close_time', closed], ['available_at', closed], ...ofBars]);
  const isAbsent = new Uint8Array(table.rows).fill(1);
  for (const row of known) isAbsent[row] = 0;
  const values = names.map((name) => {
    const whole = new Float64Array(table.rows).fill(NaN);
    const own = columns.get(name) as Float64Array;
    known.forEach((row, i) => (whole[row] = own[i]));
    return [name, whole] as const;
  });
  const course = createCourse(run, { step: 'recognise', unit: 'expressions' });
  const found = await recognise({ rows: table.rows, columns: bars }, columnsOf(new Map(values)), {
    step,
    isAbsent: isAbsent.includes(1) ? isAbsent : undefined,
    onPart: (more) => course.add(more),
  });
  return found.filter(({ made }) => made !== undefined).map(tellRecognised);
}

const NONE = { rows: 0, first: -1 };
