/** What calendars and zones have to do with a plan: where bars end, what the schema says of them, and what they cannot do. */
import { createCalendar, type Calendar } from '../base/calendars/calendar.ts';
import { ZONE_TIMES } from '../base/calendars/zone.ts';
import { fail } from '../base/errors.ts';
import { formatTime, MICROS_PER_DAY } from '../base/time.ts';
import { isNested, plainGrid, type Grid } from '../bars/grid.ts';
import { gridOf, type GridSettings } from '../bars/grid-section.ts';
import type { FeatureGraph } from '../features/contract/graph.ts';
import type { Instrument } from '../trades/instrument.ts';
import type { ClockSource } from './clock-source.ts';
import type { ChainConfig } from './section.ts';

type Calendars = ReadonlyMap<string, Calendar>;

/** The calendars of a configuration, by name. */
export function planCalendars({ calendars }: ChainConfig): Calendars {
  return new Map(Object.entries(calendars).map(([name, calendar]) => [name, createCalendar(name, calendar)]));
}

export { gridOf as planGrid } from '../bars/grid-section.ts';

/** What `anchor` says: a grid, or none. */
export function planAnchor(
  anchor: 'none' | 'day' | 'week' | GridSettings,
  where: string,
  calendars: Calendars,
): Grid | undefined {
  if (anchor === 'none') return undefined;
  return gridOf(typeof anchor === 'string' ? { every: `1${anchor}` } : anchor, where, calendars);
}

const DAYS = plainGrid(MICROS_PER_DAY).text;

/** An anchor as the schema has it. */
export function anchorText(anchor: Grid | undefined): string {
  if (anchor === undefined) return 'none';
  return anchor.text === DAYS ? 'day' : anchor.text;
}

/** Refuses bars of bars by time over what is not in time, and such that would cut the bars that they are made of. */
export function requireNested(
  name: string,
  settings: GridSettings & { readonly from: string },
  grid: Grid,
  config: ChainConfig,
  calendars: Calendars,
): void {
  const { from } = settings;
  const parent = config.clocks[from];
  if ('bars' in parent && parent.bars === 'given') return;
  const ends: GridSettings = { every: undefined, ...parent };
  if (ends.every === undefined && ends.session === undefined)
    fail('config', `clocks.${name}.from`, 'a clock of time bars or given bars, as every is set', `'${from}'`);
  const inner = gridOf(ends, `clocks.${from}`, calendars);
  if (isNested(inner, grid)) return;
  const plain = inner.frame.of === undefined && inner.frame.origin === 0;
  const expected = plain ? `a multiple of ${ends.every}` : `boundaries that are boundaries of ${inner.text} too`;
  fail('config', `clocks.${name}.every`, `${expected}, as '${from}' has`, `'${settings.every ?? grid.text}'`);
}

interface PlannedClock {
  readonly source: ClockSource;
  readonly graph: FeatureGraph;
}

function gridsOf(source: ClockSource): readonly Grid[] {
  if ('grid' in source) return [source.grid];
  return 'anchor' in source && source.anchor !== undefined ? [source.anchor] : [];
}

/** What of the schema comes of calendars and zones: of those that are used. */
export function calendarLines(clocks: readonly PlannedClock[], calendars: Calendars): string[] {
  const lines = clocks.flatMap(({ source, graph }) => [
    ...gridsOf(source).flatMap((grid) => grid.lines),
    ...graph.nodes.flatMap(({ op }) => calendars.get(op.name)?.lines ?? []),
  ]);
  return [...new Set(lines)];
}

/** Refuses instruments whose times go beyond the table of zones, where one of it is used. */
export function requireTimes(
  instruments: readonly Instrument[],
  clocks: readonly PlannedClock[],
  calendars: Calendars,
): void {
  if (calendarLines(clocks, calendars).length === 0) return;
  for (const { name, times } of instruments) {
    if (times.from >= ZONE_TIMES.from && times.to <= ZONE_TIMES.to) continue;
    fail(
      'config',
      `instruments.${name}.times`,
      `times from ${formatTime(ZONE_TIMES.from)} to ${formatTime(ZONE_TIMES.to)}, which the table of time zones covers`,
      `${formatTime(times.from)} to ${formatTime(times.to)}`,
    );
  }
}
