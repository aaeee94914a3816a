/**
 * From a configuration to everything that is decided before the first trade: clocks in order, their feature graphs, the
 * columns of a row, the schema.
 */
import { fail } from '../base/errors.ts';
import { createSchema, type Schema } from '../base/schema.ts';
import { parseSpan } from '../base/time.ts';
import { BAR_COLUMNS, BAR_UNDEFINED } from '../bars/bar.ts';
import type { Calendar } from '../base/calendars/calendar.ts';
import { GIVEN_UNDEFINED } from '../bars/given.ts';
import { seriesColumns, undefinedInSeries } from '../bars/series.ts';
import { calendarOperator } from '../features/calendar-operator.ts';
import { withOperators } from '../features/catalogue.ts';
import { TOLERANCE } from '../features/contract/memory.ts';
import { buildGraph, type Catalogue, type FeatureGraph } from '../features/contract/graph.ts';
import { instrumentsOf, type Instrument } from '../trades/instrument.ts';
import { nearest } from '../base/nearest.ts';
import type { ClockSource } from './clock-source.ts';
import { featuresOf } from './feature-entries.ts';
import type { ChainConfig } from './section.ts';
import { calendarLines, planCalendars, requireTimes } from './plan-calendars.ts';
import { describeSource, madeOfGiven, planSource } from './plan-source.ts';
import { MOST_ROWS_WAITING, NO_INSTRUMENT, planLanes, type Lanes } from './lanes.ts';
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
  /** Index of its instrument; -1 of a series. */
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
  /** Features of rows, where there are any: their columns follow those of the clocks. */
  readonly rows?: RowsPlan;
  /** Names of the values of a row, in order. */
  readonly columns: readonly string[];
  /** What each of them is, as `clock: expression`. */
  readonly meanings: readonly string[];
  /** Identity: equal schemas give equal bits. */
  readonly schema: Schema;
}

/** Of what family every column of a row is: that of its operator, `bars` of what bars hold themselves, `age`. */
export function familiesOf({ clocks, rows }: Pick<Plan, 'clocks' | 'rows'>): ReadonlyMap<string, string> {
  const own = rows?.graph.features ?? [];
  return new Map([...joinedColumns(clocks), ...own].map(({ name, family }) => [name, family]));
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
  const lanes = planLanes(config, instruments);
  const cold = names.map((name, c) => ({
    ...planClock(name, config, names, { catalogue, calendars }),
    instrument: lanes.of[c],
  }));
  const rowGraph = planRows(config, cold, catalogue);
  const waiting = planWaiting([...cold, ...(rowGraph === undefined ? [] : [{ suffix: '', ...rowGraph }])], config);
  const clocks = cold.map((clock, c) => ({ ...clock, warmup: planWarmup(cold, c, waiting) }));
  const drive = config.drive === undefined ? 0 : names.indexOf(config.drive);
  if (clocks[drive]?.source.type === 'series')
    fail('config', 'drive', 'a clock of bars', `'${clocks[drive].name}', a series`);
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
  requireTimes(instruments, clocks, calendars);
  requireFewWaiting(clocks, drive, lanes);
  requireKnownInTime(clocks, drive, config);
  const planned = { config, instruments, lanes, clocks, drive, ...(rows && { rows }), columns, meanings };
  return { ...planned, schema: createSchema(schemaLines(planned, calendars)) };
}

function planClock(
  name: string,
  config: ChainConfig,
  names: readonly string[],
  { catalogue, calendars }: { readonly catalogue: Catalogue; readonly calendars: Calendars },
): Omit<ClockPlan, 'warmup' | 'instrument'> {
  const settings = config.clocks[name];
  const source = planSource(name, config, names, calendars);
  const isSeries = source.type === 'series';
  const barColumns = isSeries
    ? ['time', 'available_at', 'ordinal', ...source.values]
    : BAR_COLUMNS.filter((c) => c !== 'constituent_bar_count' || 'parent' in source);
  const usual = isSeries ? source.values : [{ preset: 'bars' }];
  const features = (config.features[name] ?? usual).flatMap((entry) => featuresOf(entry, name, source));
  const graph = buildGraph(features, isSeries ? seriesColumns(source.values) : BAR_COLUMNS, catalogue, {
    undefinedWhen: undefinedIn(name, source, config),
    tolerance: toleranceOf(config),
  });
  return { name, suffix: settings.suffix ?? `_${name}`, source, graph, barColumns };
}

/** Why columns of a clock can be NaN, for those that can. */
function undefinedIn(name: string, source: ClockSource, config: ChainConfig): ReadonlyMap<string, string> {
  if (source.type === 'series') return undefinedInSeries(source.values);
  return madeOfGiven(name, config) ? GIVEN_UNDEFINED : BAR_UNDEFINED;
}

type Calendars = ReadonlyMap<string, Calendar>;

function requireDistinct(columns: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of columns) {
    if (seen.has(name))
      fail('config', 'features', 'column names that differ (give clocks different suffixes)', `'${name}' twice`);
    seen.add(name);
  }
}

function schemaLines(
  { config, instruments, lanes, clocks, drive, rows, columns, meanings }: Omit<Plan, 'schema'>,
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
      const of = instruments.length > 1 && instrument !== NO_INSTRUMENT ? ` of ${instruments[instrument].name}` : '';
      return `clock ${name}${of}: ${describeSource(source, clocks)}`;
    }),
    `drive ${clocks[drive].name}`,
    ...columns.map((name, i) => `column ${name} float64 = ${meanings[i]}`),
    ...operatorLines([...clocks, ...(rows === undefined ? [] : [rows])]),
    ...calendarLines(clocks, calendars),
    ...readyLines(config, clocks, rows),
    // Last, because it follows from the rest: the first difference is to be the cause.
    `ready after bars: ${clocks.map(({ name, warmup }) => `${name} ${warmup.bars}`).join(', ')}`,
    ...(rows === undefined ? [] : [`and rows of these: ${rows.warmup.rows}`]),
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

/** Bars of trades that are put in order are known later than given bars: a row of these would hold what is not known yet. */
function requireKnownInTime(clocks: readonly ClockPlan[], drive: number, config: ChainConfig): void {
  const { name: driving, instrument } = clocks[drive];
  if (config.trades.reorder === undefined || !madeOfGiven(driving, config)) return;
  const late = clocks.find((one) => one.instrument === instrument && !madeOfGiven(one.name, config));
  if (late === undefined) return;
  const expected = `a clock of trades that drives, as its bars are known ${config.trades.reorder.within} late (trades: reorder)`;
  fail('config', 'drive', expected, `'${driving}', of given bars, beside '${late.name}'`);
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

/** The column that has the close of the driving clock, where it is among the features. */
export function closeColumn({ clocks, drive }: Pick<Plan, 'clocks' | 'drive'>): string {
  return `close${clocks[drive].suffix}`;
}
