/**
 * From a configuration to everything that is decided before the first trade: clocks in order, their feature graphs, the
 * columns of a row, the schema.
 */
import { fail } from '../base/errors.ts';
import { createSchema, type Schema } from '../base/schema.ts';
import { parseSpan } from '../base/time.ts';
import { BAR_COLUMNS, BAR_UNDEFINED } from '../bars/bar.ts';
import { expectationRule } from '../bars/expectation.ts';
import { GIVEN_UNDEFINED } from '../bars/given.ts';
import { kinds } from '../bars/kinds.gen.ts';
import { thresholdRule, type BarKind } from '../bars/kind.ts';
import { withOperators } from '../features/catalogue.ts';
import { TOLERANCE } from '../features/contract/memory.ts';
import { buildGraph, type Catalogue, type FeatureGraph } from '../features/contract/graph.ts';
import { instrumentsOf, type Instrument } from '../trades/instrument.ts';
import { nearest } from '../base/nearest.ts';
import type { ClockSource } from './clock-source.ts';
import { featuresOf } from './feature-entries.ts';
import type { ClockConfig } from '../bars/section.ts';
import type { ChainConfig } from './section.ts';
import { joinedColumns, planRows, ROWS, type RowsPlan } from './row-plan.ts';
import { ignoredColumns, planWaiting, planWarmup, rowsNeeded, toleranceOf, type Warmup } from './warmup.ts';

/** Raised by a change of the bits that trades, bars or rows have; operators have versions of their own. */
const CHAIN_VERSION = 3;

/** One clock of the chain. */
export interface ClockPlan {
  /** As configured. */
  readonly name: string;
  /** Ends the names of its columns in a row. */
  readonly suffix: string;
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
  /** What is traded, everything settled. Beside the schema: a hundred instruments share one. */
  readonly instruments: readonly [Instrument];
  /** In the order of their columns. */
  readonly clocks: readonly ClockPlan[];
  /** Index of the clock whose bars emit rows. */
  readonly drive: number;
  /** Features of rows, where there are any: their columns follow those of the clocks. */
  readonly rows?: RowsPlan;
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
  const catalogue = withOperators(config.operators);
  const names = Object.keys(config.clocks);
  if (names.length === 0) fail('config', 'clocks', 'at least one clock', 'none');
  if (names.includes(ROWS))
    fail(
      'config',
      `clocks.${ROWS}`,
      `a clock of another name: features of ${ROWS} are those of the joined row`,
      `'${ROWS}'`,
    );
  for (const name of Object.keys(config.features)) {
    if (name !== ROWS && !names.includes(name))
      fail('config', `features.${name}`, `a clock (${names.join(', ')})`, `'${name}'${nearest(name, names)}`);
  }
  const cold = names.map((name) => planClock(name, config, names, catalogue));
  const rowGraph = planRows(config, cold, catalogue);
  const waiting = planWaiting([...cold, ...(rowGraph === undefined ? [] : [{ suffix: '', ...rowGraph }])], config);
  const clocks = cold.map((clock, c) => ({ ...clock, warmup: planWarmup(cold, c, waiting) }));
  const drive = config.drive === undefined ? 0 : names.indexOf(config.drive);
  if (drive < 0)
    fail('config', 'drive', `a clock (${names.join(', ')})`, `'${config.drive}'${nearest(config.drive ?? '', names)}`);
  const rows = rowGraph && { ...rowGraph, warmup: rowsNeeded({ suffix: '', ...rowGraph }, waiting.ignore) };
  const columns = [
    ...joinedColumns(clocks).map(({ name }) => name),
    ...(rows?.graph.features ?? []).map((f) => f.name),
  ];
  const meanings = [
    ...clocks.flatMap(({ name, graph }) => [
      ...graph.features.map((f) => `${name}: ${graph.columns[f.column].text}`),
      `${name}: seconds since available_at`,
    ]),
    ...(rows?.graph.features ?? []).map((f) => `${ROWS}: ${rows?.graph.columns[f.column].text}`),
  ];
  requireDistinct(columns);
  const planned = { config, instruments, clocks, drive, ...(rows && { rows }), columns, meanings };
  return { ...planned, schema: createSchema(schemaLines(planned)) };
}

function planClock(
  name: string,
  config: ChainConfig,
  names: readonly string[],
  catalogue: Catalogue,
): Omit<ClockPlan, 'warmup'> {
  const settings = config.clocks[name];
  const source = planSource(name, config, names);
  const barColumns = BAR_COLUMNS.filter((c) => c !== 'constituent_bar_count' || 'parent' in source);
  const features = (config.features[name] ?? [{ preset: 'bars' }]).flatMap((entry) => featuresOf(entry, name, source));
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

function planSource(name: string, config: ChainConfig, names: readonly string[]): ClockSource {
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
    if (settings.every !== undefined) {
      const delay = madeOfGiven(name, config) ? 0 : delayOf(config);
      return { ...planResampled(name, settings, parent, config.clocks[settings.from]), delay };
    }
    const by = settings.count !== undefined ? 'count' : settings.volume !== undefined ? 'volume' : 'dollarVolume';
    return { type: 'derived', parent, by, threshold: settings[by] as number, carry: settings.overshoot === 'carry' };
  }
  if (settings.bars === 'given') return { type: 'given' };
  if (settings.bars === 'time') {
    const { every, empty } = settings as Extract<ClockConfig, { every: string }>;
    return { type: 'interval', every: parseSpan(every), carryEmpty: empty === 'carry', delay: delayOf(config) };
  }
  return planRule(settings as RuleSettings, delayOf(config));
}

