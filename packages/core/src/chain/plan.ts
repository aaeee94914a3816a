/**
 * From a configuration to everything that is decided before the first trade: clocks in order, their feature graphs, the
 * columns of a row, the schema.
 */
import { fail } from '../base/errors.ts';
import { createSchema, type Schema } from '../base/schema.ts';
import { parseSpan } from '../base/time.ts';
import { BAR_COLUMNS, BAR_FEATURES, BAR_UNDEFINED } from '../bars/bar.ts';
import type { Calendar } from '../base/calendars/calendar.ts';
import { expectationRule } from '../bars/expectation.ts';
import { GIVEN_UNDEFINED } from '../bars/given.ts';
import type { Grid } from '../bars/grid.ts';
import { kinds } from '../bars/kinds.gen.ts';
import { thresholdRule, type BarKind } from '../bars/kind.ts';
import { calendarOperator } from '../features/calendar-operator.ts';
import { withOperators } from '../features/catalogue.ts';
import type { Feature } from '../features/contract/expression.ts';
import { TOLERANCE } from '../features/contract/memory.ts';
import { buildGraph, type Catalogue, type FeatureGraph } from '../features/contract/graph.ts';
import { groups } from '../features/groups.ts';
import { instrumentsOf, type Instrument } from '../trades/instrument.ts';
import { nearest } from '../base/nearest.ts';
import type { ClockSource } from './clock-source.ts';
import type { ClockConfig } from '../bars/section.ts';
import type { ChainConfig } from './section.ts';
import {
  anchorText,
  calendarLines,
  planAnchor,
  planCalendars,
  planGrid,
  requireNested,
  requireTimes,
} from './plan-calendars.ts';
import { MOST_ROWS_WAITING, planLanes, type Lanes } from './lanes.ts';
import { planWaiting, planWarmup, toleranceOf, type Warmup } from './warmup.ts';

/** Raised by a change of the bits that trades, bars or rows have; operators have versions of their own. */
const CHAIN_VERSION = 3;

/** One clock of the chain. */
export interface ClockPlan {
  /** As configured. */
  readonly name: string;
  /** Ends the names of its columns in a row. */
  readonly suffix: string;
  /** Index of its instrument. */
  readonly instrument: number;
  /** Where its bars come from. */
  readonly source: ClockSource;
  /** Its features, each computed once. */
  readonly graph: FeatureGraph;
  /** Bar columns that this clock has, for files of bars. */
  readonly barColumns: readonly string[];
  /** Bars it needs before a row is ready. */
  readonly warmup: Warmup;
}

/** Everything that a configuration decides before the first trade. */
export interface Plan {
  /** The configuration, with every default filled in. */
  readonly config: ChainConfig;
  /** What is traded, everything settled. Beside the schema, but for the names where there are several: a hundred instruments share one. */
  readonly instruments: readonly [Instrument, ...Instrument[]];
  /** What is agreed between them. */
  readonly lanes: Lanes;
  /** In the order of their columns. */
  readonly clocks: readonly ClockPlan[];
  /** Index of the clock whose bars emit rows. */
  readonly drive: number;
  /** Names of the values of a row, in order. */
  readonly columns: readonly string[];
  /** What each of them is, as `clock: expression`. */
  readonly meanings: readonly string[];
  /** Identity: equal schemas give equal bits. */
  readonly schema: Schema;
}

/**
 * Plans the chain of a checked configuration.
 * @throws MinotaurError where clocks, features or names do not fit together
 */
