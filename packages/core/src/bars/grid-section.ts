/** What of a clock says where its bars end by time, as a person writes it; and the grid that it comes to. */
import * as z from 'zod';
import type { Calendar } from '../base/calendars/calendar.ts';
import { zoneOf } from '../base/calendars/zone.ts';
import { fail } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { span } from '../base/span-section.ts';
import { FIRST_MONDAY, isWeeks, MICROS_PER_DAY, parseSpan } from '../base/time.ts';
import { plainGrid, sessionGrid, zonedGrid, type Grid } from './grid.ts';

/** The keys of a clock whose bars end by time. */
export const gridKeys = {
  every: span
    .optional()
    .describe('Length of a bar: 30s, 1min, 15min, 4hour, 1day, counted from the epoch; 1week, from Monday on'),
  offset: span.optional().describe('How much later than that intervals begin: 17hour'),
  zone: z.string().optional().describe('Days and weeks of local time of this zone: America/New_York'),
  session: z.string().optional().describe('A calendar: bars end where its sessions open and close'),
};

/** What {@link gridKeys} say. */
export interface GridSettings {
  readonly every?: string | undefined;
  readonly offset?: string | undefined;
  readonly zone?: string | undefined;
  readonly session?: string | undefined;
}

/** What is wrong with them together. */
export const gridErrors = {
  without: 'expected every, or session',
  beside: 'expected offset and zone beside every alone, without session',
} as const;

/** Whether keys of which one says when are there. */
export const hasGrid = ({ every, session }: GridSettings): boolean => every !== undefined || session !== undefined;
/** Whether those that say more stand beside one that they say it of. */
export const isGrid = ({ every, offset, zone, session }: GridSettings): boolean =>
  (offset === undefined && zone === undefined) || (every !== undefined && session === undefined);

export const anchorSection = z
  .union([
    z.enum(['none', 'day', 'week']),
    z
      .strictObject(gridKeys)
      .refine(hasGrid, { error: gridErrors.without })
      .refine(isGrid, { error: gridErrors.beside }),
  ])
  .default('none')
  .describe(
    'Where the open bar is closed, marked partial: day: midnight UTC; week: Monday; or { every, offset, zone }, or { session }',
  );

/**
 * The grid of settings that have been checked, of a clock `where`.
 * @throws {MinotaurError} where they do not fit together
 */
export function gridOf(
  { every: length, offset: later, zone: local, session: name }: GridSettings,
  where: string,
  calendars: ReadonlyMap<string, Calendar>,
): Grid {
  const micros = length === undefined ? undefined : parseSpan(length);
  if (name !== undefined) {
    const names = [...calendars.keys()];
    const calendar = calendars.get(name);
    if (calendar === undefined)
      fail(
        'config',
        `${where}.session`,
        `a calendar (${names.join(', ') || 'none'})`,
        `'${name}'${nearest(name, names)}`,
      );
    return sessionGrid(calendar, micros);
  }
  if (micros === undefined) return fail('internal', where, 'every or session', 'neither');
  const shift = later === undefined ? 0 : parseSpan(later);
  if (shift >= micros) fail('config', `${where}.offset`, `less than ${length}`, `'${later}'`);
  const origin = shift + (isWeeks(length as string) ? FIRST_MONDAY : 0);
  if (local === undefined) return plainGrid(micros, origin);
  if (micros % MICROS_PER_DAY !== 0)
    fail('config', `${where}.zone`, 'none, or bars of whole days or weeks', `every '${length}'`);
  return zonedGrid(zoneOf(local, `${where}.zone`), micros, origin);
}
