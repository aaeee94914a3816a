/** What a program wrote: a CSV file with any columns, of which one may be the time that its input has. */
import { createHash } from 'node:crypto';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseIso } from 'minotaur-core/internal/base/texts';
import { createCsvScanner, readCsvHead, scanFile } from '../../files/csv/csv.ts';
import { textOf } from '../../files/csv/parse.ts';
import { textFileOf } from '../../files/csv/text-stream.ts';
import type { TimeForm } from './table.ts';

export interface WrittenTable {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Microseconds; absent where no column has the name of the input's times. */
  readonly time?: Float64Array;
}

/** What stands for a value that is not there. */
const NOTHING = /^(|nan|null|none|na|n\/a|nat)$/i;

/** Reads it. @throws {MinotaurError} where it is no table */
export async function readOutput(file: string, time: string, form: TimeForm): Promise<WrittenTable> {
  const text = textFileOf(file, 'none');
  const { first: names, firstLine, delimiter } = await readCsvHead(text);
  const cells: string[][] = names.map(() => []);
  const scanner = createCsvScanner(file, delimiter, names.length);
  const { cells: at } = scanner;
  for await (const _ of scanFile(text, scanner, () => {
    if (at.line !== firstLine)
      names.forEach((_name, k) => cells[k].push(textOf(at.bytes, at.starts[k], at.ends[k]).trim()));
    return true;
  }));
  return settleOutput(names, cells, { time, form, where: file });
}

/** Columns of text as columns of doubles. */
export function settleOutput(
  names: readonly string[],
  cells: readonly (readonly string[])[],
  { time, form, where }: { readonly time: string; readonly form: TimeForm; readonly where: string },
): WrittenTable {
  const columns = new Map<string, Float64Array>();
  let times: Float64Array | undefined;
  names.forEach((name, k) => {
    if (name === time) times = Float64Array.from(cells[k], (cell) => timeOf(cell, form, where));
    else columns.set(columns.has(name) ? `${name}#${k}` : name, Float64Array.from(cells[k], doubleOf));
  });
  return { rows: cells[0].length, columns, ...(times && { time: times }) };
}

const COUNTED: Readonly<Partial<Record<TimeForm, number>>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };
const WORDS: Readonly<Record<string, number>> = { true: 1, false: 0, inf: Infinity, '-inf': -Infinity };

function timeOf(cell: string, form: TimeForm, where: string): number {
  const number = Number(cell);
  const micros = Number.isNaN(number) || cell === '' ? parseIso(cell) : Math.round(number * (COUNTED[form] ?? 1));
  return Number.isNaN(micros) ? fail('input', where, 'a time as its input has', `'${cell}'`) : micros;
}

function doubleOf(cell: string): number {
  if (NOTHING.test(cell)) return NaN;
  const number = Number(cell);
  return Number.isNaN(number) ? (WORDS[cell.toLowerCase()] ?? codeOf(cell)) : number;
}

/** The same number for the same text in every run. */
const codeOf = (text: string): number => createHash('sha256').update(text).digest().readUIntLE(0, 6);
