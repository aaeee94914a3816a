/** One column of both sides. */
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import { diagnose, type Diagnosis } from '../diagnosis/diagnose.ts';
import { diagnoseWords } from '../diagnosis/words.ts';
import type { Names } from '../hypotheses/alike.ts';
import type { Difference } from '../measures/difference.ts';
import { isSame, pairOf } from '../measures/pair.ts';
import type { Rows, Told } from '../measures/pattern.ts';
import type { ColumnPair } from './columns.ts';
import type { ComparedCell, ComparedColumn, ComparedValue, ValueKind } from './report.ts';

/** Rows before and behind the first difference that are shown. */
const BEFORE = 12;
const BEHIND = 24;
/** Parts of a course. */
const PARTS = 60;

/** What the values of a column are. */
export interface ColumnKind {
  readonly kind: ValueKind;
  readonly kinds: ComparedColumn['kinds'];
  /** A value of A, and one of B, as they are reported. */
  readonly cell: Readonly<Record<'a' | 'b', (value: number) => ComparedCell>>;
  /** The same, for people. */
  readonly names: Names;
}

/** Codes of words are far apart or near by chance, and times have no size: it is how long they are apart that says something. */
const SIZELESS = { absolute: 0, relative: 0, ulps: 0 };

/** Why times differ, in seconds from the first on: half an hour is next to nothing beside what has passed since 1970. */
function diagnoseTimes(a: Float64Array, b: Float64Array, of: Rows): Diagnosis {
  const first = a.find((x) => x === x) ?? 0;
  const since = (times: Float64Array): Float64Array => times.map((time) => (time - first) / MICROS_PER_SECOND);
  const found = diagnose(pairOf(since(a), since(b)), of);
  const named = (told: Told): Told => (told.cause === 'offset' ? { ...told, text: `${told.text} s` } : told);
  return { ...found, causes: found.causes.map(named), or: found.or.map(named) };
}

/** What is reported of a column whose values differ. */
export function columnOf(
  { a: name, b: nameInB }: ColumnPair,
  [a, b]: readonly [Float64Array, Float64Array],
  { first, rows, missing, absolute, relative, ulps }: Difference,
  of: Rows,
  { kind, kinds, cell, names }: ColumnKind,
): ComparedColumn {
  const at = (row: number): ComparedValue => ({ key: of.key[row], a: cell.a(a[row]), b: cell.b(b[row]) });
  const why =
    kind === 'text'
      ? diagnoseWords(pairOf(a, b), of, names)
      : kind === 'time'
        ? diagnoseTimes(a, b, of)
        : diagnose(pairOf(a, b), of);
  const from = Math.max(0, first - BEFORE);
  const to = Math.min(a.length, first + BEHIND + 1);
  return {
    name,
    nameInB,
    kind,
    kinds,
    rows,
    share: rows / a.length,
    first: { ...at(first), at: of.name(first), row: first },
    missing,
    ...(kind === 'number' ? { absolute, relative, ulps } : { ...SIZELESS, absolute: kind === 'time' ? absolute : 0 }),
    ...why,
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
