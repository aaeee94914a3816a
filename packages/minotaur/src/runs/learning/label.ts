/** `label`: labels for the rows that `build` wrote. */
import { fail } from 'minotaur-core/internal/base/errors';
import { createLabeller, horizonRows, type LabelCounts } from 'minotaur-core/internal/labels/labels';
import type { LabelConfig } from 'minotaur-core/internal/labels/section';
import { resolveConfig, type ConfigArgument } from '../../files/config-file.ts';
import { peakRssBytes } from '../../node/resources.ts';
import { writeLabels } from '../../store/labels.ts';
import { openRows, readRowColumns, type PlannedRows } from '../../store/rows.ts';
import { beginRun, createCourse, secondsSince, type RunOptions } from '../course/options.ts';
import { labelBars, labelTrades, requireCoverage } from './label-feed.ts';

/** What `label` takes. */
export interface LabelOptions extends RunOptions {
  /** Directory that build wrote. */
  readonly rows: string;
  /** Files of trades and globs: those of the build, and later ones to resolve its last rows. These or `bars`. */
  readonly trades?: readonly string[] | undefined;
  /** Files of bars. */
  readonly bars?: readonly string[] | undefined;
  /** Of the build, with the section `label`. */
  readonly config: ConfigArgument;
  /** The labels, .parquet. */
  readonly out: string;
}

/** What `label` did. */
export interface LabelReport {
  /** The labels. */
  readonly out: string;
  /** Of the chain. */
  readonly schemaId: string;
  /** What the rows were labelled with. */
  readonly label: LabelConfig;
  /** Rows by what became of them. */
  readonly counts: LabelCounts;
  /** Trades or bars used; 0 for a horizon in rows, which needs none. */
  readonly events: number;
  /** That it took. */
  readonly seconds: number;
  /** The most memory that the process ever held. */
  readonly peakRssBytes: number;
}

/**
 * Labels rows by what the trades after them did.
 * @throws {MinotaurError} where the rows are of another chain, the trades do not reach over them, or none gets a label
 */
export async function label(options: LabelOptions): Promise<LabelReport> {
  const started = beginRun(options);
  const { config } = await resolveConfig(options.config);
  const rows = openRows(options.rows, config);
  const columns = await readLabelColumns(rows, config.label);
  const { time } = columns;
  const labeller = createLabeller(config.label, columns);
  let events = 0;
  if (horizonRows(config.label) === undefined) {
    const { trades, bars } = options;
    if (trades === undefined && bars === undefined) fail('config', 'label', '--trades or --bars', 'neither');
    const what = bars === undefined ? 'trades' : 'bars';
    const feed = { labeller, config, course: createCourse(options, { step: 'label', unit: what }) };
    const span = await (bars === undefined ? labelTrades(trades ?? [], feed) : labelBars(bars, feed));
    requireCoverage(span, time, what);
    events = span.count;
  }
  const labels = labeller.finish();
  if (labels.counts.labelled === 0)
    fail('input', rows.file, 'a row that gets a label', describeLabelCounts(labels.counts).join('; '));
  const facts = { schemaId: rows.plan.schema.id, label: config.label };
  writeLabels(options.out, time, labels, facts);
  const { counts } = labels;
  return { out: options.out, ...facts, counts, events, seconds: secondsSince(started), peakRssBytes: peakRssBytes() };
}

/** The columns that labels of this kind are made of. */
async function readLabelColumns(rows: PlannedRows, config: LabelConfig) {
  const { suffix, name } = rows.plan.clocks[rows.plan.drive];
  const close = `close${suffix}`;
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
  const n = (value: number): string => value.toLocaleString('en');
  return [
    `${n(labelled)} of ${n(rows)} rows labelled: ${n(target)} target, ${n(stop)} stop (${n(ambiguous)} assumed), ${n(time)} time`,
    `${n(unresolved)} unresolved, ${n(unready)} not ready, ${n(incomplete)} not complete, ${n(withoutEntry)} without close or range`,
  ];
}
