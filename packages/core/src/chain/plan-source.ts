/** Where the bars of a clock come from, as its section says, and how the schema says it. */
import { fail } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { parseDelay, parseSpan } from '../base/time.ts';
import type { Calendar } from '../base/calendars/calendar.ts';
import { expectationRule } from '../bars/expectation.ts';
import type { Grid } from '../bars/grid.ts';
import { kinds } from '../bars/kinds.gen.ts';
import { thresholdRule, type BarKind } from '../bars/kind.ts';
import type { ClockConfig } from '../bars/section.ts';
import { SERIES_NAMES } from '../bars/series.ts';
import type { ClockSource } from './clock-source.ts';
import { anchorText, planAnchor, planGrid, requireNested } from './plan-calendars.ts';
import type { ChainConfig } from './section.ts';

type Calendars = ReadonlyMap<string, Calendar>;

/** A clock as the schema names it. */
interface NamedClock {
  readonly name: string;
}

/** Whether the bars of a clock come, in the end, from given ones. */
export function madeOfGiven(name: string, config: ChainConfig): boolean {
  const settings = config.clocks[name];
  if ('from' in settings) return madeOfGiven(settings.from, config);
  return 'bars' in settings && settings.bars === 'given';
}

/** The source of the clock `name`, one of `names`. @throws where its settings do not fit together */
export function planSource(
  name: string,
  config: ChainConfig,
  names: readonly string[],
  calendars: Calendars,
): ClockSource {
  const settings = config.clocks[name];
  if ('from' in settings) {
    const parent = names.indexOf(settings.from);
    // A parent stands before its children, so that clocks can be made in order and no circle can be written.
    if (parent < 0 || parent >= names.indexOf(name)) {
      fail(
        'config',
        `clocks.${name}.from`,
        'a clock defined before it',
        `'${settings.from}'${nearest(settings.from, names)}`,
      );
    }
    if ('series' in config.clocks[settings.from])
      fail('config', `clocks.${name}.from`, 'a clock of bars', `'${settings.from}', a series`);
    if (settings.every !== undefined || settings.session !== undefined) {
      const delay = madeOfGiven(name, config) ? 0 : delayOf(config);
      const grid = planGrid(settings, `clocks.${name}`, calendars);
      requireNested(name, settings, grid, config, calendars);
      return { type: 'resampled', parent, grid, carryEmpty: settings.empty !== 'skip', delay };
    }
    const by = settings.count !== undefined ? 'count' : settings.volume !== undefined ? 'volume' : 'dollarVolume';
    return { type: 'derived', parent, by, threshold: settings[by] as number, carry: settings.overshoot === 'carry' };
  }
  if ('series' in settings) return planSeries(name, settings);
  if (settings.bars === 'given') return { type: 'given' };
  if (settings.bars === 'time') {
    const time = settings as Extract<ClockConfig, { bars: 'time' }>;
    const grid = planGrid(time, `clocks.${name}`, calendars);
    return { type: 'interval', grid, carryEmpty: time.empty === 'carry', delay: delayOf(config) };
  }
  const rule = settings as RuleSettings;
  return planRule(rule, planAnchor(rule.anchor, `clocks.${name}.anchor`, calendars), delayOf(config));
}

/** How long after its event a bar of trades is known. */
function delayOf({ trades: { reorder } }: ChainConfig): number {
  return reorder === undefined ? 0 : parseSpan(reorder.within);
}

type RuleSettings = Extract<ClockConfig, { anchor: unknown }>;

type SeriesSettings = Extract<ClockConfig, { series: unknown }>;

function planSeries(name: string, settings: SeriesSettings): ClockSource {
  const { series: values, delay, latency, maxAge, older } = settings;
  const taken = values.find((value, i) => SERIES_NAMES.has(value) || values.indexOf(value) !== i);
  if (taken !== undefined)
    fail('config', `clocks.${name}.series`, 'names of their own, other than those of bars', `'${taken}'`);
  return {
    type: 'series',
    values,
    delay: delay === undefined ? NaN : parseDelay(delay),
    latency: parseDelay(latency),
    maxAge: maxAge === undefined ? Infinity : parseSpan(maxAge),
    keepsOlder: older === 'keep',
  };
}

function planRule(settings: RuleSettings, anchor: Grid | undefined, delay: number): ClockSource {
  const kind = (Object.values(kinds) as BarKind[]).find((k) => k.name === settings.bars);
  if ('threshold' in settings && kind?.closes === 'with') {
    const { threshold, overshoot } = settings;
    const rule = thresholdRule(kind, threshold, overshoot === 'carry');
    return { type: 'rule', rule, text: `${kind.name} ${threshold}, overshoot ${overshoot}`, anchor, delay };
  }
  if ('expectedTicks' in settings && kind?.closes === 'beyond expectation') {
    const { expectedTicks, ticksWindow, imbalanceWindow = expectedTicks } = settings;
    const { minTicks = Math.ceil(expectedTicks / 4), maxTicks = expectedTicks * 4 } = settings;
    const all = { expectedTicks, ticksWindow, imbalanceWindow, minTicks, maxTicks };
    const text = [kind.name, ...Object.entries(all).map(([name, value]) => `${name} ${value}`)].join(', ');
    return { type: 'rule', rule: expectationRule(kind, all), text, anchor, delay };
  }
  return fail('internal', 'clocks', 'a bar kind that fits its settings', `'${settings.bars}'`);
}

/** What a clock's bars are made of, in words. */
export function describeSource(source: ClockSource, clocks: readonly NamedClock[]): string {
  switch (source.type) {
    case 'rule':
      return `${source.text}, anchor ${anchorText(source.anchor)}`;
    case 'interval':
      return `time ${source.grid.text}, empty ${source.carryEmpty ? 'carry' : 'skip'}`;
    case 'given':
      return 'given';
    case 'series': {
      const { values, delay, latency, maxAge, keepsOlder } = source;
      const known = delay === delay ? `known ${delay} us after its time` : 'known at available_at';
      const until = maxAge === Infinity ? '' : `, not beyond an age of ${maxAge} us`;
      return `series ${values.join(', ')}, ${known}, latency ${latency} us${until}, older ${keepsOlder ? 'keep' : 'drop'}`;
    }
    case 'derived':
      return `from ${clocks[source.parent].name}, ${source.by} ${source.threshold}, overshoot ${source.carry ? 'carry' : 'reset'}`;
    case 'resampled':
      return `from ${clocks[source.parent].name}, every ${source.grid.text}, empty ${source.carryEmpty ? 'carry' : 'skip'}`;
  }
}
