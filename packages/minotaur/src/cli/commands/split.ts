/** `minotaur split`: which labelled rows to learn from and which to be judged by. */
import { existsSync } from 'node:fs';
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import { SPLITS, splitRows, type Fold, type FoldCounts } from 'minotaur-core/internal/splits/splits';
import { columnNames, readColumns, readFacts } from '../../files/parquet/columns-source.ts';
import { createTableWriter, type TableColumn } from '../../files/parquet/table-writer.ts';
import type { SplitConfig } from 'minotaur-core/internal/splits/section';
import type { LabelFacts } from './label.ts';
import { loadConfig } from '../config-file.ts';
import { openRows, readRowColumns } from '../rows-directory.ts';

export interface SplitFlags {
  readonly rows: string;
  readonly labels: string;
  readonly config: string;
  readonly out: string;
  readonly json?: boolean;
}

/** What `--json` prints. */
export interface SplitReport {
  readonly out: string;
  readonly schemaId: string;
  readonly split: SplitConfig;
  /** Rows that a prediction looks at. */
  readonly sequence: number;
  readonly rows: number;
  readonly folds: readonly FoldCounts[];
  readonly seconds: number;
  readonly peakRssBytes: number;
}

const COLUMNS: readonly TableColumn[] = [
  { name: 'time', type: 'BIGINT' },
  { name: 'split', type: 'VARCHAR' },
  { name: 'fold', type: 'BIGINT' },
];

export async function split(flags: SplitFlags): Promise<void> {
  const report = await runSplit(flags);
  console.log(flags.json ? JSON.stringify(report, null, 2) : summary(report));
}

/** The command without its printing. */
export async function runSplit(flags: SplitFlags): Promise<SplitReport> {
  const started = performance.now();
  const { config } = await loadConfig(flags.config);
  const rows = openRows(flags.rows, config);
  const { time, ready } = await readRowColumns(rows, {});
  const facts: LabelFacts = { schemaId: rows.plan.schema.id, label: config.label };
  await requireFacts(flags.labels, facts);
  const labelTime = await readLabelTimes(flags.labels, time, rows.file);
  const folds = splitRows(config.split, { time, labelTime, ready }, config.sequence.length);
  writeFolds(flags.out, time, folds, { ...facts, split: config.split, sequence: config.sequence.length });
  return {
    out: flags.out,
    schemaId: rows.plan.schema.id,
    split: config.split,
    sequence: config.sequence.length,
    rows: time.length,
    folds: folds.map(({ counts }) => counts),
    seconds: (performance.now() - started) / 1000,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** Refuses labels of another schema, or of another definition than the configuration has now. */
export async function requireFacts(file: string, { schemaId, label }: LabelFacts): Promise<void> {
  if (!existsSync(file)) fail('input', file, 'a file that exists', 'no such file');
  const facts = (await readFacts(file)) as LabelFacts | undefined;
  if (facts === undefined) fail('input', file, 'labels that label wrote', 'a file that does not say what it is');
  if (facts.schemaId !== schemaId) fail('state', file, `labels of schema ${schemaId}`, `of schema ${facts.schemaId}`);
  const found: Readonly<Record<string, unknown>> = facts.label;
  for (const key of Object.keys({ ...label, ...found })) {
    const expected = (label as Readonly<Record<string, unknown>>)[key];
    if (found[key] === expected) continue;
    fail(
      'state',
      `${file}, label.${key}`,
      `${expected ?? 'nothing'}, as in the configuration`,
      `${found[key] ?? 'nothing'}`,
    );
  }
}

/** The labels' times of knowing, refused where the labels are not those of the rows, one by one. */
async function readLabelTimes(file: string, time: Float64Array, rowsFile: string): Promise<Float64Array> {
  const known = await columnNames(file);
  for (const name of ['time', 'label_time']) {
    if (!known.includes(name)) fail('input', file, `a column ${name}, as label writes it`, known.join(', '));
  }
  const labels = await readColumns(file, ['time', 'label_time']);
  const found = labels['time'];
  const at = time.findIndex((t, i) => t !== found[i]);
  if (at >= 0 && at < found.length)
    fail('state', `${file} row ${at + 1}`, `${formatTime(time[at])}, as in ${rowsFile}`, formatTime(found[at]));
  if (found.length !== time.length) fail('state', file, `${time.length} rows, as in ${rowsFile}`, `${found.length}`);
  return labels['label_time'];
}

/** All rows for each fold, fold after fold. */
function writeFolds(path: string, time: Float64Array, folds: readonly Fold[], facts: object): void {
  const table = createTableWriter(path, COLUMNS, facts);
  try {
    folds.forEach(({ split: codes }, k) => {
      const names = Array.from(codes, (code) => SPLITS[code]);
      table.appendColumns(time.length, [time, names, new Float64Array(time.length).fill(k)]);
    });
    table.commit();
  } finally {
    table.abort();
  }
}

function summary({ out, split: config, sequence, rows, folds, seconds }: SplitReport): string {
  const n = (value: number): string => value.toLocaleString('en');
  return [
    `split     ${Object.entries({ ...config, sequence })
      .map(([key, value]) => `${key} ${value}`)
      .join(', ')}`,
    ...folds.map(
      ({ train, validation, test, purged, none }, k) =>
        `fold ${k}    ${n(train)} train, ${n(validation)} validation, ${n(test)} test; purged ${n(purged.label)} by label, ` +
        `${n(purged.sequence)} by sequence, ${n(purged.embargo)} by embargo; ${n(none)} in none`,
    ),
    `${n(rows)} rows -> ${out}, ${seconds.toFixed(1)} s`,
  ].join('\n');
}
