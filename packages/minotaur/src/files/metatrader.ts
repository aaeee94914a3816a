/** Bars as MetaTrader exports them: day and time apart, by the clock of the broker's server, and a count of ticks beside a volume that may be nothing. */
import { fail } from 'minotaur-core/internal/base/errors';
import { localMicros } from './csv/local-time.ts';
import type { BarColumnMapping } from './bars-columns.ts';

/** As MetaTrader 5 names them; it writes no time where bars are of days. MetaTrader 4 writes the first seven, without names. */
const COLUMNS = ['<DATE>', '<TIME>', '<OPEN>', '<HIGH>', '<LOW>', '<CLOSE>', '<TICKVOL>', '<VOL>', '<SPREAD>'];
const NAMELESS = new Set([7, 9]);
/** Which of them is what; the volume has to be said. */
const MEANT: readonly (readonly [key: keyof BarColumnMapping, name: string])[] = [
  ['date', '<date>'],
  ['time', '<time>'],
  ['open', '<open>'],
  ['high', '<high>'],
  ['low', '<low>'],
  ['close', '<close>'],
];

/** The names of the columns of a row without a header; undefined where it is none of MetaTrader's. */
export function metaTraderNames(cells: readonly string[]): readonly string[] | undefined {
  const [day = '', time = '', ...values] = cells.map((cell) => cell.trim());
  const isNumber = (cell: string): boolean => /^\d+(\.\d+)?$/.test(cell);
  if (!NAMELESS.has(cells.length) || !/^\d{4}\.\d\d\.\d\d$/.test(day) || !values.every(isNumber)) return undefined;
  return Number.isNaN(localMicros(day, time)) ? undefined : COLUMNS.slice(0, cells.length);
}

/** How its columns are read; undefined where they are not MetaTrader's. @throws where it is not said what nobody can tell */
export function metaTraderColumns(
  names: readonly string[],
  { zone, barColumns = {} }: { readonly zone?: string | undefined; readonly barColumns?: BarColumnMapping | undefined },
  where: string,
): BarColumnMapping | undefined {
  const keys = names.map((name) => name.trim().toLowerCase());
  if (!['<open>', '<tickvol>'].every((name) => keys.includes(name))) return undefined;
  if (zone === undefined || barColumns.volume === undefined) {
    const expected =
      "`input: { zone: America/New_York+07:00, barColumns: { volume: '<TICKVOL>' } }`: the zone of the broker's server (this is one whose days begin at 17:00 in New York; others go by Europe/Athens or UTC), and which column is the volume";
    const volumes = keys.includes('<vol>') ? '<TICKVOL>, a count of ticks, and <VOL>' : '<TICKVOL>, a count of ticks';
    fail('input', where, expected, `bars of MetaTrader: times by the clock of the broker, ${volumes}`);
  }
  const known = MEANT.flatMap(([key, name]) => (keys.includes(name) ? [[key, names[keys.indexOf(name)]]] : []));
  return { ...(Object.fromEntries(known) as BarColumnMapping), ...barColumns };
}
