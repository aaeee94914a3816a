/** `bars/CLOCK.parquet`: the bars of every clock of a run, and the rows of every series. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BarColumn } from 'minotaur-core/internal/bars/bar';
import type { BarRows } from 'minotaur-core/internal/chain/contract';
import type { ClockPlan, Plan } from 'minotaur-core/internal/chain/plan';
import { columnNames, readColumns } from '../files/parquet/columns-source.ts';
import { roomOf } from '../files/parquet/table-room.ts';
import { createTableWriter, type TableColumn, type TableWriter } from '../files/parquet/table-writer.ts';

/** Their folder in a directory. */
export const BARS = 'bars';

/** Bar columns that are whole numbers. */
const INTEGERS: ReadonlySet<string> = new Set(['time', 'open_time', 'close_time', 'available_at', 'ordinal']);

export interface BarFiles {
  add(bars: BarRows): void;
  /** @param onFile told of each file as soon as it is whole, by its name in the directory */
  commit(onFile: (name: string) => void): void;
  abort(): void;
}

interface BarFile {
  readonly writer: TableWriter;
  readonly columns: readonly number[];
}

const nameOf = (clock: string): string => join(BARS, `${clock}.parquet`);
const pathOf = (directory: string, clock: string): string => join(directory, nameOf(clock));

export function createBarFiles(directory: string, plan: Plan): BarFiles {
  mkdirSync(join(directory, BARS));
  const files = new Map(plan.clocks.map((clock) => [clock.name, createBarFile(directory, clock)]));
  return {
    add({ clock, data, from, to }) {
      const { writer, columns } = files.get(clock) as BarFile;
      writer.appendColumns(
        to - from,
        columns.map((c) => data[c]),
        from,
      );
    },
    commit(onFile) {
      for (const [clock, { writer }] of files) {
        writer.commit();
        onFile(nameOf(clock));
      }
    },
    abort() {
      for (const { writer } of files.values()) writer.abort();
    },
  };
}

/**
 * Values of a row group. A group is in memory until it is full, and of slow clocks that takes long: with 16 MiB each, a build's memory
 * went on growing for tens of millions of trades.
 */
const GROUP_BYTES = 1 << 22;

function createBarFile(directory: string, clock: ClockPlan): BarFile {
  const names = clock.barColumns.filter((name) => name !== 'event');
  const types = names.map((name): TableColumn => ({ name, type: INTEGERS.has(name) ? 'BIGINT' : 'DOUBLE' }));
  const options = { groupBytes: GROUP_BYTES, isInside: true, room: roomOf(clock) };
  return {
    writer: createTableWriter(pathOf(directory, clock.name), types, options),
    columns: names.map((name) => clock.graph.columns.findIndex(({ text }) => text === name)),
  };
}

/** Whether a clock has bars; the rows of a series have values of their own. */
export async function hasPrices(directory: string, clock: string): Promise<boolean> {
  return (await columnNames(pathOf(directory, clock))).includes('close' satisfies BarColumn);
}

/** Columns of the bars of a clock, whole. */
export function readClockBars<Name extends BarColumn>(
  directory: string,
  clock: string,
  names: readonly Name[],
): Promise<Record<Name, Float64Array>> {
  return readColumns(pathOf(directory, clock), names);
}