export function createPlan(config: ChainConfig): Plan {
  const instruments = instrumentsOf(config);
  const calendars = planCalendars(config);
  const catalogue = withOperators([...config.operators, ...[...calendars.values()].map(calendarOperator)]);
  const names = Object.keys(config.clocks);
  if (names.length === 0) fail('config', 'clocks', 'at least one clock', 'none');
  for (const name of Object.keys(config.features)) {
    if (!names.includes(name))
      fail('config', `features.${name}`, `a clock (${names.join(', ')})`, `'${name}'${nearest(name, names)}`);
  }
  const lanes = planLanes(config, instruments);
  const cold = names.map((name, c) => ({
    ...planClock(name, config, names, { catalogue, calendars }),
    instrument: lanes.of[c],
  }));
  const waiting = planWaiting(cold, config);
  const clocks = cold.map((clock, c) => ({ ...clock, warmup: planWarmup(cold, c, waiting) }));
  const drive = config.drive === undefined ? 0 : names.indexOf(config.drive);
  if (drive < 0)
    fail('config', 'drive', `a clock (${names.join(', ')})`, `'${config.drive}'${nearest(config.drive ?? '', names)}`);
  const columns = clocks.flatMap((clock) => [
    ...clock.graph.features.map((f) => f.name + clock.suffix),
    `age${clock.suffix}`,
  ]);
  const meanings = clocks.flatMap(({ name, graph }) => [
    ...graph.features.map((f) => `${name}: ${graph.columns[f.column].text}`),
    `${name}: seconds since available_at`,
  ]);
  requireDistinct(columns);
  requireTimes(instruments, clocks, calendars);
  requireFewWaiting(clocks, drive, lanes);
  const schema = createSchema(schemaLines({ config, instruments, lanes, clocks, drive, columns, meanings }, calendars));
  return { config, instruments, lanes, clocks, drive, columns, meanings, schema };
}

function planClock(
  name: string,
  config: ChainConfig,
  names: readonly string[],
  { catalogue, calendars }: { readonly catalogue: Catalogue; readonly calendars: Calendars },
): Omit<ClockPlan, 'warmup' | 'instrument'> {
  const settings = config.clocks[name];
  const source = planSource(name, config, names, calendars);
  const barColumns = BAR_COLUMNS.filter((c) => c !== 'constituent_bar_count' || 'parent' in source);
  const features = (config.features[name] ?? [{ preset: 'bars' }]).flatMap((entry) => featuresOf(entry, source, name));
  const graph = buildGraph(features, BAR_COLUMNS, catalogue, {
    undefinedWhen: madeOfGiven(name, config) ? GIVEN_UNDEFINED : BAR_UNDEFINED,
    tolerance: toleranceOf(config),
  });
  return { name, suffix: settings.suffix ?? `_${name}`, source, graph, barColumns };
}

/** Whether the bars of a clock come, in the end, from given ones. */
function madeOfGiven(name: string, config: ChainConfig): boolean {
  const settings = config.clocks[name];
  return 'from' in settings ? madeOfGiven(settings.from, config) : settings.bars === 'given';
}

function featuresOf(
  entry: string | { preset: string } | Feature,
  source: ClockSource,
  clock: string,
): readonly (string | Feature)[] {
  if (typeof entry === 'string' || !('preset' in entry)) return [entry];
  const group = groups[entry.preset];
  if (group === undefined) {
    const known = Object.keys(groups);
    fail(
      'config',
      `features.${clock}`,
      `a preset (${known.join(', ')})`,
      `'${entry.preset}'${nearest(entry.preset, known)}`,
    );
  }
  return entry.preset === 'bars' && 'parent' in source ? BAR_FEATURES : group;
}

type Calendars = ReadonlyMap<string, Calendar>;

function planSource(name: string, config: ChainConfig, names: readonly string[], calendars: Calendars): ClockSource {
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
    if (settings.every !== undefined || settings.session !== undefined) {
      const delay = madeOfGiven(name, config) ? 0 : delayOf(config);
      const grid = planGrid(settings, `clocks.${name}`, calendars);
      requireNested(name, settings, grid, config, calendars);
      return { type: 'resampled', parent, grid, carryEmpty: settings.empty !== 'skip', delay };
    }
    const by = settings.count !== undefined ? 'count' : settings.volume !== undefined ? 'volume' : 'dollarVolume';
    return { type: 'derived', parent, by, threshold: settings[by] as number, carry: settings.overshoot === 'carry' };
  }
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

function requireDistinct(columns: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of columns) {
    if (seen.has(name))
      fail('config', 'features', 'column names that differ (give clocks different suffixes)', `'${name}' twice`);
    seen.add(name);
  }
}

