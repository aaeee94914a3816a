/** `label`: labels for the rows that `build` wrote. */
import { flag, optionsOf, requireKind, share, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { count } from 'minotaur-core/internal/base/figures';
import { createLabeller, horizonRows, type LabelCounts } from 'minotaur-core/internal/labels/labels';
import type { LabelRows, Labeller } from 'minotaur-core/internal/labels/labels';
import type { LabelConfig } from 'minotaur-core/internal/labels/section';
import { closeColumn } from 'minotaur-core/internal/chain/plan';
import { requireSameMarket, type Instrument } from 'minotaur-core/internal/trades/instrument';
import type { Config } from 'minotaur-core/internal/config/config';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { fileLists } from '../chain/run-files.ts';
import { expandPaths } from '../../files/paths.ts';
import { resolveConfig, type ConfigArgument, type LoadedConfig, configArgument } from '../../files/config-file.ts';
import { peakRssBytes } from '../../node/resources.ts';
import { requireOwnPlace } from '../../store/own-place.ts';
import { writeLabels } from '../../store/labels.ts';
import {
  bySymbol,
  instrumentFile,
  openPool,
  requireOutputName,
  type RowsArgument,
  rowsArgument,
} from '../../store/pool.ts';
import { readRowColumns, type PlannedRows } from '../../store/rows.ts';
import { dataFiles, filesOfDrive } from '../chain/data-files.ts';
import { settleInstruments } from '../chain/settle.ts';
import { createAgreement } from './agreement.ts';
import { createBarAgreement } from './bar-agreement.ts';
import { beginRun, createCourse, secondsSince, type RunOptions, RUN } from '../course/options.ts';
import { divideFiles, type FilesOfInstruments, type FilesOfOne } from './label-files.ts';
import { labelBars, labelTrades, requireCoverage } from './label-feed.ts';

/** What `label` takes. */
export interface LabelOptions extends RunOptions {
  /** Directory that build wrote; of several instruments one each, whatever their order. */
  readonly rows: RowsArgument;
  /** Files of trades and globs: those of the build, and later ones to resolve its last rows. These or `bars`; without either, those of the configuration. */
  readonly trades?: FilesOfInstruments | undefined;
  /** Files of bars. */
  readonly bars?: FilesOfInstruments | undefined;
  /** What the trades are of, where the rows are of one instrument; where absent, what the rows are of. */
  readonly instrument?: string | undefined;
  /** Takes files of trades in spite of evidence that they are of another instrument; they have to agree with the rows all the same. */
  readonly accept?: boolean | undefined;
  /** The least share of the trades that has to be used, 0.99 where absent. */
  readonly minUsed?: number | undefined;
  /** Of the build, with the section `label`. */
  readonly config: ConfigArgument;
  /** The labels, .parquet; of several instruments a directory for a file of each. */
  readonly out: string;
}

const LABEL = optionsOf<LabelOptions>(
  { rows: rowsArgument, config: configArgument, out: textual },
  { ...RUN, trades: fileLists, bars: fileLists, instrument: textual, accept: flag, minUsed: share },
);

/** What `label` did. */
export interface LabelReport {
  /** The labels. */
  readonly out: string;
  /** Of the chain. */
  readonly schemaId: string;
  /** What the rows were labelled with. */
  readonly label: LabelConfig;
  /** What was traded. */
  readonly instruments: readonly Instrument[];
  /** Rows by what became of them. */
  readonly counts: LabelCounts;
  /** The same of each instrument. */
  readonly symbols: Readonly<Record<string, LabelCounts>>;
  /** Trades or bars used; 0 for a horizon in rows, which needs none. */
  readonly events: number;
  /** Which of them. */
  readonly eventUnit: 'trades' | 'bars';
  /** That it took. */
  readonly seconds: number;
  /** The most memory that the process ever held. */
  readonly peakRssBytes: number;
}

/** Labels of one instrument, as they lie in their file. */
interface MadeLabels {
  readonly counts: LabelCounts;
  readonly events: number;
}

/**
 * Labels rows by what the trades after them did: those of each instrument by its own trades.
 * @throws {MinotaurError} where the rows are of another chain, the trades do not reach over them, or none gets a label
 */
export async function label(options: LabelOptions): Promise<LabelReport> {
  requireKind('label', LABEL, options);
  const started = beginRun(options);
  const { out } = options;
  requireOutputName(out, options.rows);
  const loaded = await resolveConfig(options.config);
  const { config } = loaded;
  const { parts, instruments } = await openPool(options.rows, config);
  const several = parts.length > 1;
  const files = divideFiles(several ? options : { ...options, ...filesOfOne(options, loaded, parts[0].plan) }, parts);
  const made: MadeLabels[] = [];
  for (const [k, part] of parts.entries()) {
    const path = several ? instrumentFile(out, part.symbol) : out;
    const named = [files[k].trades, files[k].bars].map((patterns) => (patterns?.length ? expandPaths(patterns) : []));
    requireOwnPlace(path, [options.rows, ...named], options.config);
    made.push(await labelPart({ ...options, ...files[k] }, config, part, path));
  }
  return {
    out,
    schemaId: parts[0].plan.schema.id,
    label: config.label,
    instruments,
    counts: sumOf(made.map(({ counts }) => counts)),
    symbols: bySymbol(parts, (_, k) => made[k].counts),
    events: made.reduce((total, { events }) => total + events, 0),
    eventUnit: files.every(({ bars }) => bars === undefined) ? 'trades' : 'bars',
    seconds: secondsSince(started),
    peakRssBytes: peakRssBytes(),
  };
}

/** For the rows of one chain, where no files are handed over: what the configuration says of the instrument that drives. */
function filesOfOne(
  { trades, bars }: LabelOptions,
  loaded: LoadedConfig,
  plan: Plan,
): Pick<LabelOptions, 'trades' | 'bars'> {
  if (trades !== undefined || bars !== undefined) return { trades, bars };
  const files = dataFiles({}, loaded);
  return { trades: filesOfDrive(files.trades, plan), bars: filesOfDrive(files.bars, plan) };
}

/** Labels the rows of one instrument. */
async function labelPart(options: PartOptions, config: Config, rows: PlannedRows, out: string): Promise<MadeLabels> {
  const columns = await readLabelColumns(rows, config.label);
  const { time } = columns;
  const labeller = createLabeller(config.label, columns);
  const events =
    horizonRows(config.label) === undefined ? await feedLabels(options, config, rows, labeller, columns) : 0;
  const labels = labeller.finish();
  if (labels.counts.labelled === 0)
    fail('input', rows.file, whatIsMissing(rows, labels.counts), describeLabelCounts(labels.counts).join('; '));
  const { schema, instruments } = rows.plan;
  writeLabels(out, time, labels, { schemaId: schema.id, label: config.label, instruments });
  return { counts: labels.counts, events };
}

/** What was to be expected where no row got a label, and what would mend it. */
function whatIsMissing({ manifest: { warmup } }: PlannedRows, { rows, unready }: LabelCounts): string {
  const cold = warmup.clocks.filter(({ trades }) => trades === null);
  if (unready < rows || cold.length === 0) return 'a row that gets a label';
  const needs = cold.map(
    ({ clock, bars, because }) => `${clock} ${bars} bars${because === null ? '' : ` for ${because}`}`,
  );
  return `a row that is ready, so that it gets a label (${needs.join(', ')}): more history, a coarser ready.tolerance, or slow columns in ready.ignore`;
}

/** What labels of one instrument are made from. */
type PartOptions = Omit<LabelOptions, 'rows' | 'trades' | 'bars' | 'instrument' | 'out'> & FilesOfOne;

/** Counts of all instruments. */
function sumOf([first, ...others]: readonly LabelCounts[]): LabelCounts {
  const sum: Record<keyof LabelCounts, number> = { ...first };
  for (const counts of others) {
    for (const key of Object.keys(sum) as (keyof LabelCounts)[]) sum[key] += counts[key];
  }
  return sum;
}

/** Feeds the labeller what happened after the rows; the number of trades or bars. */
async function feedLabels(
  { trades, bars, instrument, accept, minUsed, ...options }: PartOptions,
  raw: Config,
  rows: PlannedRows,
  labeller: Labeller,
  { time, close }: Pick<LabelRows, 'time' | 'close'>,
): Promise<number> {
  const what = bars === undefined ? 'trades' : 'bars';
  const course = createCourse(options, { step: 'label', unit: what });
  const { plan } = rows;
  const drive = plan.clocks[plan.drive].instrument;
  const known = plan.instruments;
  // Of several instruments it is the driving one whose trades decide.
  const files = known.length === 1 || trades === undefined ? trades : { [known[drive].name]: trades };
  const own = known.length === 1 ? instrument : undefined;
  const settled = await settleInstruments(raw, {
    trades: bars === undefined ? files : undefined,
    instrument: own,
    known,
    accept,
  });
  const settledOwn = settled.instruments[drive];
  if (known.length > 1 && instrument !== undefined && instrument !== settledOwn.name)
    fail('config', 'trades', `those of ${settledOwn.name}, whose bars emit the rows`, `those of ${instrument}`);
  requireSameMarket(known[drive], settledOwn, rows.file);
  const feed = {
    config: settled.config,
    instrument: settledOwn,
    input: settled.inputs[settledOwn.name],
    labeller,
    course,
  };
  if (bars === undefined && trades === undefined)
    fail('config', 'label', 'trades or bars, which say what came after the rows', 'neither');
  const span = await (bars === undefined
    ? labelTrades(trades ?? [], { ...feed, agreement: createAgreement(rows, time, close), minUsed })
    : labelBars(bars, { ...feed, agreement: createBarAgreement(rows.file, time, close) }));
  requireCoverage(span, time, what);
  return span.count;
}

/** The columns that labels of this kind are made of. */
async function readLabelColumns(rows: PlannedRows, config: LabelConfig) {
  const { suffix, name } = rows.plan.clocks[rows.plan.drive];
  const close = closeColumn(rows.plan);
  const range = config.method === 'atr' ? (config.column ?? `atr_14${suffix}`) : undefined;
  const { time, ready, complete, columns } = await readRowColumns(rows, {
    [close]: `the price of an entry: feature close of the driving clock ${name}`,
    ...(range === undefined ? {} : { [range]: 'label.column: the average true range' }),
  });
  if (time.length === 0) fail('input', rows.file, 'rows', 'none');
  return { time, close: columns[close], atr: range === undefined ? undefined : columns[range], ready, complete };
}

/** What became of the rows, in two lines. */
export function describeLabelCounts(counts: LabelCounts): readonly [string, string] {
  const { rows, labelled, target, stop, time, ambiguous, unresolved, unready, incomplete, withoutEntry } = counts;
  return [
    `${count(labelled)} of ${count(rows)} rows labelled: ${count(target)} target, ${count(stop)} stop (${count(ambiguous)} assumed), ${count(time)} time`,
    `${count(unresolved)} unresolved, ${count(unready)} not ready, ${count(incomplete)} not complete, ${count(withoutEntry)} without an entry`,
  ];
}
