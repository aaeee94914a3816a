/** Rows, predictions and bars as an Arrow IPC stream: one column each, doubles with the bits that they have. */
import { loadOptional } from '../../node/optional.ts';
import type { BarMessage, PredictionMessage, RowMessage } from '../protocol/messages.ts';

/** Of such an answer. */
export const ARROW = 'application/vnd.apache.arrow.stream';

/** Messages of one kind, and the names of the values that they have, if any. */
export interface Table {
  readonly kind: 'row' | 'prediction' | 'bar';
  readonly messages: readonly (RowMessage | PredictionMessage | BarMessage)[];
  readonly columns: readonly string[];
}

const PLACE = ['epoch', 'ordinal', 'time', 'arrival'];
/** Beside the values: numbers and flags, by kind. */
const FIELDS = {
  row: { numbers: PLACE, flags: ['ready', 'complete'], texts: [] },
  prediction: { numbers: [...PLACE, 'probability', 'calibrated', 'signal'], flags: ['complete'], texts: ['refusal'] },
  bar: { numbers: PLACE, flags: [], texts: [] },
} as const;

/** @throws {MinotaurError} of kind `config` where @uwdata/flechette is not installed */
export async function arrowOf({ kind, messages, columns }: Table): Promise<Uint8Array> {
  const need = { where: 'Arrow', what: 'writes Arrow' };
  const arrow = await loadOptional('@uwdata/flechette', () => import('@uwdata/flechette'), need);
  const { bool, columnFromArray, float64, tableFromColumns, tableToIPC, utf8 } = arrow;
  const rows = messages as unknown as readonly Readonly<Record<string, unknown>>[];
  const numbers = (read: (row: Readonly<Record<string, unknown>>) => unknown) =>
    columnFromArray(
      Float64Array.from(rows, (row) => read(row) as number),
      float64(),
    );
  const listed = (name: string): unknown[] => rows.map((row) => row[name]);
  const fields = FIELDS[kind];
  const named = [
    ...fields.numbers.map((name) => [name, numbers((row) => row[name])] as const),
    ...fields.flags.map((name) => [name, columnFromArray(listed(name), bool())] as const),
    ...fields.texts.map((name) => [name, columnFromArray(listed(name), utf8())] as const),
    ...columns.map((name, c) => [name, numbers((row) => (row['values'] as Float64Array)[c])] as const),
  ];
  return tableToIPC(tableFromColumns(named as never), { format: 'stream' }) ?? new Uint8Array(0);
}