function schemaLines(
  { config, instruments, lanes, clocks, drive, columns, meanings }: Omit<Plan, 'schema'>,
  calendars: Calendars,
): string[] {
  const { duplicates, disorder, invalid, times, side, reorder } = config.trades;
  return [
    `minotaur chain ${CHAIN_VERSION}`,
    `trades: duplicates ${duplicates}, disorder ${disorder}, invalid ${invalid}, times ${times}, side ${side}`,
    ...(reorder === undefined ? [] : [`reorder: within ${parseSpan(reorder.within)} us`]),
    ...(clocks.some(({ source }) => source.type === 'given') ? [`bars: invalid ${config.bars.invalid}`] : []),
    ...instrumentLines(instruments, lanes, clocks[drive].instrument),
    ...clocks.map(({ name, source, instrument }) => {
      const of = instruments.length > 1 ? ` of ${instruments[instrument].name}` : '';
      return `clock ${name}${of}: ${describeSource(source, clocks)}`;
    }),
    `drive ${clocks[drive].name}`,
    ...columns.map((name, i) => `column ${name} float64 = ${meanings[i]}`),
    ...operatorLines(clocks),
    ...calendarLines(clocks, calendars),
    ...readyLines(config, clocks),
    // Last, because it follows from the rest: the first difference is to be the cause.
    `ready after bars: ${clocks.map(({ name, warmup }) => `${name} ${warmup.bars}`).join(', ')}`,
  ];
}

/** Instruments stand beside the schema, but where there are several their names are what tells columns apart. */
function instrumentLines(instruments: readonly Instrument[], { latency }: Lanes, own: number): string[] {
  if (instruments.length === 1) return [];
  return instruments.map(({ name }, i) => `instrument ${name}${i === own ? '' : `: latency ${latency[i]} us`}`);
}

/** Rows wait for as long as one feed may be ahead of another; there are to be few of them. */
function requireFewWaiting(clocks: readonly ClockPlan[], drive: number, { latency, skew }: Lanes): void {
  const { source, name } = clocks[drive];
  if (latency.length === 1 || !('grid' in source) || skew / source.grid.every <= MOST_ROWS_WAITING) return;
  const most = `at most ${MOST_ROWS_WAITING} bars of '${name}', ${source.grid.every * MOST_ROWS_WAITING} us`;
  fail('config', 'skew', most, `${skew} us`);
}

function operatorLines(clocks: readonly ClockPlan[]): string[] {
  const used = new Set(
    clocks.flatMap(({ graph }) => graph.nodes.map(({ op }) => `operator ${op.name} version ${op.version}`)),
  );
  return [...used].sort();
}

/** What the user says of when a row is ready; nothing where that is the usual. */
function readyLines(config: ChainConfig, clocks: readonly ClockPlan[]): string[] {
  const tolerance = toleranceOf(config);
  const ignored = clocks.flatMap(({ suffix, warmup }) => warmup.ignored.map((name) => name + suffix));
  if (tolerance === TOLERANCE && ignored.length === 0) return [];
  return [`ready: tolerance ${tolerance}, ignore ${ignored.length === 0 ? 'none' : ignored.join(', ')}`];
}

/** What a clock's bars are made of, in words. */
export function describeSource(source: ClockSource, clocks: readonly ClockPlan[]): string {
  switch (source.type) {
    case 'rule':
      return `${source.text}, anchor ${anchorText(source.anchor)}`;
    case 'interval':
      return `time ${source.grid.text}, empty ${source.carryEmpty ? 'carry' : 'skip'}`;
    case 'given':
      return 'given';
    case 'derived':
      return `from ${clocks[source.parent].name}, ${source.by} ${source.threshold}, overshoot ${source.carry ? 'carry' : 'reset'}`;
    case 'resampled':
      return `from ${clocks[source.parent].name}, every ${source.grid.text}, empty ${source.carryEmpty ? 'carry' : 'skip'}`;
  }
}
