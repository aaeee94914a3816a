/** What `label` and `split` left, read again beside the rows that it belongs to. */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import { SPLITS } from 'minotaur-core/internal/splits/splits';
import { columnNames, readColumns, readFacts } from '../files/parquet/columns-source.ts';
import { readCodes } from '../files/parquet/row-blocks.ts';
import { canonicalJson } from 'minotaur-core/internal/artefact/artefact';
import type { LabelFacts } from './commands/label.ts';
import { requireFacts } from './commands/split.ts';

export interface LabelColumns {
  /** NaN where there is none. */
  readonly label: Float64Array;
  /** When it became known, microseconds. */
  readonly labelTime: Float64Array;
}

/** The labels of all rows; refused where they are of another schema, another definition or other rows. */
export async function readLabels(file: string, facts: LabelFacts, time: Float64Array): Promise<LabelColumns> {
  await requireFacts(file, facts);
  await requireColumns(file, ['time', 'label', 'label_time'], 'label');
  const { time: found, label, label_time: labelTime } = await readColumns(file, ['time', 'label', 'label_time']);
  requireTimes(file, found, time);
  return { label, labelTime };
}

/** Split codes (indices into SPLITS) of all rows in one fold; refused where they are of another configuration or other rows. */
export async function readFold(
  file: string,
  facts: LabelFacts,
  made: { readonly split: unknown; readonly sequence: number },
  fold: number,
  time: Float64Array,
): Promise<Int8Array> {
  await requireFacts(file, facts);
  await requireColumns(file, ['time', 'split', 'fold'], 'split');
  const found = (await readFacts(file)) as Readonly<Record<string, unknown>>;
  for (const [key, expected] of Object.entries(made)) {
    const [wanted = 'nothing', has = 'nothing'] = [expected, found[key]].map(canonicalJson);
    if (wanted !== has) fail('state', `${file}, ${key}`, `${wanted}, as in the configuration`, has);
  }
  const { time: times, fold: folds } = await readColumns(file, ['time', 'fold']);
  const codes = await readCodes(file, 'split', SPLITS);
  const from = folds.indexOf(fold);
  if (from < 0) fail('input', '--fold', `a fold of ${file}, 0 to ${Math.max(...new Set(folds))}`, `${fold}`);
  const to = folds.lastIndexOf(fold) + 1;
  requireTimes(file, times.subarray(from, to), time);
  return codes.slice(from, to);
}

async function requireColumns(file: string, names: readonly string[], command: string): Promise<void> {
  const known = await columnNames(file);
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined) fail('input', file, `a column ${missing}, as ${command} writes it`, known.join(', '));
}

function requireTimes(file: string, found: Float64Array, time: Float64Array): void {
  if (found.length !== time.length) fail('state', file, `${time.length} rows, as in the rows`, `${found.length}`);
  const at = time.findIndex((t, i) => t !== found[i]);
  if (at >= 0) fail('state', `${file} row ${at + 1}`, `${formatTime(time[at])}, as in the rows`, formatTime(found[at]));
}
