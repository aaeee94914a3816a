/** One column of both sides. */
import { diagnose } from '../diagnosis/diagnose.ts';
import { diagnoseWords, type NameOfWord } from '../diagnosis/words.ts';
import type { Difference } from '../measures/difference.ts';
import { isSame, pairOf } from '../measures/pair.ts';
import type { Rows } from '../measures/pattern.ts';
import type { ColumnPair } from './columns.ts';
import type { ComparedColumn, ComparedValue } from './report.ts';

/** Rows before and behind the first difference that are shown. */
const BEFORE = 12;
const BEHIND = 24;
/** Parts of a course. */
const PARTS = 60;

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
const present = (x: number): number | null => (x === x ? x : null);

/** Codes of words are far apart or near by chance. */
const OF_WORDS = { absolute: 0, relative: 0, ulps: 0 };

/** What is reported of a column whose values differ; `nameOfWord` where they are words. */
export function columnOf(
  { a: name, b: nameInB }: ColumnPair,
  [a, b]: readonly [Float64Array, Float64Array],
  { first, rows, missing, absolute, relative, ulps }: Difference,
  of: Rows,
  nameOfWord?: NameOfWord,
): ComparedColumn {
  const at = (row: number): ComparedValue => ({ key: of.key[row], a: finite(a[row]), b: finite(b[row]) });
  const from = Math.max(0, first - BEFORE);
  const to = Math.min(a.length, first + BEHIND + 1);
  return {
    name,
    nameInB,
    rows,
    share: rows / a.length,
    first: { key: of.key[first], a: present(a[first]), b: present(b[first]), at: of.name(first), row: first },
    missing,
    ...(nameOfWord === undefined ? { absolute, relative, ulps } : OF_WORDS),
    ...(nameOfWord === undefined ? diagnose(pairOf(a, b), of) : diagnoseWords(pairOf(a, b), of, nameOfWord)),
    around: Array.from({ length: to - from }, (_, i) => at(from + i)),
    firstAround: first - from,
    course: courseOf(a, b),
  };
}

function courseOf(a: Float64Array, b: Float64Array): number[] {
  const parts = Math.min(PARTS, a.length);
  return Array.from({ length: parts }, (_, k) => {
    const from = Math.floor((k * a.length) / parts);
    const to = Math.floor(((k + 1) * a.length) / parts);
    let differ = 0;
    for (let i = from; i < to; i++) if (!isSame(a[i], b[i])) differ++;
    return differ / Math.max(1, to - from);
  });
}
