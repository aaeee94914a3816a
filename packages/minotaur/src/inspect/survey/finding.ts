/** What of an inspection a person has to know or decide. */
export interface Finding {
  /** One of: symbols, words, invalid, times, duplicates, disorder, id-kind, holes, sides, quote, split, jumps, outliers, sessions, dust, bars, gaps, volume, series, cut, open. */
  readonly name: string;
  /** `wrong`: something to decide or mend before the data are used; `note`: good to know. */
  readonly kind: 'wrong' | 'note';
  /** In words. */
  readonly text: string;
  /** What would mend it, as a configuration has it; null where nothing has to. */
  readonly mend: string | null;
  /** Where: files and lines. */
  readonly places: readonly string[];
}

/** Notes that say that the files may not be what they seem. */
const DOUBTS: ReadonlySet<string> = new Set(['jumps', 'outliers', 'gaps', 'volume', 'open']);

/** Whether nothing has to be decided, but somebody has to look. */
export const castsDoubt = ({ kind, name }: Pick<Finding, 'kind' | 'name'>): boolean =>
  kind === 'note' && DOUBTS.has(name);
