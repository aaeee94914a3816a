/** Are the sequences that a model is trained on what they should be: found anew for every row, without a machine that remembers. */
import { formatTime, MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import type { LearnedRows } from '../harness/learned.ts';

/** The first row whose sequence is taken for whole and is not, or the other way round, in words. */
export function firstBrokenSequence(rows: LearnedRows, compared: { sequences: number }): string | undefined {
  for (const part of rows.parts) {
    for (let i = part.from; i < part.to; i++) {
      compared.sequences++;
      const why = whyBroken(rows, part.from, i);
      if ((rows.whole[i] === 1) === (why === undefined)) continue;
      const at = `the sequence of row ${i} (${part.symbol}, ${formatTime(rows.time[i])})`;
      return why === undefined ? `${at} is whole and was left out` : `${at} was taken for whole: ${why}`;
    }
  }
  return undefined;
}

/** Why the rows up to `row` are no sequence; undefined where they are one. */
function whyBroken({ artefact, time, usable }: LearnedRows, from: number, row: number): string | undefined {
  const { length, gap = Infinity, day } = artefact.sequence;
  const begin = row - length + 1;
  if (begin < from) return `it begins ${from - begin} rows before those of its instrument`;
  for (let i = begin; i <= row; i++) {
    if (usable !== undefined && usable[i] !== 1) return `row ${i} in it is not ready, or not complete`;
    if (i === begin) continue;
    if (time[i] - time[i - 1] > gap) return `row ${i} in it comes after a break`;
    if (day && Math.floor(time[i] / MICROS_PER_DAY) !== Math.floor(time[i - 1] / MICROS_PER_DAY))
      return `row ${i} in it is of another day`;
  }
  return undefined;
}
