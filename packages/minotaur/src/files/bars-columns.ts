/** Which column of a file of bars is which of a bar's, where the configuration says it: by their names, or by their places. */
import { fail } from 'minotaur-core/internal/base/errors';
import { columnAt } from './csv/column-at.ts';
import type { WantedColumn } from './wanted-column.ts';

/** Columns of bars that are not called as they are wanted: the name of each in the file, or its place from 1 on. Others are found by name. */
export interface BarColumnMapping {
  /** The one time of a bar, see `barTime`; the time of day where `date` is another column. */
  readonly time?: string | number | undefined;
  /** Its day, where that is a column of its own; without `time`, of bars of whole days. */
  readonly date?: string | number | undefined;
  /** When it opened. */
  readonly openTime?: string | number | undefined;
  /** When it closed. */
  readonly closeTime?: string | number | undefined;
  /** When it became known. */
  readonly availableAt?: string | number | undefined;
  /** The first price. */
  readonly open?: string | number | undefined;
  /** The highest price. */
  readonly high?: string | number | undefined;
  /** The lowest price. */
  readonly low?: string | number | undefined;
  /** The last price. */
  readonly close?: string | number | undefined;
  /** Base units. */
  readonly volume?: string | number | undefined;
  /** Quote units. */
  readonly dollarVolume?: string | number | undefined;
  /** Trades in it. */
  readonly numTicks?: string | number | undefined;
  /** Base units that takers bought. */
  readonly takerBuyVolume?: string | number | undefined;
}

/** Our name of each, but for `date`, which is part of the time. */
const OURS: Readonly<Record<Exclude<keyof BarColumnMapping, 'date'>, string>> = {
  time: 'time',
  openTime: 'open_time',
  closeTime: 'close_time',
  availableAt: 'available_at',
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  volume: 'volume',
  dollarVolume: 'dollar_volume',
  numTicks: 'num_ticks',
  takerBuyVolume: 'taker_buy_volume',
};

/** The columns that are declared. @throws where there is no such column, or a day has two times */
export function declaredColumns(
  { date, ...columns }: BarColumnMapping,
  names: readonly string[],
  where: string,
): WantedColumn[] {
  const at = (column: string | number | undefined, key: string): number =>
    columnAt(column, names, `barColumns.${key}`, where);
  const wanted = Object.entries(columns).flatMap(([key, column]): WantedColumn[] =>
    column === undefined ? [] : [[OURS[key as keyof typeof OURS], at(column, key)]],
  );
  if (date === undefined) return wanted;
  if (columns.openTime !== undefined || columns.closeTime !== undefined)
    fail('config', 'input.barColumns', '`date` beside `time`, or alone', '`date` beside openTime or closeTime');
  const day = at(date, 'date');
  const time = columns.time === undefined ? day : at(columns.time, 'time');
  return [...wanted.filter(([name]) => name !== 'time'), ['time', time, day]];
}

/** Whether a file without a header can be read by the places that are declared. @throws where there are names among them, which such a file has not */
export function areDeclared(columns: BarColumnMapping | undefined, cells: readonly string[], where: string): boolean {
  const places = Object.values(columns ?? {});
  if (places.some((column) => typeof column === 'string')) {
    const expected =
      'a header row with the names in `barColumns` of the configuration, or their places (1, 2, ...) there';
    fail('input', where, expected, `the values ${cells.join(', ')}`);
  }
  return places.length > 0;
}
