/** `rows.parquet`: the rows of a chain, as `build` and `replay` leave them beside their manifest. */
import { join } from 'node:path';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { requireArtefact } from 'minotaur-core/internal/artefact/artefact';
import { canonicalise, wordsOf } from 'minotaur-core/internal/base/canonical';
import { fail } from 'minotaur-core/internal/base/errors';
import { requireSameSchema, type Schema } from 'minotaur-core/internal/base/schema';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import type { Config } from 'minotaur-core/internal/config/config';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { requireSameMarket, settledKeysOf, withAllSettled } from 'minotaur-core/internal/trades/instrument';
import { MANIFEST } from '../files/atomic.ts';
import { columnNames, readColumns } from '../files/parquet/columns-source.ts';
import { readBlocks, type ColumnBlock } from '../files/parquet/row-blocks.ts';
import { createRowTable, type RowTable } from '../files/parquet/rows-thread.ts';
import { roomOf } from '../files/parquet/table-room.ts';
import type { TableColumn } from '../files/parquet/table-writer.ts';
import { CHUNK_ROWS } from '../files/trades/source-block.ts';
import { planOfManifest, readManifest, type Manifest } from './manifest.ts';

/** Its name in a directory. */
export const ROWS = 'rows.parquet';

/** When a row was emitted, microseconds. */
const TIME = 'time';
const SYMBOL = 'symbol';
/** Whether every clock was warm; files without it hold rows that all are. */
const READY = 'ready';
/** Whether no trade is known to be missing in it; as `ready`. */
const COMPLETE = 'complete';
/**
 * A row is wide: in groups of 16 MiB a column of it came in pieces of 16 kB, and to read one took longer than its values. Other
 * tables have few columns and reach the most rows of a group with less.
 */
const ROW_GROUP_BYTES = 1 << 27;

/** The path of the rows in a directory. */
export const rowsPath = (directory: string): string => join(directory, ROWS);

/** Starts the rows of a chain: when, of which symbol (that of the driving clock), the columns of the plan, and whether a row is ready and complete. */
export function createRowFile(directory: string, plan: Plan): RowTable {
  const { columns, instruments, clocks, drive } = plan;
  const { symbol } = instruments[clocks[drive].instrument];
  const types: TableColumn[] = [
    { name: TIME, type: 'BIGINT' },
    { name: SYMBOL, type: 'VARCHAR' },
    ...columns.map((name): TableColumn => ({ name, type: 'DOUBLE' })),
    { name: READY, type: 'BOOLEAN' },
    { name: COMPLETE, type: 'BOOLEAN' },
  ];
  const order = { path: rowsPath(directory), columns: types, symbol, groupBytes: ROW_GROUP_BYTES };
  return createRowTable(order, roomOf(plan));
}

/** Rows as they lie in a directory. */
export interface RowsDirectory {
  /** Path of the rows. */
  readonly file: string;
  /** What the run that left them says of them. */
  readonly manifest: Manifest;
}

/**
 * The rows in `directory`, of whatever chain.
 * @throws {MinotaurError} where no run has left any
 */
export function rowsIn(directory: string): RowsDirectory {
  return { file: rowsPath(directory), manifest: readManifest(directory) };
}

/** Rows whose chain is at hand. */
export interface PlannedRows extends RowsDirectory {
  readonly plan: Plan;
}

/**
 * Opens the rows in `directory`, which must be those that `config` describes.
 * @throws {MinotaurError} where there are none, or of another schema: then the first difference is named
 */
export function openRows(directory: string, config: Config): PlannedRows {
  const rows = rowsIn(directory);
  const path = join(directory, MANIFEST);
  // A manifest of another version, which is refused below, may have none.
  const { instruments = [] } = rows.manifest as Partial<Manifest>;
  const plan = createPlan(withAllSettled(config, instruments.map(settledKeysOf)));
  const { schema, columns } = plan;
  requireSameRows({ schemaId: schema.id, columns, schema }, rows.manifest, path);
  plan.instruments.forEach((instrument, i) => requireSameMarket(instrument, instruments[i], path));
  return { ...rows, plan };
}

/** Opens the rows in `directory`, which must be of the chain that `artefact` was fitted on. */
export function openRowsOf(artefact: Artefact, directory: string): RowsDirectory {
  const rows = rowsIn(directory);
  requireArtefact(artefact, rows.manifest, join(directory, MANIFEST));
  return rows;
}

