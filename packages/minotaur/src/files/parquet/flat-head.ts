/** What a Parquet file of flat columns says of itself at its end, read without DuckDB, whose start costs what a million trades do. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { parquetMetadata, type FileMetaData, type SchemaElement } from 'hyparquet';
import type { ParquetColumn } from './duck.ts';

export interface FlatHead {
  readonly metadata: FileMetaData;
  /** As DuckDB names them; the types of those that {@link BY_TYPE} has none of are as the format names them. */
  readonly columns: readonly ParquetColumn[];
  readonly rows: number;
}

const BY_TYPE: Partial<Record<NonNullable<SchemaElement['type']>, string>> = {
  INT64: 'BIGINT',
  DOUBLE: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
};
/** A folder that DuckDB takes for a column: month=2024-08. */
const PARTITION = /[^/\\]=[^/\\]*[/\\]/;

/** Of a file; undefined where it cannot be read here, or DuckDB would see other columns in it. */
export function flatHead(file: string): FlatHead | undefined {
  const metadata = PARTITION.test(file) ? undefined : metadataOf(file);
  if (metadata === undefined) return undefined;
  const [, ...elements] = metadata.schema;
  if (
    elements.some(
      ({ num_children: children, repetition_type: repeats }) => (children ?? 0) > 0 || repeats === 'REPEATED',
    )
  )
    return undefined;
  // DuckDB gives columns whose names differ in case alone other names.
  if (new Set(elements.map(({ name }) => name.toLowerCase())).size < elements.length) return undefined;
  const rows = Number(metadata.num_rows);
  const inGroups = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (rows !== inGroups || rows === 0) return undefined;
  return { metadata, columns: elements.map((element) => ({ name: element.name, type: typeOf(element) })), rows };
}

function typeOf({ type = 'BYTE_ARRAY', converted_type: converted, logical_type: logical }: SchemaElement): string {
  const isWhole = converted === undefined || converted === 'INT_64';
  const isSigned = logical === undefined || (logical.type === 'INTEGER' && logical.isSigned && logical.bitWidth === 64);
  return isWhole && isSigned ? (BY_TYPE[type] ?? type) : (converted ?? type);
}

/** @throws where it ends before */
export function bytesOf(handle: number, at: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const read = readSync(handle, bytes, done, length - done, at + done);
    if (read === 0) throw new Error(`the end of the file at byte ${at + done}`);
    done += read;
  }
  return bytes;
}

/** Undefined where it cannot be read here. */
function metadataOf(file: string): FileMetaData | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const { size } = statSync(file);
    const length = new DataView(bytesOf(handle, size - 8, 8).buffer).getUint32(0, true);
    return parquetMetadata(bytesOf(handle, size - 8 - length, length + 8).buffer);
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