type DerivedSettings = Extract<ClockConfig, { from: string }>;

/** How long after its event a bar of trades is known. */
function delayOf({ trades: { reorder } }: ChainConfig): number {
  return reorder === undefined ? 0 : parseSpan(reorder.within);
}

function planResampled(
  name: string,
  settings: DerivedSettings,
  parent: number,
  of: ClockConfig,
): Omit<Extract<ClockSource, { type: 'resampled' }>, 'delay'> {
  const every = parseSpan(settings.every as string);
  const parts = 'every' in of && of.every !== undefined ? of.every : undefined;
  if (parts === undefined && !('bars' in of && of.bars === 'given')) {
    fail('config', `clocks.${name}.from`, 'a clock of time bars or given bars, as every is set', `'${settings.from}'`);
  }
  if (parts !== undefined && every % parseSpan(parts) !== 0) {
    fail('config', `clocks.${name}.every`, `a multiple of ${parts}, as '${settings.from}' has`, `'${settings.every}'`);
  }
  return { type: 'resampled', parent, every, carryEmpty: settings.empty !== 'skip' };
}

type RuleSettings = Extract<ClockConfig, { anchor: string }>;

function planRule(settings: RuleSettings, delay: number): ClockSource {
  const kind = (Object.values(kinds) as BarKind[]).find((k) => k.name === settings.bars);
  const anchorDay = settings.anchor === 'day';
  if ('threshold' in settings && kind?.closes === 'with') {
    const { threshold, overshoot } = settings;
    const rule = thresholdRule(kind, threshold, overshoot === 'carry');
    return { type: 'rule', rule, text: `${kind.name} ${threshold}, overshoot ${overshoot}`, anchorDay, delay };
  }
  if ('expectedTicks' in settings && kind?.closes === 'beyond expectation') {
    const { expectedTicks, ticksWindow, imbalanceWindow = expectedTicks } = settings;
    const { minTicks = Math.ceil(expectedTicks / 4), maxTicks = expectedTicks * 4 } = settings;
    const all = { expectedTicks, ticksWindow, imbalanceWindow, minTicks, maxTicks };
    const text = [kind.name, ...Object.entries(all).map(([name, value]) => `${name} ${value}`)].join(', ');
    return { type: 'rule', rule: expectationRule(kind, all), text, anchorDay, delay };
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

function schemaLines({ config, clocks, drive, rows, columns, meanings }: Omit<Plan, 'schema'>): string[] {
  const { duplicates, disorder, invalid, times, side, reorder } = config.trades;
  return [
    `minotaur chain ${CHAIN_VERSION}`,
    `trades: duplicates ${duplicates}, disorder ${disorder}, invalid ${invalid}, times ${times}, side ${side}`,
    ...(reorder === undefined ? [] : [`reorder: within ${parseSpan(reorder.within)} us`]),
    ...(clocks.some(({ source }) => source.type === 'given') ? [`bars: invalid ${config.bars.invalid}`] : []),
    ...clocks.map(({ name, source }) => `clock ${name}: ${describeSource(source, clocks)}`),
    `drive ${clocks[drive].name}`,
    ...columns.map((name, i) => `column ${name} float64 = ${meanings[i]}`),
    ...operatorLines([...clocks, ...(rows === undefined ? [] : [rows])]),
    ...readyLines(config, clocks, rows),
    // Last, because it follows from the rest: the first difference is to be the cause.
    `ready after bars: ${clocks.map(({ name, warmup }) => `${name} ${warmup.bars}`).join(', ')}`,
    ...(rows === undefined ? [] : [`and rows of these: ${rows.warmup.rows}`]),
  ];
}

function operatorLines(graphs: readonly Pick<ClockPlan, 'graph'>[]): string[] {
  const used = new Set(
    graphs.flatMap(({ graph }) => graph.nodes.map(({ op }) => `operator ${op.name} version ${op.version}`)),
  );
  return [...used].sort();
}

/** What the user says of when a row is ready; nothing where that is the usual. */
function readyLines(config: ChainConfig, clocks: readonly ClockPlan[], rows: RowsPlan | undefined): string[] {
  const tolerance = toleranceOf(config);
  const ignored = ignoredColumns({ clocks, rows });
  if (tolerance === TOLERANCE && ignored.length === 0) return [];
  return [`ready: tolerance ${tolerance}, ignore ${ignored.length === 0 ? 'none' : ignored.join(', ')}`];
}

/** What a clock's bars are made of, in words. */
export function describeSource(source: ClockSource, clocks: readonly ClockPlan[]): string {
  switch (source.type) {
    case 'rule':
      return `${source.text}, anchor ${source.anchorDay ? 'day' : 'none'}`;
    case 'interval':
      return `time ${source.every} us, empty ${source.carryEmpty ? 'carry' : 'skip'}`;
    case 'given':
      return 'given';
    case 'derived':
      return `from ${clocks[source.parent].name}, ${source.by} ${source.threshold}, overshoot ${source.carry ? 'carry' : 'reset'}`;
    case 'resampled':
      return `from ${clocks[source.parent].name}, every ${source.every} us, empty ${source.carryEmpty ? 'carry' : 'skip'}`;
  }
}
