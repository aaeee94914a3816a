/** What a run writes while it goes: rows, the bars of every clock, and the account of problems. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createTableWriter, type TableColumn, type TableWriter } from '../files/parquet/table-writer.ts';
import { BAR_COLUMNS, type BarColumn } from 'minotaur-core/internal/bars/bar';
import type { BarRows } from 'minotaur-core/internal/chain/contract';
import type { ClockPlan, Plan } from 'minotaur-core/internal/chain/plan';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import type { Notice } from 'minotaur-core/internal/trades/intake';

/** Names directly below an output directory. */
export const OUTPUT_NAMES = [
  'rows.parquet',
  'bars',
  'predictions.parquet',
  'problems.jsonl',
  'state.bin',
  'manifest.json',
] as const;

export interface Outputs {
  addRows(rows: RowBlock): void;
  addBars(bars: BarRows): void;
  addProblem(place: string, notice: Notice): void;
  /** Completes the files. */
  finish(): void;
  abort(): void;
}

/** Bar columns that are whole numbers, and those that are yes or no. */
const INTEGERS: ReadonlySet<string> = new Set(['open_time', 'close_time', 'available_at', 'ordinal']);

interface BarFile {
  readonly writer: TableWriter;
  readonly columns: readonly number[];
}

/** Bytes of problems held before they are written. */
const PROBLEM_BUFFER = 1 << 16;

export function createOutputs(directory: string, plan: Plan): Outputs {
  mkdirSync(join(directory, 'bars'));
  const rows = createTableWriter(join(directory, 'rows.parquet'), [
    { name: 'time', type: 'BIGINT' },
    { name: 'symbol', type: 'VARCHAR' },
    ...plan.columns.map((name): TableColumn => ({ name, type: 'DOUBLE' })),
    { name: 'ready', type: 'BOOLEAN' },
  ]);
  const bars = new Map(plan.clocks.map((clock) => [clock.name, createBarFile(directory, clock)]));
  const problems = createProblemFile(join(directory, 'problems.jsonl'));
  const { symbol } = plan.config;
  return {
    addRows: ({ count, time, values, width, ready }) => rows.appendRows(count, time, symbol, values, width, ready),
    addBars({ clock, data, from, to }) {
      const { writer, columns } = bars.get(clock) as BarFile;
      writer.appendColumns(
        to - from,
        columns.map((c) => data[c]),
        from,
      );
    },
    addProblem: problems.add,
    finish() {
      rows.commit();
      for (const { writer } of bars.values()) writer.commit();
      problems.close();
    },
    abort() {
      rows.abort();
      for (const { writer } of bars.values()) writer.abort();
      problems.close();
    },
  };
}

function createBarFile(directory: string, clock: ClockPlan): BarFile {
  const names = clock.barColumns.filter((name) => name !== 'event') as BarColumn[];
  const types = names.map((name): TableColumn => ({ name, type: INTEGERS.has(name) ? 'BIGINT' : 'DOUBLE' }));
  return {
    writer: createTableWriter(join(directory, 'bars', `${clock.name}.parquet`), types),
    columns: names.map((name) => BAR_COLUMNS.indexOf(name)),
  };
}

/** One JSON object a line: what was wrong, where, and what became of it. */
function createProblemFile(path: string): { add: Outputs['addProblem']; close: () => void } {
  let handle = openSync(path, 'w');
  let text = '';
  const flush = (): void => {
    if (handle >= 0 && text !== '') writeSync(handle, text);
    text = '';
  };
  return {
    add(place, { problem, handling, expected, found }) {
      text += `${JSON.stringify({ place, problem, handling, expected, found })}\n`;
      if (text.length > PROBLEM_BUFFER) flush();
    },
    close() {
      flush();
      if (handle >= 0) closeSync(handle);
      handle = -1;
    },
  };
}
