/** Parts of a draft as a person reads it, whatever its files are of. */
import { stringify } from 'yaml';
import { figure } from 'minotaur-core/internal/base/figures';
import { oneLine } from 'minotaur-core/internal/base/printable';
import { formatTime } from 'minotaur-core/internal/base/time';
import { castsDoubt, type Finding } from '../survey/finding.ts';
import type { DraftBase } from './draft.ts';

/** What a draft was made for. */
export interface DraftFacts {
  /** Where the file's schema is, from the file. */
  readonly schema: string;
  /** The files that it was made for, and globs, from the folder of the file on. */
  readonly data: readonly string[];
  /** Their names. */
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
}

/** What came of a draft. */
export interface TriedDraft {
  readonly rows: number;
  readonly readyRows: number;
  /** Seconds from the first event to the first row that is ready. */
  readonly readyAfter: number;
}

/** The first lines: for which files, what is to be known of these, and what has to be decided. */
export function headOf({ files, findings }: DraftFacts, lines: readonly string[]): string[] {
  const named = files.length > 3 ? `${files[0]} and ${figure(files.length - 1)} more` : files.join(', ');
  const told = findings.filter((finding) => finding.kind === 'wrong' || castsDoubt(finding));
  return [
    `Written by minotaur init for ${named}:`,
    ...lines,
    ...told.flatMap(({ text, mend }) => [`Mind: ${text}`, ...(mend === null ? [] : [`  ${mend}`])]),
  ];
}

/** To the second. */
export const timeText = (micros: number | null): string => formatTime(micros ?? 0).slice(0, 19);

/** One line, whatever stands in it: a file may be called anything. */
export const comment = (line: string): string => `# ${oneLine(line)}`;

/** A part of a configuration, its words above it as comments. */
export function section(words: string, value: object): string {
  return `\n${words.split('\n').map(comment).join('\n')}\n${stringify(value, { lineWidth: 0, singleQuote: true, flowCollectionPadding: true }).trimEnd()}`;
}

/** What is traded. */
export function instrumentSection(symbol: DraftBase['symbol'], instruments: DraftBase['instruments']): string {
  if (instruments !== undefined)
    return section('What is traded; `venue` is a profile, which gives defaults of the rest.', { instruments });
  return symbol === undefined
    ? "\n# symbol: ...    # what the venue calls it: the files don't say"
    : section('What is traded, as its files name it.', { symbol });
}
