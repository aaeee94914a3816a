/** `minotaur label`: labels for the rows that build wrote. */
import { fail } from 'minotaur-core/internal/base/errors';
import {
  BARRIERS,
  createLabeller,
  horizonRows,
  type LabelCounts,
  type Labels,
} from 'minotaur-core/internal/labels/labels';
import { createTableWriter, type TableColumn } from '../../files/parquet/table-writer.ts';
import type { LabelConfig } from 'minotaur-core/internal/labels/section';
import { loadConfig } from '../config-file.ts';
import { labelBars, labelTrades, requireCoverage } from '../label-feed.ts';
import { openRows, readRowColumns, type RowsDirectory } from '../rows-directory.ts';

export interface LabelFlags {
  readonly rows: string;
  readonly trades?: readonly string[];
  readonly bars?: readonly string[];
  readonly config: string;
  readonly out: string;
  readonly json?: boolean;
}

/** What `--json` prints. */
export interface LabelReport {
  readonly out: string;
  readonly schemaId: string;
  readonly label: LabelConfig;
  readonly counts: LabelCounts;
  /** Trades or bars used; 0 for a horizon in rows, which needs none. */
  readonly events: number;
  readonly seconds: number;
  readonly peakRssBytes: number;
}

const COLUMNS: readonly TableColumn[] = [
  { name: 'time', type: 'BIGINT' },
  { name: 'label', type: 'DOUBLE' },
  { name: 'label_time', type: 'DOUBLE' },
  { name: 'barrier', type: 'VARCHAR' },
  { name: 'price', type: 'DOUBLE' },
  { name: 'return', type: 'DOUBLE' },
  { name: 'ambiguous', type: 'BOOLEAN' },
];

export async function label(flags: LabelFlags): Promise<void> {
  const report = await runLabel(flags);
  console.log(flags.json ? JSON.stringify(report, null, 2) : summary(report));
}

/** The command without its printing. */
export async function runLabel(flags: LabelFlags): Promise<LabelReport> {
  const started = performance.now();
  const { config } = await loadConfig(flags.config);
  const rows = openRows(flags.rows, config);
  const columns = await readLabelColumns(rows, config.label);
  const { time } = columns;
  const labeller = createLabeller(config.label, columns);
  let events = 0;
  if (horizonRows(config.label) === undefined) {
    const { trades, bars } = flags;
    if (trades === undefined && bars === undefined) fail('config', 'label', '--trades or --bars', 'neither');
    const span = await (bars === undefined
      ? labelTrades(labeller, trades ?? [], config)
      : labelBars(labeller, bars, config));
    requireCoverage(span, time, bars === undefined ? 'trades' : 'bars');
    events = span.count;
  }
  const labels = labeller.finish();
  if (labels.counts.labelled === 0) fail('input', rows.file, 'a row that gets a label', described(labels.counts));
  writeLabels(flags.out, time, labels, { schemaId: rows.plan.schema.id, label: config.label });
  return {
    out: flags.out,
    schemaId: rows.plan.schema.id,
    label: config.label,
    counts: labels.counts,
    events,
    seconds: (performance.now() - started) / 1000,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** The columns that labels of this kind are made of. */
async function readLabelColumns(rows: RowsDirectory, config: LabelConfig) {
  const { suffix, name } = rows.plan.clocks[rows.plan.drive];
  const close = `close${suffix}`;
  const range = config.method === 'atr' ? (config.column ?? `atr_14${suffix}`) : undefined;
  const columns = await readRowColumns(rows, {
    [close]: `the price of an entry: feature close of the driving clock ${name}`,
    ...(range === undefined ? {} : { [range]: 'label.column: the average true range' }),
  });
  if (columns['time'].length === 0) fail('input', rows.file, 'rows', 'none');
  return {
    time: columns['time'],
    close: columns[close],
    atr: range === undefined ? undefined : columns[range],
    ready: columns['ready'],
  };
}

/** What a file of labels says of itself. */
export interface LabelFacts {
  readonly schemaId: string;
  readonly label: LabelConfig;
}

function writeLabels(path: string, time: Float64Array, labels: Labels, facts: LabelFacts): void {
  const { label: values, labelTime, barrier, price, return: gain, ambiguous } = labels;
  const table = createTableWriter(path, COLUMNS, facts);
  try {
    const names = Array.from(barrier, (b) => BARRIERS[b]);
    table.appendColumns(time.length, [time, values, labelTime, names, price, gain, ambiguous]);
    table.commit();
  } finally {
    table.abort();
  }
}

function described(counts: LabelCounts): string {
  const { rows, labelled, target, stop, time, ambiguous, unresolved, unready, withoutEntry } = counts;
  const n = (value: number): string => value.toLocaleString('en');
  return [
    `${n(labelled)} of ${n(rows)} rows labelled: ${n(target)} target, ${n(stop)} stop (${n(ambiguous)} assumed), ${n(time)} time`,
    `${n(unresolved)} unresolved, ${n(unready)} not ready, ${n(withoutEntry)} without close or range`,
  ].join('; ');
}

function summary({ out, label: config, counts, events, seconds, peakRssBytes }: LabelReport): string {
  const settings = Object.entries(config).map(([key, value]) => `${key} ${value}`);
  return [
    `label     ${settings.join(', ')}`,
    ...described(counts)
      .split('; ')
      .map((line) => `          ${line}`),
    `${events.toLocaleString('en')} trades or bars -> ${out}`,
    `${seconds.toFixed(1)} s, ${(peakRssBytes / 1e6).toFixed(0)} MB at most`,
  ].join('\n');
}
