/** What a program wrote: a CSV file with any columns, of which one may be the time that its input has. */
import { createHash } from 'node:crypto';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseIso } from 'minotaur-core/internal/base/texts';
import { createCsvScanner, readCsvHead, scanFile } from '../../files/csv/csv.ts';
import { isNoValue } from '../../files/csv/no-value.ts';
import { textOf } from '../../files/csv/parse.ts';
import { textFileOf } from '../../files/csv/text-stream.ts';
import type { TimeForm } from './table.ts';

export interface WrittenTable {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Those of texts, which are codes. */
  readonly words: readonly string[];
  /** Microseconds; absent where no column has the name of the input's times. */
  readonly time?: Float64Array;
}

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
  const words: string[] = [];
  let times: Float64Array | undefined;
  names.forEach((name, k) => {
    if (name === time) {
      times = Float64Array.from(cells[k], (cell) => timeOf(cell, form, where));
      return;
    }
    const own = columns.has(name) ? `${name}#${k}` : name;
    columns.set(own, Float64Array.from(cells[k], doubleOf));
    if (isWord(cells[k].find((cell) => !isNoValue(cell)) ?? '0')) words.push(own);
  });
  return { rows: cells[0].length, columns, words, ...(times && { time: times }) };
}

const COUNTED: Readonly<Partial<Record<TimeForm, number>>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };
const WORDS: Readonly<Record<string, number>> = { true: 1, false: 0, inf: Infinity, '-inf': -Infinity };

function timeOf(cell: string, form: TimeForm, where: string): number {
  const number = Number(cell);
  const micros = Number.isNaN(number) || cell === '' ? parseIso(cell) : Math.round(number * (COUNTED[form] ?? 1));
  return Number.isNaN(micros) ? fail('input', where, 'a time as its input has', `'${cell}'`) : micros;
}

const isWord = (cell: string): boolean => Number.isNaN(Number(cell)) && WORDS[cell.toLowerCase()] === undefined;

function doubleOf(cell: string): number {
  if (isNoValue(cell)) return NaN;
  const number = Number(cell);
  return Number.isNaN(number) ? (WORDS[cell.toLowerCase()] ?? codeOf(cell)) : number;
}

/** The same number for the same text in every run. */
const codeOf = (text: string): number => createHash('sha256').update(text).digest().readUIntLE(0, 6);
