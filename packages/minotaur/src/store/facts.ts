/** What a file of labels or splits says of itself, and whether it is of the rows at hand. */
import { canonicalJson } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import { requireFormat } from 'minotaur-core/internal/base/format';
import { formatTime } from 'minotaur-core/internal/base/time';
import { requireInstruments, type Instruments } from 'minotaur-core/internal/trades/instrument';
import type { LabelConfig } from 'minotaur-core/internal/labels/section';
import { requireFile } from '../files/paths.ts';
import { columnNames, readFacts } from '../files/parquet/columns-source.ts';

/** The format of labels and splits that is written and read; it stands in what a file says of itself. */
export const LABELS_FORMAT = 3;

/** The chain and the labels that a file was made for. */
export interface LabelFacts {
  /** Of the chain whose rows were labelled. */
  readonly schemaId: string;
  /** What the rows were labelled with. */
  readonly label: LabelConfig;
  /** Whose rows they are; `any` where one file may be of any. */
  readonly instruments: Instruments;
}

/** The facts of `file`; refused where they are of another schema, or of another label than the configuration has now. */
export async function requireFacts(
  file: string,
  { schemaId, label, instruments }: LabelFacts,
): Promise<LabelFacts & Readonly<Record<string, unknown>>> {
  requireFile(file, 'what an earlier command wrote, .parquet');
  const facts = (await readFacts(file)) as (LabelFacts & Readonly<Record<string, unknown>>) | undefined;
  if (facts === undefined) fail('input', file, 'labels that label wrote', 'a file that does not say what it is');
  requireFormat({
    what: 'labels or splits',
    expected: LABELS_FORMAT,
    found: facts['format'],
    where: file,
    instead: 'label and split again',
  });
  if (facts.schemaId !== schemaId) fail('state', file, `labels of schema ${schemaId}`, `of schema ${facts.schemaId}`);
  if (facts.instruments !== 'any') requireInstruments(instruments, facts.instruments, `${file}, instrument`);
  const found: Readonly<Record<string, unknown>> = facts.label;
  const expected: Readonly<Record<string, unknown>> = label;
  for (const key of Object.keys({ ...expected, ...found })) {
    if (found[key] === expected[key]) continue;
    fail('state', `${file}, label.${key}`, `${shown(expected[key])}, as in the configuration`, shown(found[key]));
  }
  return facts;
}

/** A setting as a person writes it. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : canonicalJson(value);
}

/** Refuses a file without the columns that `command` gives it. */
export async function requireColumns(file: string, names: readonly string[], command: string): Promise<void> {
  const known = await columnNames(file);
  const missing = names.find((name) => !known.includes(name));
  if (missing !== undefined) fail('input', file, `a column ${missing}, as ${command} writes it`, known.join(', '));
}

/** Refuses a file whose rows are not at the times of those at hand, one by one. */
export function requireTimes(file: string, found: Float64Array, time: Float64Array): void {
  if (found.length !== time.length) fail('state', file, `${time.length} rows, as in the rows`, `${found.length}`);
  const at = time.findIndex((t, i) => t !== found[i]);
  if (at >= 0) fail('state', `${file} row ${at + 1}`, `${formatTime(time[at])}, as in the rows`, formatTime(found[at]));
}