interface RowsIdentity {
  readonly schemaId: string;
  readonly columns: readonly string[];
  /** Where it can be had: it names what differs. */
  readonly schema?: Schema | undefined;
}

/** Refuses rows, of which `path` says `manifest`, that are not of the schema expected, naming the first difference. */
export function requireSameRows({ schemaId, columns, schema }: RowsIdentity, manifest: Manifest, path: string): void {
  if (manifest.schemaId === schemaId) return;
  const found = planOfManifest(manifest)?.schema;
  if (schema !== undefined && found !== undefined) requireSameSchema(schema, found, path);
  const at = columns.findIndex((name, i) => name !== manifest.columns[i]);
  if (at >= 0) fail('state', `${path}, column ${at + 1}`, `'${columns[at]}'`, `'${manifest.columns[at] ?? 'none'}'`);
  fail('state', path, `schema ${schemaId}`, `schema ${manifest.schemaId} of version ${manifest.engineVersion}`);
}

/** When rows were emitted, and whether they may be trusted. */
export interface RowTimes {
  /** Microseconds; never falls. */
  readonly time: Float64Array;
  /** 1 where a row is ready; absent: all are. */
  readonly ready?: Float64Array | undefined;
  /** 1 where a row is complete; absent: all are. */
  readonly complete?: Float64Array | undefined;
}

/** 1 where a row may be learned from: it is ready, and no trade is known to be missing in it. Absent: all may. */
export function usableRows({ ready, complete }: RowTimes): Float64Array | undefined {
  if (ready === undefined || complete === undefined) return ready ?? complete;
  return ready.map((flag, i) => flag * complete[i]);
}

/** How many rows are ready, but not complete. */
export function countIncomplete({ ready, complete }: RowTimes): number {
  if (complete === undefined) return 0;
  return complete.reduce((sum, flag, i) => sum + (1 - flag) * (ready === undefined ? 1 : ready[i]), 0);
}

export function readRowTimes(rows: RowsDirectory): Promise<RowTimes> {
  return readRowColumns(rows, {});
}

/** Columns of rows, whole. */
export interface RowColumns extends RowTimes {
  /** By name, a value a row; NaN where it is not known. */
  readonly columns: Readonly<Record<string, Float64Array>>;
}

/**
 * Reads the columns that `names` has as keys, whole, beside the rows' times.
 * @param names each with why it is needed, which the refusal of a file without it says
 */
export async function readRowColumns(
  { file }: RowsDirectory,
  names: Readonly<Record<string, string>>,
): Promise<RowColumns> {
  const known = await columnNames(file);
  for (const [name, why] of Object.entries(names)) {
    if (!known.includes(name))
      fail('input', file, `a column ${name} (${why})`, `none of that name; add it to \`features\``);
  }
  const flags = [READY, COMPLETE].filter((name) => known.includes(name));
  const found = await readColumns(file, [TIME, ...Object.keys(names), ...flags]);
  const { [TIME]: time, [READY]: ready, [COMPLETE]: complete, ...columns } = found;
  return { time, ready, complete, columns };
}

/** The columns named, a few thousand rows at a time, bit by bit as they were written. */
export function readFeatures({ file }: RowsDirectory, names: readonly string[]): AsyncGenerator<ColumnBlock> {
  return readBlocks(file, names);
}

/** Which rows are ready and complete, 1 or 0, a few thousand at a time. */
export async function* readUsable(directory: string): AsyncGenerator<Float64Array> {
  for await (const { count, columns } of readBlocks(rowsPath(directory), [READY, COMPLETE])) {
    const [ready, complete] = columns;
    yield Float64Array.from({ length: count }, (_, i) => ready[i] * complete[i]);
  }
}

/**
 * Rows in order and row after row, in bounded memory: as the chain emitted them. A block is valid until the next is asked
 * for.
 */
export async function* readRows({ file }: RowsDirectory, columns: readonly string[]): AsyncGenerator<RowBlock> {
  const width = columns.length;
  const values = new Float64Array(CHUNK_ROWS * width);
  const words = wordsOf(values);
  for await (const { count, columns: found } of readBlocks(file, [TIME, READY, COMPLETE, ...columns])) {
    const [time, ready, complete, ...rest] = found;
    for (let c = 0; c < width; c++) {
      const column = rest[c];
      for (let r = 0, at = c; r < count; r++, at += width) values[at] = column[r];
    }
    canonicalise(values, words, 0, count * width);
    yield { count, width, time, ready, complete, values };
  }
}
